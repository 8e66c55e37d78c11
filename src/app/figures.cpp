#include "figures.hpp"

#include <geomatch/match/matcher.hpp>
#include <geomatch/net/traffic.hpp>
#include <geomatch/observe/contain.hpp>
#include <geomatch/observe/logging.hpp>
#include <geomatch/observe/metrics.hpp>
#include <geomatch/publish/log_reader.hpp>
#include <geomatch/publish/publisher.hpp>

namespace geomatch::app {

void add_figures(observe::Metrics& metrics, const match::Matcher& matcher,
                 const publish::Publisher& publisher, const net::Traffic& phones) {
  metrics.add_gauge("geomatch_entities", "Entities that take room on the map, deletion marks included",
                    [&] { return static_cast<double>(matcher.size()); });
  metrics.add_gauge("geomatch_deletion_marks", "Entities that take room only to remember their deletion",
                    [&] { return static_cast<double>(matcher.deletion_marks()); });
  metrics.add_gauge("geomatch_log_pending", "Records handed to the log whose outcome is open",
                    [&] { return static_cast<double>(publisher.pending()); });
  metrics.add_gauge("geomatch_log_available", "1 while the log can be written to",
                    [&] { return publisher.unavailable_reason().empty() ? 1.0 : 0.0; });
  metrics.add_gauge("geomatch_connections", "Connections of phones that are open",
                    [&] { return static_cast<double>(phones.connections()); });
  metrics.add_gauge("geomatch_requests_in_flight", "Requests of phones that are being answered",
                    [&] { return static_cast<double>(phones.in_flight()); });
  metrics.add_counter("geomatch_connections_accepted_total", "Connections of phones that were served",
                      [&] { return static_cast<double>(phones.accepted()); });
  metrics.add_counter("geomatch_connections_refused_total", "Connections of phones beyond --max-connections",
                      [&] { return static_cast<double>(phones.refused()); });
  metrics.add_counter("geomatch_log_lines_dropped_total", "Lines for standard error that nobody took in time",
                      [] { return static_cast<double>(observe::Logging::dropped_lines()); });
  metrics.add_counter("geomatch_internal_errors_total",
                      "Exceptions that were met by going on; the log tells of each",
                      [] { return static_cast<double>(observe::reported_exceptions()); });
}

void add_follow_figures(observe::Metrics& metrics, const publish::LogReader& reader) {
  metrics.add_gauge("geomatch_follow_lag_records", "Records in the log that were not followed yet", [&] {
    const auto lag = reader.lag();
    return lag ? static_cast<double>(lag->records) : 0.0;
  });
  metrics.add_gauge("geomatch_follow_lag_seconds", "For how long there have been some", [&] {
    const auto lag = reader.lag();
    return lag ? std::chrono::duration<double>(lag->time).count() : 0.0;
  });
}

}  // namespace geomatch::app
