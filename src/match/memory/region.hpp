#pragma once

#include <cstddef>

namespace geomatch::match {

/// Address space that reads as zeros; memory comes to a page when it is first written to, and goes with the
/// region. Any alignment up to a page.
class Region {
 public:
  /// Throws std::bad_alloc if the address space, or what the process may have of it, doesn't go that far.
  explicit Region(std::size_t bytes);
  ~Region();

  Region(const Region&) = delete;
  Region& operator=(const Region&) = delete;

  [[nodiscard]] std::byte* data() const noexcept { return data_; }

 private:
  std::byte* data_;
  std::size_t bytes_;
};

}  // namespace geomatch::match
