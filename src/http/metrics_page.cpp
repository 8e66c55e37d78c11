#include "metrics_page.hpp"

#include <geomatch/observe/metrics.hpp>

namespace geomatch::http {

void MetricsPage::handle(const Request& /*request*/, std::string_view /*argument*/, Responder respond,
                         publish::CompletionQueue& /*completions*/) {
  respond({.content_type = "text/plain; version=0.0.4; charset=utf-8", .body = metrics_.text()});
}

}  // namespace geomatch::http
