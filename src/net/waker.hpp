#pragma once

#include <atomic>
#include <utility>

#include "reactor.hpp"

namespace geomatch::net {

/// Ends a reactor's wait from any thread.
class Waker final : private Reactor::Handler {
 public:
  /// Throws boost::system::system_error. `reactor` outlives this.
  explicit Waker(Reactor& reactor);

  Waker(const Waker&) = delete;
  Waker& operator=(const Waker&) = delete;

  /// Whatever the caller has done by now is there for the reactor's thread to see, in the round that this
  /// begins or that begins anyway. Any thread.
  void wake() noexcept;

  /// Whether it was, since the last call. On the reactor's thread.
  [[nodiscard]] bool was_woken() noexcept { return std::exchange(woken_, false); }

 private:
  void on_ready(std::uint32_t events) override;

  FileDescriptor event_;
  std::atomic<bool> pending_{false};
  bool woken_ = false;
};

}  // namespace geomatch::net
