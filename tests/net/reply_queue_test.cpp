#include "../../src/net/reply_queue.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace geomatch::net {
namespace {

using std::chrono::seconds;

const ReplyQueue::TimePoint start{};

http::Reply text(std::string body) {
  return {.content_type = "text/plain", .body = std::move(body)};
}

// The bodies in what was taken, in order.
std::string bodies(std::string_view bytes) {
  std::string all;
  for (std::size_t at = 0; (at = bytes.find("\r\n\r\n", at)) != std::string::npos;) all += bytes.at(at += 4);
  return all;
}

class ReplyQueueTest : public testing::Test {
 protected:
  BufferPool buffers_;
  ReplyQueue queue_{buffers_};
};

TEST_F(ReplyQueueTest, AnswersLeaveInTheOrderOfTheirRequests) {
  const auto a = queue_.expect(start, {});
  const auto b = queue_.expect(start, {});
  const auto c = queue_.expect(start, {});
  EXPECT_TRUE(queue_.answer(c, text("c"), "now"));
  EXPECT_TRUE(queue_.answer(b, text("b"), "now"));
  EXPECT_EQ(queue_.ready(), "");
  EXPECT_EQ(queue_.unanswered(), 1U);
  EXPECT_EQ(queue_.size(), 3U);
  EXPECT_TRUE(queue_.answer(a, text("a"), "now"));
  EXPECT_EQ(bodies(queue_.ready()), "abc");
  EXPECT_FALSE(queue_.closes());
  EXPECT_TRUE(queue_.empty());
}

TEST_F(ReplyQueueTest, ASecondAnswerIsDropped) {
  const auto a = queue_.expect(start, {});
  const auto b = queue_.expect(start, {});
  EXPECT_TRUE(queue_.answer(b, text("b"), "now"));
  EXPECT_FALSE(queue_.answer(b, text("x"), "now"));
  EXPECT_TRUE(queue_.answer(a, text("a"), "now"));
  EXPECT_FALSE(queue_.answer(a, text("x"), "now"));
  EXPECT_FALSE(queue_.answer(a + 100, text("x"), "now"));
  EXPECT_EQ(bodies(queue_.ready()), "ab");
}

TEST_F(ReplyQueueTest, WhatWasSentIsNotReadyAnyMore) {
  EXPECT_TRUE(queue_.answer(queue_.expect(start, {}), text("a"), "now"));
  const std::string all{queue_.ready()};
  queue_.note_sent(10);
  EXPECT_EQ(queue_.ready(), all.substr(10));
  EXPECT_TRUE(queue_.answer(queue_.expect(start, {}), text("b"), "now"));
  EXPECT_EQ(bodies(queue_.ready()), "ab");
  queue_.note_sent(queue_.ready().size());
  EXPECT_EQ(queue_.ready(), "");
}

TEST_F(ReplyQueueTest, TellsWhenTheConnectionIsToClose) {
  const auto a = queue_.expect(start, {});
  const auto b = queue_.expect(start, {.close = true});
  EXPECT_TRUE(queue_.answer(a, text("a"), "now"));
  EXPECT_FALSE(queue_.closes());
  EXPECT_TRUE(queue_.answer(b, text("b"), "now"));
  EXPECT_TRUE(queue_.closes());
}

TEST_F(ReplyQueueTest, TheLastCanBeMadeToClose) {
  const auto a = queue_.expect(start, {});
  queue_.close_after_last();
  EXPECT_TRUE(queue_.answer(a, text("a"), "now"));
  EXPECT_NE(queue_.ready().find("Connection: close\r\n"), std::string::npos);
  EXPECT_TRUE(queue_.closes());
}

TEST_F(ReplyQueueTest, NamesTheOneThatHasWaitedLongest) {
  const auto a = queue_.expect(start, {});
  const auto b = queue_.expect(start + seconds{5}, {});
  const auto c = queue_.expect(start + seconds{7}, {});
  EXPECT_EQ(queue_.oldest(), a);
  EXPECT_EQ(queue_.oldest_arrived_at(), start);
  EXPECT_TRUE(queue_.answer(b, text("b"), "now"));
  EXPECT_EQ(queue_.oldest(), a);
  EXPECT_TRUE(queue_.answer(a, text("a"), "now"));
  EXPECT_EQ(queue_.oldest(), c);
  EXPECT_EQ(queue_.oldest_arrived_at(), start + seconds{7});
}

TEST_F(ReplyQueueTest, HasRoomForMany) {
  std::vector<std::uint64_t> sequences;
  for (int i = 0; i < 1000; ++i) sequences.push_back(queue_.expect(start, {}));
  for (const auto sequence : sequences) EXPECT_TRUE(queue_.answer(sequence, text("a"), "now"));
  EXPECT_EQ(bodies(queue_.ready()), std::string(1000, 'a'));
}

TEST(BufferPool, GivesBackTheLastOneFirst) {
  BufferPool pool;
  std::string a = pool.take();
  std::string b = pool.take();
  const char* const memory = b.data();
  pool.give_back(std::move(a));
  b.append("left over");
  pool.give_back(std::move(b));
  const std::string again = pool.take();
  EXPECT_EQ(again.data(), memory);
  EXPECT_TRUE(again.empty());
}

TEST(BufferPool, KeepsSoManyBytesAndNoMore) {
  constexpr std::size_t large_bytes = 1'000'000;
  BufferPool pool;
  for (int i = 0; i < 10; ++i) {
    std::string large;
    large.reserve(large_bytes);
    pool.give_back(std::move(large));
  }
  std::vector<std::string> taken;
  while (taken.empty() || taken.back().capacity() >= large_bytes) taken.push_back(pool.take());
  EXPECT_EQ(taken.size(), 5U) << "four were kept";
}

}  // namespace
}  // namespace geomatch::net
