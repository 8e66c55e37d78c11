#pragma once

#include <cstddef>

#include "read_result.hpp"

namespace geomatch::net {

/// What a connection tells its session: how an operation that was started ended. Never from within the call
/// that started it, and on the thread of the connection's worker.
class ConnectionEvents {
 public:
  virtual ~ConnectionEvents() = default;

  /// `bytes`: how many came, over 0 with `data`, else 0.
  virtual void on_read(ReadResult result, std::size_t bytes) = 0;

  /// The system may take more, or sending will say what is wrong.
  virtual void on_writable() = 0;
};

}  // namespace geomatch::net
