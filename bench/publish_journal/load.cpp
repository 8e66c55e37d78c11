#include "load.hpp"

#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <mutex>
#include <string>

#include <geomatch/publish/completion_queue.hpp>
#include <geomatch/publish/publication.hpp>
#include <geomatch/publish/publisher.hpp>

namespace geomatch::bench {
namespace {

using Clock = std::chrono::steady_clock;

// The thread's side: what comes home is noted and sent out again.
struct Home {
  publish::Publisher& publisher;
  Clock::time_point end;
  Measured measured = {};
  std::size_t under_way = 0;

  std::mutex mutex = {};
  std::condition_variable woken = {};
  bool wake = false;
  publish::CompletionQueue queue{[this] {
    const std::lock_guard lock{mutex};
    wake = true;
    woken.notify_one();
  }};
};

class Traveller final : public publish::Publication {
 public:
  Traveller(Home& home, std::size_t number, std::size_t value_bytes) : Publication(home.queue), home_(home) {
    record.key = "driver-" + std::to_string(number);
    record.value = std::string(value_bytes, 'x');
  }

  void set_out() {
    record.received_at = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
    set_out_at_ = Clock::now();
    if (!home_.publisher.publish(*this)) fail("refused");
  }

 private:
  static void fail(const char* how) {
    std::fprintf(stderr, "a record was %s\n", how);
    std::exit(1);
  }

  void on_published() noexcept override {}
  void complete() noexcept override {
    if (outcome() != publish::Outcome::published) fail("not published");
    const auto now = Clock::now();
    home_.measured.latencies_ms.push_back(
        std::chrono::duration<float, std::milli>(now - set_out_at_).count());
    if (now < home_.end) {
      set_out();
    } else {
      --home_.under_way;
    }
  }

  Home& home_;
  Clock::time_point set_out_at_;
};

}  // namespace

Measured load(publish::Publisher& publisher, std::size_t in_flight, std::size_t value_bytes,
              std::chrono::milliseconds duration) {
  const auto began = Clock::now();
  Home home{.publisher = publisher, .end = began + duration};
  std::vector<std::unique_ptr<Traveller>> travellers;
  home.under_way = in_flight;
  for (std::size_t i = 0; i < in_flight; ++i) {
    travellers.push_back(std::make_unique<Traveller>(home, i, value_bytes));
    travellers.back()->set_out();
  }
  while (home.under_way != 0) {
    std::unique_lock lock{home.mutex};
    home.woken.wait(lock, [&] { return home.wake; });
    home.wake = false;
    lock.unlock();
    home.queue.drain();
  }
  const std::chrono::duration<double> took = Clock::now() - began;
  home.measured.records_per_s = static_cast<double>(home.measured.latencies_ms.size()) / took.count();
  return std::move(home.measured);
}

}  // namespace geomatch::bench
