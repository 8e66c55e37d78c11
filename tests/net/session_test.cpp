// A session without a socket: what it does with a connection, event by event.
#include "session.hpp"

#include <cstring>
#include <deque>
#include <memory>
#include <stdexcept>
#include <string>

#include <gtest/gtest.h>

#include <geomatch/http/router.hpp>
#include <geomatch/observe/metrics.hpp>

#include "session_host.hpp"
#include "support/connection.hpp"

namespace geomatch::net {
namespace {

// The far side, which outlives the connection itself.
struct FarSide {
  boost::asio::mutable_buffer into;
  std::shared_ptr<ConnectionEvents> reads;  // while a read is under way
  std::shared_ptr<ConnectionEvents> waits;  // for room
  std::string written;
  std::size_t room = 1'000'000;
  std::size_t available = 0;
  int sends = 0;
  int cancelled = 0;
  bool finished = false;

  void give(std::string_view bytes) {
    std::memcpy(into.data(), bytes.data(), bytes.size());
    std::exchange(reads, nullptr)->on_read(ReadResult::data, bytes.size());
  }
  // As much of `bytes` as is read, in one piece after the other.
  void pour(std::string_view bytes) {
    while (reads && !bytes.empty()) {
      const std::size_t some = std::min(into.size(), bytes.size());
      give(bytes.substr(0, some));
      bytes.remove_prefix(some);
    }
  }
  void end_read(ReadResult result) { std::exchange(reads, nullptr)->on_read(result, 0); }
  void make_room(std::size_t bytes) {
    room += bytes;
    std::exchange(waits, nullptr)->on_writable();
  }
};

class ManualConnection final : public Connection {
 public:
  explicit ManualConnection(FarSide& far_side) : far_side_(far_side) {}

  void start_read(boost::asio::mutable_buffer into, std::shared_ptr<ConnectionEvents> events) override {
    far_side_.into = into;
    far_side_.reads = std::move(events);
  }
  void cancel_read() noexcept override { ++far_side_.cancelled; }
  [[nodiscard]] boost::system::result<std::size_t> send(std::string_view bytes) noexcept override {
    const std::size_t count = std::min(bytes.size(), far_side_.room);
    far_side_.room -= count;
    far_side_.written.append(bytes.substr(0, count));
    ++far_side_.sends;
    return count;
  }
  void await_writable(std::shared_ptr<ConnectionEvents> events) override {
    far_side_.waits = std::move(events);
  }
  [[nodiscard]] std::size_t available() const noexcept override { return far_side_.available; }
  bool finish_sending() noexcept override { return far_side_.finished = true; }
  void close() noexcept override {}

