#pragma once

#include <array>
#include <chrono>
#include <span>

#include <sys/epoll.h>

namespace geomatch::load {

/// epoll, level-triggered, that wakes when it is told to the microsecond.
///
/// epoll_wait counts in milliseconds, too coarse for a schedule of requests. A timerfd would be one more
/// descriptor to read at each wake-up, and two system calls a request; epoll_pwait2 takes nanoseconds. The
/// kernel rounds a sleep up by the thread's timer slack, 50 us, unless that is lowered as here.
class Poller {
 public:
  using Duration = std::chrono::nanoseconds;

  /// With `spin`, waits without sleeping. Throws std::system_error if there is no epoll to be had.
  explicit Poller(bool spin);
  ~Poller();
  Poller(const Poller&) = delete;
  Poller& operator=(const Poller&) = delete;

  /// Polls `socket` for reading, or also for writing; events name it by `data`. A closed socket leaves by
  /// itself.
  void add(int socket, void* data, bool writable);
  void change(int socket, void* data, bool writable);

  /// What is ready, after at most this long; valid until the next call.
  [[nodiscard]] std::span<const epoll_event> wait(Duration most);

 private:
  int control(int operation, int socket, void* data, bool writable);

  int epoll_;
  bool spin_;
  bool has_pwait2_ = true;  // kernels have it since 5.11
  std::array<epoll_event, 256> events_{};
};

}  // namespace geomatch::load
