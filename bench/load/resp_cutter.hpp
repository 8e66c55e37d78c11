#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "reply_cutter.hpp"

namespace geomatch::load {

/// Cuts what a connection receives into replies of Redis' protocol, RESP2, by counting: an array is as many
/// more values, wherever it stands. An error is a reply of status 500 with its text as the body.
class RespCutter final : public ReplyCutter {
 public:
  [[nodiscard]] std::optional<Reply> next(std::string_view& bytes) override;

 private:
  static constexpr std::size_t most_line_bytes = 65536;

  [[nodiscard]] std::optional<std::string_view> take_line(std::string_view& bytes);
  [[nodiscard]] bool read_line(std::string_view line);
  void skip(std::string_view& bytes);

  std::string line_;        // one that came in pieces, so far
  std::string whole_line_;  // what take_line returned, if it came in pieces
  std::size_t values_ = 0;  // that the reply still needs; 0 between replies
  std::size_t skip_ = 0;    // bytes of a bulk string and its line end
  Reply reply_;
};

}  // namespace geomatch::load
