#pragma once

#include <geomatch/http/handler.hpp>

namespace geomatch::http {

/// `GET /livez`: the process runs.
class Livez final : public Handler {
 public:
  void handle(const Request& request, std::string_view argument, Responder respond,
              publish::CompletionQueue& completions) override;
};

}  // namespace geomatch::http
