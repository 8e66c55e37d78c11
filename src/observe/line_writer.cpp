#include "line_writer.hpp"

#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <string_view>
#include <utility>

#include <poll.h>
#include <unistd.h>

#include "dropped_lines.hpp"

namespace geomatch::observe {
namespace {

// At the end: for the next line to be taken, and for all of them.
constexpr std::chrono::milliseconds last_patience{100};
constexpr std::chrono::milliseconds last_patience_for_all{1000};

// Waits for as long as it takes.
bool write_all(int descriptor, std::string_view text) noexcept {
  while (!text.empty()) {
    const ssize_t written = ::write(descriptor, text.data(), text.size());
    if (written >= 0) {
      text.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno == EAGAIN) {  // somebody has made it so, for all who have it open
      pollfd room{.fd = descriptor, .events = POLLOUT, .revents = 0};
      ::poll(&room, 1, -1);
    } else if (errno != EINTR) {
      return false;
    }
  }
  return true;
}

}  // namespace

struct LineWriter::Shared {
  explicit Shared(int to) noexcept : descriptor(to) {}

  const int descriptor;
  std::mutex mutex;  // guards the rest
  std::condition_variable changed;
  std::deque<std::string> waiting;
  bool ending = false;
  bool ended = false;
};

LineWriter::LineWriter(int descriptor)
    : shared_(std::make_shared<Shared>(descriptor)), thread_([shared = shared_] { run(*shared); }) {}

LineWriter::~LineWriter() {
  const auto give_up = std::chrono::steady_clock::now() + last_patience_for_all;
  {
    std::unique_lock lock{shared_->mutex};
    shared_->ending = true;
    shared_->changed.notify_all();
    std::size_t left = shared_->waiting.size();
    const auto gets_on = [&] { return shared_->ended || shared_->waiting.size() < left; };
    while (!shared_->ended && std::chrono::steady_clock::now() < give_up &&
           shared_->changed.wait_for(lock, last_patience, gets_on)) {
      left = shared_->waiting.size();
    }
    if (!shared_->ended) {
      count_dropped_lines(std::exchange(shared_->waiting, {}).size());
      thread_.detach();
    }
  }
  if (thread_.joinable()) thread_.join();
}

void LineWriter::write(std::string line) {
  const std::lock_guard lock{shared_->mutex};
  if (shared_->waiting.size() == max_waiting) {
    shared_->waiting.pop_front();
    count_dropped_lines(1);
  }
  shared_->waiting.push_back(std::move(line));
  shared_->changed.notify_all();
}

void LineWriter::run(Shared& shared) {
  std::unique_lock lock{shared.mutex};
  while (true) {
    shared.changed.wait(lock, [&] { return !shared.waiting.empty() || shared.ending; });
    if (shared.waiting.empty()) break;
    const std::string line = std::move(shared.waiting.front());
    shared.waiting.pop_front();
    if (shared.ending) shared.changed.notify_all();
    lock.unlock();
    if (!write_all(shared.descriptor, line)) count_dropped_lines(1);
    lock.lock();
  }
  shared.ended = true;
  shared.changed.notify_all();
}

}  // namespace geomatch::observe
