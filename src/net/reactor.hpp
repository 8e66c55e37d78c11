#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include <boost/system/error_code.hpp>
#include <sys/epoll.h>

#include "file_descriptor.hpp"

namespace geomatch::net {

/// Tells what is ready among the descriptors of one thread: epoll, edge-triggered. A descriptor is registered
/// once; after that waiting for it costs nothing, and whoever keeps its edges in mind need not ask the system
/// in vain. On one thread.
class Reactor {
 public:
  /// Who is told. May be destroyed within any call of `on_ready`, once it is forgotten.
  class Handler {
   public:
    /// `events`: those of epoll since the last call, EPOLLIN and so on; or 0, it was deferred.
    virtual void on_ready(std::uint32_t events) = 0;

   protected:
    ~Handler() = default;
  };

  /// Throws boost::system::system_error.
  Reactor();

  Reactor(const Reactor&) = delete;
  Reactor& operator=(const Reactor&) = delete;

  /// Has `handler` told of `descriptor`, until that is closed: of what is there already, and of each change.
  /// An error: the system has no room for it.
  [[nodiscard]] boost::system::error_code add(int descriptor, Handler& handler) noexcept;

  /// `handler` is told nothing of what was seen or deferred by now.
  void forget(const Handler& handler) noexcept;

  /// Has `handler` told by the next `dispatch`, after a `wait` that doesn't wait.
  void defer(Handler& handler) { deferred_.push_back(&handler); }
  [[nodiscard]] bool has_deferred() const noexcept { return !deferred_.empty(); }

  /// Waits for something to dispatch, `most` or a little longer.
  void wait(std::chrono::steady_clock::duration most) noexcept;

  /// Tells everybody. When one throws, the next call goes on behind it.
  void dispatch();

 private:
  // A round takes as many: those after them aren't kept waiting, nor are the answers to the first of them.
  static constexpr std::size_t most_a_round = 32;

  FileDescriptor epoll_;
  std::array<epoll_event, most_a_round> room_;
  std::span<epoll_event> ready_;
  std::vector<Handler*> due_;
  std::size_t due_told_ = 0;  // of those
  std::vector<Handler*> deferred_;
};

}  // namespace geomatch::net
