#pragma once

#include <geomatch/model/time.hpp>

namespace geomatch::match {
class Matcher;
}
namespace geomatch::publish {
class LogReader;
}

namespace geomatch::app {

class LogView;

/// Brings `view`, which is one of `matcher`, back from the log: all records received at `since` or later, and
/// then forgets what has expired by `now`. Streams them, decoded and applied on all cores. Blocks; false if
/// the reader was stopped before, with the map incomplete. Throws std::exception with the remedy.
[[nodiscard]] bool recover(publish::LogReader& reader, LogView& view, match::Matcher& matcher,
                           model::TimePoint since, model::TimePoint now);

}  // namespace geomatch::app
