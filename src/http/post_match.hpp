#pragma once

#include <optional>
#include <string_view>

#include <geomatch/http/handler.hpp>
#include <geomatch/http/services.hpp>

namespace geomatch::http {

class MatchOperation;

/// `POST /match`: record, move, match.
class PostMatch final : public Handler {
 public:
  explicit PostMatch(const Services& services) noexcept : services_(services) {}

  void handle(const Request& request, std::string_view argument, Responder respond,
              publish::CompletionQueue& completions) override;

 private:
  /// Decodes `body` into `operation`; gives what is to be answered instead, if anything is.
  [[nodiscard]] std::optional<Reply> prepare(MatchOperation& operation, std::string_view body) const;

  const Services& services_;
};

}  // namespace geomatch::http
