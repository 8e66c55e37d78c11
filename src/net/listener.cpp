#include "listener.hpp"

#include <boost/asio/post.hpp>
#include <spdlog/spdlog.h>

#include "worker.hpp"

namespace geomatch::net {
namespace {

constexpr std::chrono::milliseconds pause_after_failure{100};

}  // namespace

Listener::Listener(const boost::asio::ip::tcp::endpoint& endpoint,
                   std::span<const std::unique_ptr<Worker>> workers)
    : workers_(workers),
      acceptor_(workers.front()->io_context(), endpoint),
      retry_(workers.front()->io_context()) {}

void Listener::start() {
  accept();
}

void Listener::stop() {
  boost::asio::post(acceptor_.get_executor(), [this] {
    boost::system::error_code ignored;
    acceptor_.close(ignored);
    retry_.cancel();
  });
}

void Listener::accept() {
  Worker& worker = *workers_[next_];
  acceptor_.async_accept(
      worker.io_context().get_executor(), [this, &worker](boost::system::error_code error, Socket socket) {
        if (!acceptor_.is_open())
          return;  // stopped, maybe with a connection at the last moment: closed unanswered
        if (error && error != boost::asio::error::connection_aborted) {
          // Out of descriptors or memory: what is open goes on, and may free some.
          spdlog::warn("accept: {}; raise the limit of open files (ulimit -n)", error.message());
          return retry_later();
        }
        if (!error) {
          worker.adopt(std::move(socket));
          next_ = (next_ + 1) % workers_.size();
        }
        accept();
      });
}

void Listener::retry_later() {
  retry_.expires_after(pause_after_failure);
  retry_.async_wait([this](boost::system::error_code error) {
    if (!error && acceptor_.is_open()) accept();
  });
}

}  // namespace geomatch::net
