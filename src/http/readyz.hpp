#pragma once

#include <geomatch/http/handler.hpp>

namespace geomatch::publish {
class Publisher;
}

namespace geomatch::http {

class Readiness;

/// `GET /readyz`: the state is recovered and the log can be reached, else 503 and why.
class Readyz final : public Handler {
 public:
  Readyz(const Readiness& readiness, const publish::Publisher& publisher) noexcept
      : readiness_(readiness), publisher_(publisher) {}

  void handle(const Request& request, std::string_view argument, Responder respond,
              publish::CompletionQueue& completions) override;

 private:
  const Readiness& readiness_;
  const publish::Publisher& publisher_;
};

}  // namespace geomatch::http
