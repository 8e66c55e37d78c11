#include "support/load.hpp"

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

class Traveller;

// The thread's side: who comes home is noted, and sets out again.
class Home {
 public:
  Home(publish::Publisher& publisher, const Load& load) : publisher_(publisher), load_(load) {}

  Measured run();
  void came_home(Traveller& traveller, Clock::time_point set_out_at);

  publish::Publisher& publisher() noexcept { return publisher_; }
  publish::CompletionQueue& queue() noexcept { return queue_; }

 private:
  void send_out(Clock::time_point now);
  void wait();

  publish::Publisher& publisher_;
  const Load load_;
  const Clock::time_point began_ = Clock::now();
  const Clock::time_point end_ = began_ + load_.duration;
  std::vector<Traveller*> at_home_;
  std::size_t sent_ = 0;
  Measured measured_;

  std::mutex mutex_;
  std::condition_variable woken_;
  bool wake_ = false;
  publish::CompletionQueue queue_{[this] {
    const std::lock_guard lock{mutex_};
    wake_ = true;
    woken_.notify_one();
  }};
};

class Traveller final : public publish::Publication {
 public:
  Traveller(Home& home, std::size_t number, std::size_t value_bytes)
      : Publication(home.queue()), home_(home) {
    record.key = "driver-" + std::to_string(number);
    record.value = std::string(value_bytes, 'x');
  }

  void set_out() {
    record.received_at = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
    set_out_at_ = Clock::now();
    if (!home_.publisher().publish(*this)) fail("refused");
  }

 private:
  static void fail(const char* how) {
    std::fprintf(stderr, "a record was %s\n", how);
    std::exit(1);
  }

  void on_published() noexcept override {}
  void complete() noexcept override {
    if (outcome() != publish::Outcome::published) fail("not published");
    home_.came_home(*this, set_out_at_);
  }

  Home& home_;
  Clock::time_point set_out_at_;
};

void Home::came_home(Traveller& traveller, Clock::time_point set_out_at) {
  const std::chrono::duration<float, std::milli> took = Clock::now() - set_out_at;
  measured_.latencies_ms.push_back(took.count());
  at_home_.push_back(&traveller);
}

void Home::send_out(Clock::time_point now) {
  const double elapsed_s = std::chrono::duration<double>(now - began_).count();
  const double due = load_.records_per_s == 0 ? static_cast<double>(sent_ + load_.in_flight)
                                              : elapsed_s * load_.records_per_s;
  while (!at_home_.empty() && static_cast<double>(sent_) < due) {
    at_home_.back()->set_out();
    at_home_.pop_back();
    ++sent_;
  }
}

void Home::wait() {
  std::unique_lock lock{mutex_};
  const auto woken = [this] { return wake_; };
  if (load_.records_per_s == 0) {
    woken_.wait(lock, woken);
  } else {
    woken_.wait_for(lock, std::chrono::milliseconds{1}, woken);
  }
  wake_ = false;
}

Measured Home::run() {
  std::vector<std::unique_ptr<Traveller>> travellers;
  for (std::size_t i = 0; i < load_.in_flight; ++i) {
    travellers.push_back(std::make_unique<Traveller>(*this, i, load_.value_bytes));
    at_home_.push_back(travellers.back().get());
  }
  while (true) {
    const auto now = Clock::now();
    if (now < end_) {
      send_out(now);
    } else if (at_home_.size() == load_.in_flight) {
      break;
    }
    wait();
    queue_.drain();
  }
  const std::chrono::duration<double> took = Clock::now() - began_;
  measured_.records_per_s = static_cast<double>(sent_) / took.count();
  return std::move(measured_);
}

}  // namespace

Measured measure(publish::Publisher& publisher, const Load& load) {
  return Home{publisher, load}.run();
}

}  // namespace geomatch::bench
