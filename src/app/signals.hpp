#pragma once

#include <functional>

#include <boost/asio/signal_set.hpp>

namespace geomatch::app {

/// The signals that operators and supervisors send. From the first of these objects on, none of them ends the
/// process any more, also after it is gone: a second SIGTERM doesn't cut short what the first began.
class Signals {
 public:
  /// On a thread of `io_context`: `stop` is called once, for SIGTERM or SIGINT, and `reload` for each SIGHUP.
  Signals(boost::asio::io_context& io_context, std::function<void()> stop, std::function<void()> reload);

  Signals(const Signals&) = delete;
  Signals& operator=(const Signals&) = delete;

 private:
  void await_stop();
  void await_reload();

  boost::asio::signal_set stopping_;
  boost::asio::signal_set hang_up_;
  const std::function<void()> stop_;
  const std::function<void()> reload_;
};

}  // namespace geomatch::app
