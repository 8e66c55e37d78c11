#pragma once

#include <chrono>
#include <string>

namespace geomatch::publish {

class Publication;
struct Record;

/// The way into a log. Every accepted publication is settled exactly once, whatever happens to the log.
class Publisher {
 public:
  virtual ~Publisher() = default;

  /// Takes `publication` and returns at once; its outcome comes later (or, where there is no log, before this
  /// returns). False: refused because the queue is full or the publisher was stopped; then it stays the
  /// caller's. Records of one key enter the log in the order of these calls. Any thread; never waits for I/O.
  [[nodiscard]] virtual bool publish(Publication& publication) noexcept = 0;

  /// Whether the log takes a record of this size. Any thread.
  [[nodiscard]] virtual bool fits(const Record& /*record*/) const noexcept { return true; }

  /// Whether records' values are worth making: no where none is kept.
  [[nodiscard]] virtual bool keeps_values() const noexcept { return true; }

  /// Why the log can't be written to now, for an operator; empty while it can. Any thread.
  [[nodiscard]] virtual std::string unavailable_reason() const = 0;

  /// Records that were accepted and not settled yet. Any thread.
  [[nodiscard]] virtual std::size_t pending() const noexcept = 0;

  /// Accepts no more, waits until everything accepted is settled, for `deadline` at most, and settles the
  /// rest as what is known of it. From one thread, once; afterwards the publisher calls nothing any more.
  virtual void stop(std::chrono::milliseconds deadline) noexcept = 0;
};

}  // namespace geomatch::publish
