#include "waker.hpp"

#include <boost/system/system_error.hpp>
#include <sys/eventfd.h>

#include "last_error.hpp"

namespace geomatch::net {

Waker::Waker(Reactor& reactor) : event_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  if (!event_.is_open()) throw boost::system::system_error{last_error(), "eventfd"};
  if (const auto error = reactor.add(event_.number(), *this))
    throw boost::system::system_error{error, "epoll_ctl"};
}

// Who finds a wake-up pending leaves it at that. Sequentially consistent, so that the thread sees what
// whoever found it so has done before.
void Waker::wake() noexcept {
  if (!pending_.exchange(true)) ::eventfd_write(event_.number(), 1);
}

// Each write is an edge, whatever was written before: it need not be read.
void Waker::on_ready(std::uint32_t /*events*/) {
  pending_.exchange(false);
  woken_ = true;
}

}  // namespace geomatch::net
