#pragma once

#include <atomic>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <ctime>
#include <functional>
#include <memory>
#include <thread>
#include <vector>

#include <pthread.h>

namespace geomatch::match {

/// Threads that repeat an operation, and can be stopped in it at whatever instruction they are, by a signal
/// whose handler sleeps until they may go on.
class ParkingLot {
 public:
  ParkingLot() {
    struct sigaction action = {};
    action.sa_handler = park_here;
    action.sa_flags = SA_RESTART;
    sigaction(SIGUSR1, &action, &before_);
  }

  ~ParkingLot() {
    stop();
    sigaction(SIGUSR1, &before_, nullptr);
  }

  ParkingLot(const ParkingLot&) = delete;
  ParkingLot& operator=(const ParkingLot&) = delete;

  /// Starts a thread that calls `operation` until `stop`. It can be stopped in what it does within `inside`.
  void start(std::function<void()> operation) {
    Worker& worker = *workers_.emplace_back(std::make_unique<Worker>());
    worker.thread = std::thread{[this, &worker, operation = std::move(operation)] {
      current = &worker;
      worker.has_begun = true;
      worker.has_begun.notify_one();
      while (!stop_) {
        operation();
        worker.done.fetch_add(1);
      }
      current = nullptr;
    }};
    worker.has_begun.wait(false);  // before that, a signal would find nobody
  }

  /// For operations: what may be stopped. It must not allocate, or others that do would wait for the
  /// allocator.
  template <typename Operation>
  static decltype(auto) inside(const Operation& operation) {
    struct Mark {
      Mark() { current->is_inside.store(true); }
      ~Mark() { current->is_inside.store(false); }
    };
    const Mark mark;
    return operation();
  }

  /// Stops thread `which` inside its operation; returns when it is.
  void park(std::size_t which) {
    Worker& worker = *workers_[which];
    worker.may_go = false;
    while (!worker.is_parked) {
      const std::uint64_t handled = worker.handled;
      pthread_kill(worker.thread.native_handle(), SIGUSR1);
      while (!worker.is_parked && worker.handled == handled)
        std::this_thread::sleep_for(std::chrono::microseconds{50});
    }
  }

  void let_go(std::size_t which) {
    Worker& worker = *workers_[which];
    worker.may_go = true;
    while (worker.is_parked) std::this_thread::sleep_for(std::chrono::microseconds{50});
  }

  [[nodiscard]] std::size_t size() const noexcept { return workers_.size(); }
  [[nodiscard]] bool is_parked(std::size_t which) const noexcept { return workers_[which]->is_parked; }
  [[nodiscard]] std::uint64_t done(std::size_t which) const noexcept { return workers_[which]->done; }

  void stop() {
    stop_ = true;
    for (const auto& worker : workers_) {
      worker->may_go = true;
      if (worker->thread.joinable()) worker->thread.join();
    }
  }

 private:
  struct Worker {
    std::thread thread;
    std::atomic<bool> has_begun{false};
    std::atomic<bool> is_inside{false};
    std::atomic<bool> is_parked{false};
    std::atomic<bool> may_go{true};
    std::atomic<std::uint64_t> handled{0};
    std::atomic<std::uint64_t> done{0};
  };

  static void park_here(int /*signal*/) {
    const int error = errno;
    Worker* const worker = current;
    if (worker != nullptr && worker->is_inside && !worker->may_go) {
      worker->is_parked = true;
      const timespec moment{.tv_sec = 0, .tv_nsec = 1'000'000};
      while (!worker->may_go) nanosleep(&moment, nullptr);
      worker->is_parked = false;
    }
    if (worker != nullptr) worker->handled.fetch_add(1);
    errno = error;
  }

  static inline thread_local Worker* current = nullptr;

  struct sigaction before_ = {};
  std::atomic<bool> stop_{false};
  std::vector<std::unique_ptr<Worker>> workers_;
};

}  // namespace geomatch::match
