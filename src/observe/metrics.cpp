#include <algorithm>
#include <cassert>
#include <utility>

#include <prometheus/text_serializer.h>

#include <geomatch/observe/metrics.hpp>

namespace geomatch::observe {

RouteMetrics& Metrics::add_route(std::string route) {
  const auto known = std::ranges::find(routes_, route, &RouteMetrics::route);
  return known != routes_.end() ? *known : routes_.emplace_back(std::move(route));
}

void Metrics::add_gauge(std::string name, std::string help, std::function<double()> read) {
  add({std::move(name), std::move(help), prometheus::MetricType::Gauge, std::move(read)});
}

void Metrics::add_counter(std::string name, std::string help, std::function<double()> read) {
  add({std::move(name), std::move(help), prometheus::MetricType::Counter, std::move(read)});
}

void Metrics::add(Reading reading) {
  assert(std::ranges::find(readings_, reading.name, &Reading::name) == readings_.end());
  readings_.push_back(std::move(reading));
}

prometheus::MetricFamily Metrics::requests() const {
  prometheus::MetricFamily family{
      "geomatch_http_requests_total", "Answers by route and status", prometheus::MetricType::Counter, {}};
  for (const RouteMetrics& route : routes_) {
    for (unsigned status = RouteMetrics::first_status; status <= RouteMetrics::last_status; ++status) {
      const std::uint64_t count = route.count(status);
      if (count == 0) continue;
      prometheus::ClientMetric metric;
      metric.label = {{"route", route.route()}, {"status", std::to_string(status)}};
      metric.counter.value = static_cast<double>(count);
      family.metric.push_back(std::move(metric));
    }
  }
  return family;
}

prometheus::MetricFamily Metrics::durations() const {
  prometheus::MetricFamily family{"geomatch_http_request_duration_seconds",
                                  "From a request's last byte to its answer, by route",
                                  prometheus::MetricType::Histogram,
                                  {}};
  for (const RouteMetrics& route : routes_) {
    prometheus::ClientMetric metric;
    metric.label = {{"route", route.route()}};
    metric.histogram = route.latency().collect();
    family.metric.push_back(std::move(metric));
  }
  return family;
}

std::string Metrics::text() const {
  std::vector<prometheus::MetricFamily> families{requests(), durations()};
  for (const Reading& reading : readings_) {
    prometheus::ClientMetric metric;
    (reading.type == prometheus::MetricType::Gauge ? metric.gauge.value : metric.counter.value) =
        reading.read();
    families.push_back({reading.name, reading.help, reading.type, {std::move(metric)}});
  }
  return prometheus::TextSerializer{}.Serialize(families);
}

}  // namespace geomatch::observe
