#pragma once

#include <memory>

#include <geomatch/publish/log_reader.hpp>
#include <geomatch/publish/publisher.hpp>
#include <geomatch/publish/resend_window.hpp>
#include <geomatch/publish/submission.hpp>

namespace geomatch::publish {

/// The durable log as the rest of the server sees it: a publisher that knows resends, and a reader.
class Log {
 public:
  /// `reader` may be null: nothing to recover from. `resends` is the one `publisher` settles with.
  Log(std::unique_ptr<ResendWindow> resends, std::unique_ptr<Publisher> publisher,
      std::unique_ptr<LogReader> reader);

  /// Publishes `publication`, or finds that it is a resend. Its `complete` is called in any case, by way of
  /// its home queue and so never from in here. Any thread; never waits for I/O.
  Submission submit(Publication& publication) noexcept;

  [[nodiscard]] Publisher& publisher() noexcept { return *publisher_; }
  [[nodiscard]] ResendWindow& resends() noexcept { return *resends_; }
  [[nodiscard]] LogReader* reader() noexcept { return reader_.get(); }

 private:
  std::unique_ptr<ResendWindow> resends_;
  std::unique_ptr<Publisher> publisher_;
  std::unique_ptr<LogReader> reader_;
};

}  // namespace geomatch::publish
