#pragma once

#include <functional>
#include <optional>
#include <string>

#include <geomatch/model/time.hpp>
#include <geomatch/publish/follow_lag.hpp>
#include <geomatch/publish/record.hpp>

namespace geomatch::publish {

/// The way out of a log: for bringing back at start what the process knew, and for learning what others log.
class LogReader {
 public:
  /// The record is the reader's, which may use it again for the next.
  using Sink = std::function<void(const Record&)>;

  virtual ~LogReader() = default;

  /// Gives `sink` every record that the log holds and that was received at `since` or later, and perhaps some
  /// that are older; those of one key in their order. Blocks, and waits as long as it takes for a log that
  /// can't be reached now. True once it has come to the end that the log had when this began; false if `stop`
  /// ended it before. Throws std::runtime_error with the remedy where waiting doesn't help.
  virtual bool replay(model::TimePoint since, const Sink& sink) = 0;

  /// Goes on from where `replay` ended, on a thread of its own: gives `sink` what others log and what own
  /// publications don't bring themselves. Nothing to do for a log with one writer.
  virtual void follow(Sink /*sink*/) {}

  /// How far it is behind while it follows; nullopt where there is nothing to follow. Any thread.
  [[nodiscard]] virtual std::optional<FollowLag> lag() const { return std::nullopt; }

  /// How far `replay` has come, or what it waits for: a few words for an operator. Any thread.
  [[nodiscard]] virtual std::string progress() const = 0;

  /// Ends `replay` soon, and following before it returns. Any thread.
  virtual void stop() noexcept = 0;
};

}  // namespace geomatch::publish
