#include "reactor.hpp"

#include <algorithm>

#include <boost/system/system_error.hpp>

#include "last_error.hpp"

namespace geomatch::net {

Reactor::Reactor() : epoll_(::epoll_create1(EPOLL_CLOEXEC)) {
  if (!epoll_.is_open()) {
    throw boost::system::system_error{last_error(), "epoll_create1"};
  }
}

boost::system::error_code Reactor::add(int descriptor, Handler& handler) noexcept {
  epoll_event event{};
  event.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLPRI | EPOLLET;
  event.data.ptr = &handler;
  if (::epoll_ctl(epoll_.number(), EPOLL_CTL_ADD, descriptor, &event) == 0) return {};
  return last_error();
}

void Reactor::forget(const Handler& handler) noexcept {
  for (epoll_event& event : ready_) {
    if (event.data.ptr == &handler) event.data.ptr = nullptr;
  }
  std::ranges::replace(due_, &handler, nullptr);
  std::erase(deferred_, &handler);
}

void Reactor::wait(std::chrono::steady_clock::duration most) noexcept {
  const auto most_ms =
      has_deferred() ? 0
                     : std::max<std::int64_t>(0, std::chrono::ceil<std::chrono::milliseconds>(most).count());
  const int count =
      ::epoll_wait(epoll_.number(), room_.data(), static_cast<int>(room_.size()), static_cast<int>(most_ms));
  ready_ = std::span{room_}.first(count > 0 ? static_cast<std::size_t>(count) : 0);  // else a signal came
  due_.swap(deferred_);
}

void Reactor::dispatch() {
  while (!ready_.empty()) {
    const epoll_event event = ready_.front();
    ready_ = ready_.subspan(1);
    if (event.data.ptr != nullptr) static_cast<Handler*>(event.data.ptr)->on_ready(event.events);
  }
  while (due_told_ < due_.size()) {
    if (Handler* const handler = due_[due_told_++]) handler->on_ready(0);
  }
  due_.clear();
  due_told_ = 0;
}

}  // namespace geomatch::net