 private:
  FarSide& far_side_;
};

class Hello final : public http::Handler {
  void handle(const http::Request& /*request*/, std::string_view /*argument*/, http::Responder respond,
              publish::CompletionQueue& /*completions*/) override {
    respond({.content_type = "text/plain", .body = "hello"});
  }
};

// As a handler with a fault would.
class Throws final : public http::Handler {
  void handle(const http::Request& /*request*/, std::string_view /*argument*/, http::Responder /*respond*/,
              publish::CompletionQueue& /*completions*/) override {
    throw std::runtime_error("a fault");
  }
};

class Large final : public http::Handler {
  void handle(const http::Request& /*request*/, std::string_view /*argument*/, http::Responder respond,
              publish::CompletionQueue& /*completions*/) override {
    respond({.content_type = "text/plain", .body = std::string(30'000, 'x')});
  }
};

// Answers when the test does.
class Later final : public http::Handler {
 public:
  explicit Later(std::deque<http::Responder>& waiting) : waiting_(waiting) {}

 private:
  void handle(const http::Request& /*request*/, std::string_view /*argument*/, http::Responder respond,
              publish::CompletionQueue& /*completions*/) override {
    waiting_.push_back(std::move(respond));
  }

  std::deque<http::Responder>& waiting_;
};

class ManualTime final : public TimeSource {
 public:
  [[nodiscard]] Clock::time_point now() const noexcept override { return now_; }
  [[nodiscard]] std::time_t time_of_day() const noexcept override { return 0; }
  void pass(Clock::duration time) { now_ += time; }

 private:
  Clock::time_point now_{std::chrono::hours{1}};
};

// Notes what the other connection had been sent by then.
class Look final : public http::Handler {
 public:
  Look(const FarSide& other, std::size_t& sent_bytes) : other_(other), sent_bytes_(sent_bytes) {}

 private:
  void handle(const http::Request& /*request*/, std::string_view /*argument*/, http::Responder respond,
              publish::CompletionQueue& /*completions*/) override {
    sent_bytes_ = other_.written.size();
    respond({.content_type = "text/plain", .body = "hello"});
  }

  const FarSide& other_;
  std::size_t& sent_bytes_;
};

class SessionTest : public testing::Test {
 protected:
  SessionTest() {
    router_.add(boost::beast::http::verb::get, "/", std::make_unique<Hello>());
    router_.add(boost::beast::http::verb::get, "/later", std::make_unique<Later>(waiting_));
    host_.adopt(std::make_unique<ManualConnection>(far_side_));
  }
  ~SessionTest() override {
    host_.stop();
    if (far_side_.reads) far_side_.end_read(ReadResult::failed);
    if (far_side_.waits) far_side_.make_room(0);
  }

  [[nodiscard]] std::size_t answers() const {
    std::size_t count = 0;
    for (auto at = far_side_.written.find("hello"); at != std::string::npos;
         at = far_side_.written.find("hello", at + 1)) {
      ++count;
    }
    return count;
  }

  void answer_next() {
    const SessionHost::Turn turn{host_};
    waiting_.front()({.content_type = "text/plain", .body = "hello"});
    waiting_.pop_front();
  }

  const std::string request_ = test::request_bytes("GET", "/");
  const std::string later_ = test::request_bytes("GET", "/later");
  std::deque<http::Responder> waiting_;
  Limits limits_;
  Traffic traffic_;
  observe::Metrics metrics_;
  http::Router router_{metrics_};
  ManualTime time_;
  FarSide far_side_;
  SessionHost host_{limits_, traffic_, router_, time_, [] {}};
};

TEST_F(SessionTest, ADrainCallsItsReadOffBeforeItCloses) {
  host_.drain();
  EXPECT_EQ(far_side_.cancelled, 1);
  EXPECT_FALSE(far_side_.finished);
  far_side_.end_read(ReadResult::cancelled);
  EXPECT_TRUE(far_side_.finished);
}

TEST_F(SessionTest, WhatARatherLateReadHasGotIsAnsweredByADrain) {
  host_.drain();
  far_side_.give(request_ + request_ + request_);  // it had them when it was called off
  if (far_side_.reads) far_side_.end_read(ReadResult::cancelled);
  EXPECT_EQ(answers(), 3U);
  EXPECT_TRUE(far_side_.finished);
}

TEST_F(SessionTest, ADrainReadsOnWhileThereIsMore) {
  far_side_.available = request_.size();
  host_.drain();
  far_side_.available = 0;
  far_side_.give(request_.substr(0, 5));
  ASSERT_TRUE(far_side_.reads);
  EXPECT_FALSE(far_side_.finished);
  far_side_.give(request_.substr(5));
  EXPECT_EQ(answers(), 1U);
  if (far_side_.reads) far_side_.end_read(ReadResult::cancelled);
  EXPECT_TRUE(far_side_.finished);
}

TEST_F(SessionTest, AnswersThatAreReadyTogetherAreSentTogether) {
  far_side_.give(request_ + request_ + request_);
  EXPECT_EQ(answers(), 3U);
  EXPECT_EQ(far_side_.sends, 1);
}

TEST_F(SessionTest, AllThatCameInOneTurnIsTakenBeforeAnythingIsSent) {
  FarSide other;
  std::size_t sent_bytes = 1;
  router_.add(boost::beast::http::verb::get, "/look", std::make_unique<Look>(far_side_, sent_bytes));
  host_.adopt(std::make_unique<ManualConnection>(other));
  {
    const SessionHost::Turn turn{host_};
    far_side_.give(request_ + later_);
    EXPECT_TRUE(waiting_.empty()) << "the requests are taken together";
    other.give(test::request_bytes("GET", "/look"));
  }
  EXPECT_EQ(sent_bytes, 0U);
  EXPECT_EQ(answers(), 1U);
  EXPECT_EQ(waiting_.size(), 1U);
  answer_next();
  host_.stop();
  other.end_read(ReadResult::failed);
}

TEST_F(SessionTest, AStopSendsWhatHasJustBeenAnswered) {
  far_side_.give(later_ + later_);
  answer_next();
  answer_next();
  host_.stop();
  EXPECT_EQ(answers(), 2U);
}

TEST_F(SessionTest, WhatThePeerDoesNotTakeIsSentWhenItDoes) {
  far_side_.room = 10;
  far_side_.give(request_ + request_);
  EXPECT_EQ(far_side_.written.size(), 10U);
  ASSERT_TRUE(far_side_.waits);
  far_side_.make_room(0);  // it may be a false alarm
  ASSERT_TRUE(far_side_.waits);
  far_side_.give(request_);  // it is read from meanwhile
  EXPECT_EQ(far_side_.written.size(), 10U);
  far_side_.make_room(1'000'000);
  EXPECT_EQ(answers(), 3U);
  EXPECT_FALSE(far_side_.waits);
}

TEST_F(SessionTest, AnAnswerThatComesLaterIsSentInItsTurn) {
  far_side_.give(later_ + request_);
  EXPECT_EQ(answers(), 0U);
  answer_next();
  EXPECT_EQ(answers(), 2U);
  EXPECT_EQ(far_side_.sends, 1);
}

TEST_F(SessionTest, TheRestOfARequestHasTimeFromWhenItCanBeRead) {
  limits_.max_pipelined = 1;
  far_side_.give(later_ + request_.substr(0, 5));
  time_.pass(limits_.request_timeout / 2);
  host_.tick();
  EXPECT_FALSE(far_side_.reads);
  time_.pass(limits_.request_timeout - limits_.answer_timeout / 2 - std::chrono::seconds{1});
  answer_next();
  ASSERT_TRUE(far_side_.reads);
  time_.pass(std::chrono::seconds{2});
  host_.tick();
  far_side_.give(request_.substr(5));
  EXPECT_EQ(answers(), 2U) << far_side_.written;
}

TEST_F(SessionTest, ARequestThatTricklesIsRefusedInTheEnd) {
  far_side_.give(request_.substr(0, 5));
  time_.pass(limits_.request_timeout / 2);
  far_side_.give(request_.substr(5, 5));
  for (int i = 0; i < 3; ++i) {
    time_.pass(limits_.request_timeout / 4);
    host_.tick();
  }
  EXPECT_NE(far_side_.written.find(" 408 "), std::string::npos);
}

TEST_F(SessionTest, AChunkHeaderThatNeverEndsIsRefused) {
  const std::string head = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
  for (const std::string& chunks :
       {std::string{"5;"}, std::string{}, std::string{"0\r\n"}, std::string{"5\r\nhello"}}) {
    FarSide other;
    host_.adopt(std::make_unique<ManualConnection>(other));
    other.pour(head + chunks + std::string(200'000, '0'));
    EXPECT_TRUE(other.written.starts_with("HTTP/1.1 4")) << chunks << other.written;
    EXPECT_TRUE(other.finished) << chunks;
    if (other.reads) other.end_read(ReadResult::end);
  }
}

TEST_F(SessionTest, WhoAsksMuchAndReadsLittleIsNotReadFrom) {
  router_.add(boost::beast::http::verb::get, "/large", std::make_unique<Large>());
  std::string asked;
  for (int i = 0; i < 10'000; ++i) asked += test::request_bytes("GET", "/large");
  far_side_.room = 1;
  std::size_t taken = 0;
  for (int i = 0; i < 1'000; ++i) {
    if (far_side_.reads) {
      const std::size_t some = far_side_.into.size();
      ASSERT_LT(taken + some, asked.size());
      far_side_.give(std::string_view{asked}.substr(taken, some));
      taken += some;
    } else {
      ASSERT_TRUE(far_side_.waits);
      far_side_.make_room(10'000);
    }
  }
  EXPECT_LT(taken, far_side_.written.size());
  EXPECT_EQ(traffic_.connections(), 1U);
}

TEST_F(SessionTest, AnExceptionClosesTheConnectionItCameFromAndNoOther) {
  router_.add(boost::beast::http::verb::get, "/throws", std::make_unique<Throws>());
  FarSide other;
  host_.adopt(std::make_unique<ManualConnection>(other));
  {
    const SessionHost::Turn turn{host_};
    other.give(later_ + test::request_bytes("GET", "/throws") + request_);
    far_side_.give(request_);
  }
  EXPECT_EQ(traffic_.connections(), 1U);
  EXPECT_EQ(traffic_.in_flight(), 0U);
  EXPECT_EQ(other.written, "");
  EXPECT_EQ(answers(), 1U);
  answer_next();  // too late
  if (other.reads) other.end_read(ReadResult::failed);
  far_side_.give(request_);
  EXPECT_EQ(answers(), 2U);
}

TEST_F(SessionTest, APeerThatKeepsADrainedConnectionIsNotWaitedForLong) {
  host_.drain();
  far_side_.end_read(ReadResult::cancelled);
  ASSERT_TRUE(far_side_.finished);
  const auto drained_at = time_.now();
  while (traffic_.connections() != 0 && time_.now() < drained_at + 2 * Session::linger_time) {
    time_.pass(host_.tick_interval());
    host_.tick();
  }
  EXPECT_EQ(traffic_.connections(), 0U);
  EXPECT_GE(time_.now(), drained_at + Session::linger_time) << "it may still be taking its answer";
}

TEST_F(SessionTest, NothingIsCalledOffWithoutADrain) {
  far_side_.give(request_);
  EXPECT_EQ(answers(), 1U);
  EXPECT_EQ(far_side_.cancelled, 0);
  EXPECT_TRUE(far_side_.reads);
}

}  // namespace
}  // namespace geomatch::net
