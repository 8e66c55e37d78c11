#include <algorithm>
#include <cerrno>
#include <climits>

#include <poll.h>
#include <unistd.h>

#include <geomatch/observe/write_within.hpp>

namespace geomatch::observe {
namespace {

using Clock = std::chrono::steady_clock;

bool await_room(int descriptor, Clock::time_point give_up) noexcept {
  for (;;) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(give_up - Clock::now()).count();
    pollfd room{.fd = descriptor, .events = POLLOUT, .revents = 0};
    const int ready = ::poll(&room, 1, static_cast<int>(std::max<std::int64_t>(left, 0)));
    if (ready >= 0 || errno != EINTR) return ready > 0;
  }
}

}  // namespace

// The descriptor stays as it is: O_NONBLOCK would be everybody's who has it open. A pipe with room takes
// PIPE_BUF bytes without waiting.
bool write_within(int descriptor, std::string_view text, std::chrono::milliseconds patience) noexcept {
  const auto give_up = Clock::now() + patience;
  while (!text.empty()) {
    if (!await_room(descriptor, give_up)) return false;
    const ssize_t written = ::write(descriptor, text.data(), std::min<std::size_t>(text.size(), PIPE_BUF));
    if (written >= 0) {
      text.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno != EINTR && errno != EAGAIN) {
      return false;
    }
  }
  return true;
}

}  // namespace geomatch::observe
