#pragma once

#include <cstddef>
#include <memory>
#include <string_view>

#include <boost/asio/buffer.hpp>
#include <boost/system/result.hpp>

#include "connection_events.hpp"

namespace geomatch::net {

/// The bytes of one connection, both ways. On its worker's thread only.
///
/// At most one read and one wait are under way at a time. Each ends with one event, whatever becomes of the
/// connection, and holds `events` until then: so what it refers to, the read's buffer among it, lives as
/// long.
class Connection {
 public:
  virtual ~Connection() = default;

  /// Reads some bytes into `into`; then `on_read`.
  virtual void start_read(boost::asio::mutable_buffer into, std::shared_ptr<ConnectionEvents> events) = 0;

  /// Ends the read that is under way, with what it has got by now if it has got anything. No wait may be
  /// under way.
  virtual void cancel_read() noexcept = 0;

  /// Sends as many of `bytes` as the system takes at once, and says how many those are: fewer than all when
  /// the peer doesn't read as fast. An error: the connection is broken.
  [[nodiscard]] virtual boost::system::result<std::size_t> send(std::string_view bytes) noexcept = 0;

  /// Waits until the system takes more; then `on_writable`.
  virtual void await_writable(std::shared_ptr<ConnectionEvents> events) = 0;

  /// Bytes that have arrived and wait to be read; 0 if that can't be told.
  [[nodiscard]] virtual std::size_t available() const noexcept = 0;

  /// Tells the peer that no more will be sent. False if the connection is broken.
  virtual bool finish_sending() noexcept = 0;

  /// Lets go of the connection. What is under way fails; nothing is started from here on.
  virtual void close() noexcept = 0;
};

}  // namespace geomatch::net
