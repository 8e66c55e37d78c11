#pragma once

#include <cstddef>
#include <string_view>

namespace geomatch::simulation {

/// The client's end of a wire: what it is told.
class Peer {
 public:
  virtual ~Peer() = default;

  /// The session has now read the first `bytes` of what was sent.
  virtual void on_delivered(std::size_t bytes) = 0;
  virtual void on_bytes(std::string_view bytes) = 0;
  /// Nothing more will come. `reset`: and what was on its way may be lost.
  virtual void on_end(bool reset) = 0;
};

}  // namespace geomatch::simulation
