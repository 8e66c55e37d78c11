#pragma once

#include <boost/container/small_vector.hpp>

#include <geomatch/publish/outcome.hpp>

namespace geomatch::publish {

class CompletionQueue;
class Publication;
class ResendWindow;

/// Brings outcomes back to the I/O threads a batch at a time, so that a thread is woken once a batch and not
/// once a record. One for each thread that settles; not thread-safe.
class Settlement {
 public:
  explicit Settlement(ResendWindow& resends) noexcept : resends_(resends) {}
  ~Settlement() { flush(); }

  Settlement(const Settlement&) = delete;
  Settlement& operator=(const Settlement&) = delete;

  /// Ends `publication`: if `outcome` is `published`, its `on_published` runs here and now, so call this in
  /// the order of the log. The publication and the resends waiting for it are gone with the next flush.
  void settle(Publication& publication, Outcome outcome) noexcept;

  /// Ends a published one whose effect a reader of the log has brought about already: `on_applied` runs
  /// instead.
  void settle_applied(Publication& publication) noexcept;

  /// Hands all that was settled to the threads it belongs to.
  void flush() noexcept;

 private:
  struct Chain {
    CompletionQueue* home;
    Publication* first;
    Publication* last;
  };

  void end(Publication& publication, Outcome outcome) noexcept;
  void append(Publication& publication) noexcept;

  ResendWindow& resends_;
  // One for each home met since the last flush: as few as there are I/O threads.
  boost::container::small_vector<Chain, 16> chains_;
};

}  // namespace geomatch::publish
