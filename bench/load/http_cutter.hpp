#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "reply_cutter.hpp"

namespace geomatch::load {

/// Cuts what a connection receives into HTTP/1.1 replies. Looks at the status, Content-Length and Connection,
/// and skips everything else: the requests it is for are answered with a length.
class HttpCutter final : public ReplyCutter {
 public:
  [[nodiscard]] std::optional<Reply> next(std::string_view& bytes) override;

 private:
  static constexpr std::size_t most_head_bytes = 65536;

  [[nodiscard]] bool take_head(std::string_view& bytes);
  [[nodiscard]] bool read_head(std::string_view head);
  [[nodiscard]] bool read_fields(std::string_view lines);
  [[nodiscard]] bool read_field(std::string_view line);

  std::string head_;            // of a reply whose head came in pieces, so far
  bool in_body_ = false;        // the head is done
  std::size_t body_bytes_ = 0;  // that are still to come
  Reply reply_;
};

}  // namespace geomatch::load
