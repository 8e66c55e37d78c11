#pragma once

#include <optional>
#include <string_view>

#include "reply.hpp"

namespace geomatch::load {

/// Cuts what one connection receives into replies.
class ReplyCutter {
 public:
  ReplyCutter() = default;
  virtual ~ReplyCutter() = default;
  ReplyCutter(const ReplyCutter&) = delete;
  ReplyCutter& operator=(const ReplyCutter&) = delete;

  /// Takes from the front of `bytes` up to the end of the next reply. None if it isn't whole yet (then
  /// `bytes` is empty) or never will be (then wrong() says why). The reply's body lives as long as what
  /// `bytes` was, and no longer than until the next call.
  [[nodiscard]] virtual std::optional<Reply> next(std::string_view& bytes) = 0;

  /// What can't be cut, in a few words; null while all is well.
  [[nodiscard]] const char* wrong() const noexcept { return wrong_; }

 protected:
  const char* wrong_ = nullptr;
};

}  // namespace geomatch::load
