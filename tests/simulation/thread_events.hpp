#pragma once

#include <memory>
#include <utility>

#include "simulated_worker.hpp"

namespace geomatch::simulation {

/// What a wire tells a session, by way of the session's thread: together with what others are told.
class ThreadEvents final : public net::ConnectionEvents {
 public:
  ThreadEvents(SimulatedWorker& worker, std::shared_ptr<net::ConnectionEvents> session)
      : worker_(worker), session_(std::move(session)) {}

  void on_read(net::ReadResult result, std::size_t bytes) override {
    worker_.on_event([session = session_, result, bytes] { session->on_read(result, bytes); });
  }
  void on_writable() override {
    worker_.on_event([session = session_] { session->on_writable(); });
  }

 private:
  SimulatedWorker& worker_;
  const std::shared_ptr<net::ConnectionEvents> session_;
};

}  // namespace geomatch::simulation
