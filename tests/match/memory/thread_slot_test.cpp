#include "memory/thread_slot.hpp"

#include <condition_variable>
#include <mutex>
#include <set>
#include <stdexcept>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace geomatch::match {
namespace {

TEST(ThreadSlot, IsEachThreadsOwnUntilItEnds) {
  std::mutex mutex;
  std::condition_variable changed;
  std::multiset<std::size_t> slots;
  std::size_t refused = 0;
  bool may_end = false;
  constexpr std::size_t more_than_there_are = max_threads + 5;
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < more_than_there_are; ++i) {
    threads.emplace_back([&] {
      std::unique_lock lock{mutex};
      try {
        slots.insert(this_thread_slot());
        EXPECT_EQ(slots.count(this_thread_slot()), 1U);
      } catch (const std::runtime_error&) {
        ++refused;
      }
      changed.notify_all();
      changed.wait(lock, [&] { return may_end; });
    });
  }
  {
    std::unique_lock lock{mutex};
    changed.wait(lock, [&] { return slots.size() + refused == more_than_there_are; });
    EXPECT_GE(refused, 5U);
    EXPECT_GE(slots.size() + 10, max_threads);
    EXPECT_LT(*slots.rbegin(), thread_slots_ever_used());
    may_end = true;
  }
  changed.notify_all();
  for (std::thread& thread : threads) thread.join();
  std::thread{[&] { EXPECT_LT(this_thread_slot(), max_threads); }}.join();
}

}  // namespace
}  // namespace geomatch::match
