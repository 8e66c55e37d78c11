#pragma once

#include <geomatch/http/handler.hpp>

namespace geomatch::observe {
class Metrics;
}

namespace geomatch::http {

/// `GET /metrics`: all figures for Prometheus.
class MetricsPage final : public Handler {
 public:
  explicit MetricsPage(const observe::Metrics& metrics) noexcept : metrics_(metrics) {}

  void handle(const Request& request, std::string_view argument, Responder respond,
              publish::CompletionQueue& completions) override;

 private:
  const observe::Metrics& metrics_;
};

}  // namespace geomatch::http
