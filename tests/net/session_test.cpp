// A session without a socket: what it does with a connection, event by event.
#include <cstring>
#include <memory>
#include <string>

#include <gtest/gtest.h>

#include <geomatch/http/router.hpp>
#include <geomatch/observe/metrics.hpp>

#include "machine_time.hpp"
#include "session_host.hpp"
#include "support/connection.hpp"

namespace geomatch::net {
namespace {

// The far side, which outlives the connection itself.
struct FarSide {
  boost::asio::mutable_buffer into;
  std::shared_ptr<ConnectionEvents> reads;  // while a read is under way
  std::shared_ptr<ConnectionEvents> writes;
  std::string written;
  std::size_t available = 0;
  int cancelled = 0;
  bool finished = false;

  void give(std::string_view bytes) {
    std::memcpy(into.data(), bytes.data(), bytes.size());
    std::exchange(reads, nullptr)->on_read(ReadResult::data, bytes.size());
  }
  void end_read(ReadResult result) { std::exchange(reads, nullptr)->on_read(result, 0); }
  void end_write() { std::exchange(writes, nullptr)->on_write(true); }
};

class ManualConnection final : public Connection {
 public:
  explicit ManualConnection(FarSide& far_side) : far_side_(far_side) {}

  void start_read(boost::asio::mutable_buffer into, std::shared_ptr<ConnectionEvents> events) override {
    far_side_.into = into;
    far_side_.reads = std::move(events);
  }
  void cancel_read() noexcept override { ++far_side_.cancelled; }
  void start_write(boost::asio::const_buffer from, std::shared_ptr<ConnectionEvents> events) override {
    far_side_.written.append(static_cast<const char*>(from.data()), from.size());
    far_side_.writes = std::move(events);
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

class SessionTest : public testing::Test {
 protected:
  SessionTest() {
    router_.add(boost::beast::http::verb::get, "/", std::make_unique<Hello>());
    host_.adopt(std::make_unique<ManualConnection>(far_side_));
  }
  ~SessionTest() override {
    host_.stop();
    if (far_side_.reads) far_side_.end_read(ReadResult::failed);
    if (far_side_.writes) far_side_.end_write();
  }

  [[nodiscard]] std::size_t answers() const {
    std::size_t count = 0;
    for (auto at = far_side_.written.find("hello"); at != std::string::npos;
         at = far_side_.written.find("hello", at + 1)) {
      ++count;
    }
    return count;
  }

  const std::string request_ = test::request_bytes("GET", "/");
  Limits limits_;
  Traffic traffic_;
  observe::Metrics metrics_;
  http::Router router_{metrics_};
  MachineTime time_;
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
  far_side_.end_write();
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
  far_side_.end_write();
  if (far_side_.reads) far_side_.end_read(ReadResult::cancelled);
  EXPECT_TRUE(far_side_.finished);
}

TEST_F(SessionTest, NothingIsCalledOffWithoutADrain) {
  far_side_.give(request_);
  far_side_.end_write();
  EXPECT_EQ(answers(), 1U);
  EXPECT_EQ(far_side_.cancelled, 0);
  EXPECT_TRUE(far_side_.reads);
}

}  // namespace
}  // namespace geomatch::net
