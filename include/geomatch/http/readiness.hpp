#pragma once

#include <atomic>
#include <functional>
#include <string>
#include <utility>

namespace geomatch::http {

/// Whether the server takes requests of phones yet, or still. Thread-safe.
class Readiness {
 public:
  enum class State {
    recovering,  ///< the map is being brought back from the log
    ready,
    stopping,  ///< finishing what is in flight
  };

  /// What `detail` asks; set before there are other threads. It is called from any of them.
  void explain_with(std::function<std::string()> explain) { explain_ = std::move(explain); }

  /// How far recovery has come, for an operator; may be empty.
  [[nodiscard]] std::string detail() const { return explain_ ? explain_() : std::string{}; }

  // Release and acquire pair with each other: who sees `ready` sees the recovered map.
  void set(State state) noexcept { state_.store(state, std::memory_order_release); }
  [[nodiscard]] State get() const noexcept { return state_.load(std::memory_order_acquire); }

 private:
  std::atomic<State> state_{State::recovering};
  std::function<std::string()> explain_;
};

}  // namespace geomatch::http
