#include "open_files.hpp"

#include <algorithm>
#include <stdexcept>

#include <fcntl.h>
#include <fmt/format.h>
#include <spdlog/spdlog.h>
#include <sys/resource.h>
#include <unistd.h>

namespace geomatch::app {
namespace {

constexpr std::size_t of_a_thread = 2;  // its epoll and what wakes it
constexpr std::size_t of_a_side = 8;    // its listening socket, the listener's io_context, one of its threads
constexpr std::size_t of_the_log = 12;  // the journal, its lock and its -wal, for each of its threads
constexpr std::size_t most_spare = 64;  // for operators, brokers, and phones that are being refused
constexpr std::size_t least_spare = 8;
constexpr std::size_t least_phones = 8;

// As what is opened takes the lowest that is free, all below are taken.
std::size_t open_now() noexcept {
  const int lowest = ::open("/", O_PATH | O_CLOEXEC);
  if (lowest < 0) return SIZE_MAX;
  ::close(lowest);
  return static_cast<std::size_t>(lowest);
}

}  // namespace

std::size_t raise_open_files_limit() noexcept {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return SIZE_MAX;
  const rlimit raised{.rlim_cur = limit.rlim_max, .rlim_max = limit.rlim_max};
  // As it was, if it may not.
  return setrlimit(RLIMIT_NOFILE, &raised) == 0 ? raised.rlim_cur : limit.rlim_cur;
}

std::size_t connections_within(std::size_t limit, std::size_t threads, std::size_t wanted) {
  const std::size_t open = open_now();
  const std::size_t own = threads * of_a_thread + 2 * of_a_side + of_the_log;
  const std::size_t least = own + least_spare + least_phones;
  if (open >= limit || limit - open < least) {
    throw std::runtime_error(fmt::format(
        "the limit of open files, {}, is too low: {} I/O threads and a few phones take {}; raise it "
        "(ulimit -n)",
        limit, threads, open == SIZE_MAX ? "more" : std::to_string(open + least)));
  }
  const std::size_t room = limit - open - own;
  const std::size_t phones = room - std::clamp(room / 4, least_spare, most_spare);
  if (phones < wanted) {
    spdlog::warn(
        "the limit of open files, {}, has room for {} phones, fewer than --max-connections; raise it "
        "(ulimit -n)",
        limit, phones);
  }
  return std::min(phones, wanted);
}

}  // namespace geomatch::app
