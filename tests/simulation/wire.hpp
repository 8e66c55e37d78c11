#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "../../src/net/connection.hpp"
#include "peer.hpp"
#include "world.hpp"

namespace geomatch::simulation {

/// A TCP connection without a network: bytes arrive in pieces of chance, after times of chance, in order.
/// A server that closes while something of the client's is unread, or comes later, takes from the client
/// what that hasn't read yet, as TCP does.
class Wire : public std::enable_shared_from_this<Wire> {
 public:
  Wire(World& world, Peer& peer) : world_(world), peer_(peer) {}

  // The client's side.
  void send(std::string_view bytes);
  void finish_sending();
  void stop_reading(std::chrono::milliseconds time);
  void cut();     ///< both notice
  void vanish();  ///< the server doesn't notice

  // The server's side.
  void start_read(boost::asio::mutable_buffer into, std::shared_ptr<net::ConnectionEvents> events);
  boost::system::result<std::size_t> take(std::string_view bytes);
  void await_room(std::shared_ptr<net::ConnectionEvents> events);
  void cancel_read();
  [[nodiscard]] std::size_t available() const noexcept;
  bool finish_answers();
  void close();
  void refuse() { end(/*reset=*/true); }  ///< nobody listens

 private:
  static constexpr std::size_t window = 600;  // bytes that wait for a client that doesn't read

  struct Read {
    boost::asio::mutable_buffer into;
    std::shared_ptr<net::ConnectionEvents> events;
  };

  void plan(bool& planned, std::chrono::microseconds most, void (Wire::*step)());
  [[nodiscard]] std::size_t some(std::size_t all);
  void carry_up();
  void finish_read();
  [[nodiscard]] std::size_t room() const noexcept;
  void tell_of_room();
  void carry_down();
  void end(bool reset);
  [[nodiscard]] bool dead() const noexcept { return closed_ || cut_; }

  World& world_;
  Peer& peer_;
  bool ended_ = false;  // the peer was told so: it hears no more of what comes

  std::string flying_up_;
  std::string arrived_;
  std::size_t delivered_ = 0;
  bool finished_ = false;  // by the client
  std::optional<Read> reading_;
  bool carrying_up_ = false;
  bool read_planned_ = false;
  bool read_cancelled_ = false;

  std::string flying_down_;
  std::shared_ptr<net::ConnectionEvents> awaiting_room_;
  bool answers_finished_ = false;
  bool telling_ = false;
  bool carrying_down_ = false;
  Scheduler::Clock::time_point reads_from_{};  // the client

  bool closed_ = false;  // by the server
  bool cut_ = false;
  bool vanished_ = false;
};

}  // namespace geomatch::simulation
