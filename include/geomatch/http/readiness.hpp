#pragma once

#include <atomic>

namespace geomatch::http {

/// Whether the server takes requests of phones yet, or still. Thread-safe.
class Readiness {
 public:
  enum class State {
    recovering,  ///< the map is being brought back from the log
    ready,
    stopping,  ///< finishing what is in flight
  };

  // Release and acquire pair with each other: who sees `ready` sees the recovered map.
  void set(State state) noexcept { state_.store(state, std::memory_order_release); }
  [[nodiscard]] State get() const noexcept { return state_.load(std::memory_order_acquire); }

 private:
  std::atomic<State> state_{State::recovering};
};

}  // namespace geomatch::http
