#include "../../src/net/reply_queue.hpp"

#include <gtest/gtest.h>

namespace geomatch::net {
namespace {

using std::chrono::seconds;

const ReplyQueue::TimePoint start{};

http::Reply text(std::string body) {
  return {.content_type = "text/plain", .body = std::move(body)};
}

// The bodies in what was taken, in order.
std::string bodies(const std::string& bytes) {
  std::string all;
  for (std::size_t at = 0; (at = bytes.find("\r\n\r\n", at)) != std::string::npos;) all += bytes.at(at += 4);
  return all;
}

TEST(ReplyQueue, AnswersLeaveInTheOrderOfTheirRequests) {
  ReplyQueue queue;
  const auto a = queue.expect(start, {});
  const auto b = queue.expect(start, {});
  const auto c = queue.expect(start, {});
  std::string out;
  EXPECT_TRUE(queue.answer(c, text("c"), "now"));
  EXPECT_TRUE(queue.answer(b, text("b"), "now"));
  EXPECT_FALSE(queue.take_ready(out));
  EXPECT_EQ(out, "");
  EXPECT_EQ(queue.unanswered(), 1U);
  EXPECT_TRUE(queue.answer(a, text("a"), "now"));
  EXPECT_FALSE(queue.take_ready(out));
  EXPECT_EQ(bodies(out), "abc");
  EXPECT_TRUE(queue.empty());
}

TEST(ReplyQueue, ASecondAnswerIsDropped) {
  ReplyQueue queue;
  const auto a = queue.expect(start, {});
  EXPECT_TRUE(queue.answer(a, text("a"), "now"));
  EXPECT_FALSE(queue.answer(a, text("x"), "now"));
  std::string out;
  queue.take_ready(out);
  EXPECT_FALSE(queue.answer(a, text("x"), "now"));
  EXPECT_FALSE(queue.answer(a + 100, text("x"), "now"));
  EXPECT_EQ(bodies(out), "a");
}

TEST(ReplyQueue, TellsWhenTheConnectionIsToClose) {
  ReplyQueue queue;
  const auto a = queue.expect(start, {});
  const auto b = queue.expect(start, {.date = {}, .close = true});
  std::string out;
  queue.answer(a, text("a"), "now");
  EXPECT_FALSE(queue.take_ready(out));
  queue.answer(b, text("b"), "now");
  EXPECT_TRUE(queue.take_ready(out));
}

TEST(ReplyQueue, TheLastCanBeMadeToClose) {
  ReplyQueue queue;
  const auto a = queue.expect(start, {});
  queue.close_after_last();
  queue.answer(a, text("a"), "now");
  std::string out;
  EXPECT_TRUE(queue.take_ready(out));
  EXPECT_NE(out.find("Connection: close\r\n"), std::string::npos);
}

TEST(ReplyQueue, NamesTheFirstThatIsOverdue) {
  ReplyQueue queue;
  const auto a = queue.expect(start, {});
  const auto b = queue.expect(start + seconds{5}, {});
  EXPECT_FALSE(queue.overdue(start - seconds{1}));
  EXPECT_EQ(queue.overdue(start), a);
  queue.answer(a, text("a"), "now");
  EXPECT_FALSE(queue.overdue(start + seconds{4}));
  EXPECT_EQ(queue.overdue(start + seconds{5}), b);
}

}  // namespace
}  // namespace geomatch::net
