#pragma once

#include <memory>
#include <utility>

#include "thread_events.hpp"
#include "wire.hpp"

namespace geomatch::simulation {

/// The server's end of a wire, as a session has it. Counted, to see that none is left.
class ServerEnd final : public net::Connection {
 public:
  ServerEnd(SimulatedWorker& worker, std::shared_ptr<Wire> wire, std::size_t& count)
      : worker_(worker), wire_(std::move(wire)), count_(count) {
    ++count_;
  }
  ~ServerEnd() override { --count_; }

  ServerEnd(const ServerEnd&) = delete;
  ServerEnd& operator=(const ServerEnd&) = delete;

  void start_read(boost::asio::mutable_buffer into, std::shared_ptr<net::ConnectionEvents> events) override {
    wire_->start_read(into, std::make_shared<ThreadEvents>(worker_, std::move(events)));
  }
  void cancel_read() noexcept override { wire_->cancel_read(); }
  [[nodiscard]] boost::system::result<std::size_t> send(std::string_view bytes) noexcept override {
    return wire_->take(bytes);
  }
  void await_writable(std::shared_ptr<net::ConnectionEvents> events) override {
    wire_->await_room(std::make_shared<ThreadEvents>(worker_, std::move(events)));
  }
  [[nodiscard]] std::size_t available() const noexcept override { return wire_->available(); }
  bool finish_sending() noexcept override { return wire_->finish_answers(); }
  void close() noexcept override { wire_->close(); }

 private:
  SimulatedWorker& worker_;
  const std::shared_ptr<Wire> wire_;
  std::size_t& count_;
};

}  // namespace geomatch::simulation
