#include <atomic>
#include <map>
#include <memory>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include <geomatch/publish/publication_queue.hpp>

#include "recorded_publication.hpp"

namespace geomatch::publish {
namespace {

std::vector<std::string> keys(const Publication* chain) {
  std::vector<std::string> keys;
  for (; chain != nullptr; chain = PublicationQueue::next(*chain)) keys.push_back(chain->record.key);
  return keys;
}

TEST(PublicationQueue, IsEmptyAtFirst) {
  PublicationQueue queue;
  EXPECT_EQ(queue.take_all(), nullptr);
}

TEST(PublicationQueue, KeepsTheOrderAndTellsWhenItWasEmpty) {
  PublicationRecorder recorder;
  RecordedPublication a{recorder, {.key = "a"}}, b{recorder, {.key = "b"}}, c{recorder, {.key = "c"}};
  PublicationQueue queue;
  EXPECT_TRUE(queue.push(a));
  EXPECT_FALSE(queue.push(b));
  EXPECT_FALSE(queue.push(c));
  EXPECT_EQ(keys(queue.take_all()), (std::vector<std::string>{"a", "b", "c"}));
  EXPECT_TRUE(queue.push(b));
  EXPECT_EQ(keys(queue.take_all()), (std::vector<std::string>{"b"}));
}

TEST(PublicationQueue, TakesChains) {
  PublicationRecorder recorder;
  RecordedPublication a{recorder, {.key = "a"}}, b{recorder, {.key = "b"}}, c{recorder, {.key = "c"}};
  PublicationQueue first;
  first.push(a);
  first.push(b);
  Publication* chain = first.take_all();
  PublicationQueue second;
  second.push(c);
  EXPECT_FALSE(second.push(*chain, b));
  EXPECT_EQ(keys(second.take_all()), (std::vector<std::string>{"c", "a", "b"}));
}

TEST(PublicationQueue, LosesNothingBetweenThreads) {
  constexpr int producers = 3;
  constexpr int each = 5'000;
  PublicationRecorder recorder;
  std::vector<std::unique_ptr<RecordedPublication>> all;
  for (int p = 0; p < producers; ++p) {
    for (int i = 0; i < each; ++i) {
      all.push_back(std::make_unique<RecordedPublication>(
          recorder, Record{.key = std::to_string(p), .value = std::to_string(i)}));
    }
  }
  PublicationQueue queue;
  std::vector<std::thread> threads;
  for (std::size_t p = 0; p < producers; ++p) {
    threads.emplace_back([&, p] {
      for (std::size_t i = 0; i < each; ++i) queue.push(*all[p * each + i]);
    });
  }
  std::map<std::string, int> next;
  for (int taken = 0; taken < producers * each;) {
    for (Publication* chain = queue.take_all(); chain != nullptr; chain = PublicationQueue::next(*chain)) {
      ASSERT_EQ(*chain->record.value, std::to_string(next[chain->record.key]++));
      ++taken;
    }
  }
  for (auto& thread : threads) thread.join();
}

}  // namespace
}  // namespace geomatch::publish
