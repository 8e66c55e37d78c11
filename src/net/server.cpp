#include <thread>

#include <geomatch/net/server.hpp>

#include "listener.hpp"
#include "worker.hpp"

namespace geomatch::net {

Server::Server(std::size_t threads, const Limits& limits, const http::Router& router) : limits_(limits) {
  workers_.reserve(threads);
  for (std::size_t i = 0; i < threads; ++i) {
    workers_.push_back(std::make_unique<Worker>(limits_, traffic_, router));
  }
  for (const auto& worker : workers_) worker->start();
  listener_ = std::make_unique<Listener>(workers_);
}

Server::~Server() {
  stop();
}

void Server::listen(const boost::asio::ip::tcp::endpoint& endpoint) {
  listener_->listen(endpoint);
}

boost::asio::ip::tcp::endpoint Server::endpoint() const {
  return listener_->endpoint();
}

void Server::start() {
  listener_->start();
}

bool Server::drain(std::chrono::milliseconds deadline) {
  listener_->stop();
  for (const auto& worker : workers_) worker->drain();
  const auto give_up = std::chrono::steady_clock::now() + deadline;
  while (traffic_.connections() != 0) {
    if (std::chrono::steady_clock::now() >= give_up) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds{5});
  }
  return true;
}

void Server::stop() {
  listener_->stop();
  for (const auto& worker : workers_) worker->stop();
}

}  // namespace geomatch::net
