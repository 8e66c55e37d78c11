#include "poller.hpp"

#include <algorithm>
#include <cerrno>
#include <ctime>
#include <system_error>

#include <sys/prctl.h>
#include <unistd.h>

namespace geomatch::load {

Poller::Poller(bool spin) : epoll_(epoll_create1(EPOLL_CLOEXEC)), spin_(spin) {
  if (epoll_ < 0) throw std::system_error(errno, std::generic_category(), "epoll");
  prctl(PR_SET_TIMERSLACK, 1UL, 0UL, 0UL, 0UL);
}

Poller::~Poller() {
  close(epoll_);
}

int Poller::control(int operation, int socket, void* data, bool writable) {
  epoll_event event{};
  event.events = writable ? EPOLLIN | EPOLLOUT : EPOLLIN;
  event.data.ptr = data;
  return epoll_ctl(epoll_, operation, socket, &event);
}

void Poller::add(int socket, void* data, bool writable) {
  if (control(EPOLL_CTL_ADD, socket, data, writable) != 0) {
    throw std::system_error(errno, std::generic_category(), "epoll_ctl");
  }
}

void Poller::change(int socket, void* data, bool writable) {
  if (control(EPOLL_CTL_MOD, socket, data, writable) != 0) {
    throw std::system_error(errno, std::generic_category(), "epoll_ctl");
  }
}

std::span<const epoll_event> Poller::wait(Duration most) {
  const std::int64_t ns = spin_ ? 0 : std::max<std::int64_t>(most.count(), 0);
  const int room = static_cast<int>(events_.size());
  int ready = -1;
  if (has_pwait2_ && !spin_) {
    const timespec timeout{.tv_sec = ns / 1'000'000'000, .tv_nsec = ns % 1'000'000'000};
    ready = epoll_pwait2(epoll_, events_.data(), room, &timeout, nullptr);
    has_pwait2_ = ready >= 0 || errno != ENOSYS;
  }
  if (!has_pwait2_ || spin_) {
    // Rounded down: the last part of a millisecond is spent polling.
    ready = epoll_wait(epoll_, events_.data(), room, static_cast<int>(ns / 1'000'000));
  }
  return {events_.data(), static_cast<std::size_t>(std::max(ready, 0))};
}

}  // namespace geomatch::load
