#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include <geomatch/match/match.hpp>

namespace geomatch::match {

/// What a query found, nearest first. Keep one and use it again: what it once grew to hold is kept, so that
/// queries allocate nothing. One thread at a time.
class Matches {
 public:
  [[nodiscard]] std::span<const Match> view() const noexcept { return std::span{slots_}.first(size_); }
  [[nodiscard]] auto begin() const noexcept { return view().begin(); }
  [[nodiscard]] auto end() const noexcept { return view().end(); }
  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  [[nodiscard]] bool empty() const noexcept { return size_ == 0; }
  [[nodiscard]] const Match& operator[](std::size_t nth) const noexcept { return slots_[nth]; }

  void clear() noexcept { size_ = 0; }
  /// One more, with whatever was left in it by an earlier use.
  [[nodiscard]] Match& append() {
    if (size_ == slots_.size()) slots_.emplace_back();
    return slots_[size_++];
  }

 private:
  std::vector<Match> slots_;
  std::size_t size_ = 0;
};

}  // namespace geomatch::match
