#pragma once

namespace geomatch::match {
class Matcher;
}
namespace geomatch::net {
class Traffic;
}
namespace geomatch::observe {
class Metrics;
}
namespace geomatch::publish {
class LogReader;
class Publisher;
}  // namespace geomatch::publish

namespace geomatch::app {

/// Adds to `metrics` what the parts can tell at any time. They outlive it.
void add_figures(observe::Metrics& metrics, const match::Matcher& matcher,
                 const publish::Publisher& publisher, const net::Traffic& phones);

/// Adds how far `reader`, which outlives `metrics`, is behind the log it follows.
void add_follow_figures(observe::Metrics& metrics, const publish::LogReader& reader);

}  // namespace geomatch::app
