#pragma once

#include <deque>
#include <functional>
#include <string>
#include <vector>

#include <prometheus/metric_family.h>

#include <geomatch/observe/route_metrics.hpp>

namespace geomatch::observe {

/// All that the server tells Prometheus. Set up before it serves; from then on reading and counting are safe
/// from any thread.
class Metrics {
 public:
  Metrics() = default;
  Metrics(const Metrics&) = delete;
  Metrics& operator=(const Metrics&) = delete;

  /// A route's counts, which live as long as this: the same for the same name, or a page would have series
  /// twice.
  [[nodiscard]] RouteMetrics& add_route(std::string route);

  /// A figure that is asked for at each scrape, with a name that no other has. `read` is called from any
  /// thread and must not block.
  void add_gauge(std::string name, std::string help, std::function<double()> read);
  void add_counter(std::string name, std::string help, std::function<double()> read);

  /// The page in Prometheus' text format, version 0.0.4.
  [[nodiscard]] std::string text() const;

 private:
  struct Reading {
    std::string name;
    std::string help;
    prometheus::MetricType type;
    std::function<double()> read;
  };

  void add(Reading reading);
  [[nodiscard]] prometheus::MetricFamily requests() const;
  [[nodiscard]] prometheus::MetricFamily durations() const;

  std::deque<RouteMetrics> routes_;  // a deque: they stay where they are
  std::vector<Reading> readings_;
};

}  // namespace geomatch::observe
