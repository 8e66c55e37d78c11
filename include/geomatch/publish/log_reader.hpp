#pragma once

#include <functional>

#include <geomatch/model/time.hpp>
#include <geomatch/publish/record.hpp>

namespace geomatch::publish {

/// The way out of a log: for bringing back at start what the process knew.
class LogReader {
 public:
  using Sink = std::function<void(const Record&)>;

  virtual ~LogReader() = default;

  /// Gives `sink` every record that the log holds and that was received at `since` or later, and perhaps some
  /// that are older; those of one key in their order. Blocks. Throws std::runtime_error with the remedy when
  /// the log can't be read to the end it had when this began.
  virtual void replay(model::TimePoint since, const Sink& sink) = 0;
};

}  // namespace geomatch::publish
