#include "signals.hpp"

#include <csignal>
#include <utility>

#include <boost/asio/io_context.hpp>

namespace geomatch::app {
namespace {

// The last signal_set that goes brings back a signal's default, which is the end: so one stays.
void keep_from_default() {
  static auto& io_context = *new boost::asio::io_context;
  static auto& taken = *new boost::asio::signal_set{io_context, SIGTERM, SIGINT, SIGHUP};
  static_cast<void>(taken);
}

}  // namespace

Signals::Signals(boost::asio::io_context& io_context, std::function<void()> stop,
                 std::function<void()> reload)
    : stopping_(io_context, SIGTERM, SIGINT),
      hang_up_(io_context, SIGHUP),
      stop_(std::move(stop)),
      reload_(std::move(reload)) {
  keep_from_default();
  await_stop();
  await_reload();
}

void Signals::await_stop() {
  stopping_.async_wait([this](boost::system::error_code error, int /*signal*/) {
    if (!error) stop_();
  });
}

void Signals::await_reload() {
  hang_up_.async_wait([this](boost::system::error_code error, int /*signal*/) {
    if (error) return;
    await_reload();
    reload_();
  });
}

}  // namespace geomatch::app
