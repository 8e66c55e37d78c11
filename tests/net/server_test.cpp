// The server over real sockets, with handlers of the test's own.
#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

#include <gtest/gtest.h>

#include <geomatch/http/problems.hpp>
#include <geomatch/http/router.hpp>
#include <geomatch/net/server.hpp>
#include <geomatch/observe/metrics.hpp>
#include <geomatch/publish/publication.hpp>
#include <geomatch/publish/resend_window.hpp>
#include <geomatch/publish/settlement.hpp>

#include "support/connection.hpp"

namespace geomatch::net {
namespace {

using boost::beast::http::verb;
using std::chrono::milliseconds;
using std::chrono::seconds;
using test::Answer;
using test::request_bytes;

// Answers with the body it was sent.
class Echo final : public http::Handler {
  void handle(const http::Request& request, std::string_view /*argument*/, http::Responder respond,
              publish::CompletionQueue& /*completions*/) override {
    respond({.content_type = "text/plain", .body = std::string{request.body}});
  }
};

// Holds requests back until the test lets one go.
class Held final : public http::Handler {
 public:
  struct Operation final : publish::Publication {
    Operation(publish::CompletionQueue& home, http::Responder responder)
        : Publication(home), respond(std::move(responder)) {}
    void on_published() noexcept override {}
    void complete() noexcept override {
      respond({.content_type = "text/plain", .body = record.key});
      delete this;
    }
    http::Responder respond;
  };

  void handle(const http::Request& request, std::string_view /*argument*/, http::Responder respond,
              publish::CompletionQueue& completions) override {
    auto operation = std::make_unique<Operation>(completions, std::move(respond));
    const std::string name{request.body};
    operation->record.key = name;
    const std::lock_guard lock{mutex_};
    held_[name] = operation.release();
    arrived_.notify_all();
  }

  bool await(std::size_t count) {
    std::unique_lock lock{mutex_};
    return arrived_.wait_for(lock, seconds{30}, [&] { return held_.size() >= count; });
  }

  void let_go(const std::string& body) {
    publish::ResendWindow resends{seconds{1}, 1};
    publish::Settlement settlement{resends};
    const std::lock_guard lock{mutex_};
    settlement.settle(*held_.at(body), publish::Outcome::published);
    held_.erase(body);
  }

 private:
  std::mutex mutex_;
  std::condition_variable arrived_;
  std::map<std::string, Operation*> held_;
};

// Keeps its I/O thread busy for many times the shortest tick, so that timers and connections become due
// together with whatever the test asks for meanwhile.
class Busy final : public http::Handler {
 public:
  void handle(const http::Request& /*request*/, std::string_view /*argument*/, http::Responder respond,
              publish::CompletionQueue& /*completions*/) override {
    ++begun_;
    begun_.notify_one();
    std::this_thread::sleep_for(milliseconds{50});
    respond({.content_type = "text/plain", .body = "done"});
  }

  void await_begun(int count) {
    for (int begun = begun_; begun < count; begun = begun_) begun_.wait(begun);
  }

 private:
  std::atomic<int> begun_ = 0;
};

class ServerTest : public testing::Test {
 protected:
  ServerTest() {
    router_.add(verb::post, "/echo", std::make_unique<Echo>());
    router_.add(verb::get, "/echo", std::make_unique<Echo>());
    auto held = std::make_unique<Held>();
    held_ = held.get();
    router_.add(verb::post, "/held", std::move(held));
    auto busy = std::make_unique<Busy>();
    busy_ = busy.get();
    router_.add(verb::post, "/busy", std::move(busy));
  }

  void start(std::size_t threads = 2) {
    server_ = std::make_unique<Server>(threads, limits_, router_);
    server_->listen({boost::asio::ip::address_v4::loopback(), 0});
    server_->start();
  }
  [[nodiscard]] std::uint16_t port() const { return server_->endpoint().port(); }

  // Until the server has come to it on its own threads.
  static void await(const std::function<bool()>& condition) {
    const auto give_up = std::chrono::steady_clock::now() + seconds{30};
    while (!condition()) {
      ASSERT_LT(std::chrono::steady_clock::now(), give_up);
      std::this_thread::yield();
    }
  }

  Limits limits_;
  observe::Metrics metrics_;
  http::Router router_{metrics_};
  Held* held_ = nullptr;
  Busy* busy_ = nullptr;
  std::unique_ptr<Server> server_;
};

TEST_F(ServerTest, KeepsAConnectionOpen) {
  start();
  test::Connection client{port()};
  for (int i = 0; i < 3; ++i) {
    const Answer answer = client.request("POST", "/echo", std::to_string(i));
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.body, std::to_string(i));
    EXPECT_EQ(answer.fields.at("date").size(), 29U);
  }
  EXPECT_EQ(server_->traffic().accepted(), 1U);
}

TEST_F(ServerTest, AnswersPipelinedRequestsInOrderHoweverTheyFinish) {
  start();
  test::Connection client{port()};
  client.send(request_bytes("POST", "/held", "a") + request_bytes("POST", "/echo", "b") +
              request_bytes("POST", "/held", "c") + request_bytes("GET", "/nothing"));
  ASSERT_TRUE(held_->await(2));
  held_->let_go("c");
  held_->let_go("a");
  EXPECT_EQ(client.receive().body, "a");
  EXPECT_EQ(client.receive().body, "b");
  EXPECT_EQ(client.receive().body, "c");
  EXPECT_EQ(client.receive().status, 404);
}

TEST_F(ServerTest, ReadsNoMoreThanItMayPipeline) {
  limits_.max_pipelined = 2;
  start();
  test::Connection client{port()};
  client.send(request_bytes("POST", "/held", "a") + request_bytes("POST", "/held", "b") +
              request_bytes("POST", "/held", "c"));
  ASSERT_TRUE(held_->await(2));
  EXPECT_EQ(server_->traffic().in_flight(), 2U);
  held_->let_go("a");
  EXPECT_EQ(client.receive().body, "a");
  ASSERT_TRUE(held_->await(2));
  held_->let_go("b");
  held_->let_go("c");
  EXPECT_EQ(client.receive().body, "b");
  EXPECT_EQ(client.receive().body, "c");
}

TEST_F(ServerTest, ALongPipelineIsAnsweredWhole) {
  limits_.max_pipelined = 4;
  start();
  test::Connection client{port()};
  std::string all;
  for (int i = 0; i < 1000; ++i) all += request_bytes("POST", "/echo", std::to_string(i));
  std::thread sender{[&] { client.send(all); }};
  for (int i = 0; i < 1000; ++i) ASSERT_EQ(client.receive().body, std::to_string(i));
  sender.join();
}

TEST_F(ServerTest, BoundsRequestsInFlight) {
  limits_.max_in_flight = 1;
  start();
  test::Connection first{port()};
  first.send(request_bytes("POST", "/held", "a"));
  ASSERT_TRUE(held_->await(1));
  test::Connection second{port()};
  const Answer refused = second.request("POST", "/echo", "b");
  EXPECT_EQ(refused.status, 503);
  EXPECT_EQ(refused.fields.at("retry-after"), "1");
  held_->let_go("a");
  EXPECT_EQ(first.receive().body, "a");
  EXPECT_EQ(second.request("POST", "/echo", "b").status, 200);
}

TEST_F(ServerTest, BoundsConnections) {
  limits_.max_connections = 1;
  start();
  auto first = std::make_unique<test::Connection>(port());
  EXPECT_EQ(first->request("POST", "/echo", "a").status, 200);
  {
    test::Connection second{port()};
    EXPECT_EQ(second.receive().status, 503);
    second.finish_sending();
    EXPECT_EQ(second.receive_all(), "");
  }
  EXPECT_EQ(first->request("POST", "/echo", "a").status, 200);
  first.reset();
  await([&] { return server_->traffic().connections() == 0; });
  test::Connection third{port()};
  EXPECT_EQ(third.request("POST", "/echo", "a").status, 200);
}

TEST_F(ServerTest, ARequestThatTricklesInIsTimedOut) {
  limits_.request_timeout = milliseconds{100};
  start();
  test::Connection client{port()};
  client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Le");
  const Answer answer = client.receive();
  EXPECT_EQ(answer.status, 408);
  EXPECT_EQ(answer.fields.at("connection"), "close");
  EXPECT_EQ(client.receive_all(), "");
}

TEST_F(ServerTest, AnIdleConnectionIsClosed) {
  limits_.idle_timeout = milliseconds{50};
  start();
  test::Connection client{port()};
  EXPECT_EQ(client.request("POST", "/echo", "a").status, 200);
  EXPECT_EQ(client.receive_all(), "");
}

TEST_F(ServerTest, AnAnswerThatDoesNotComeInTimeIsUnknown) {
  limits_.answer_timeout = milliseconds{50};
  start();
  test::Connection client{port()};
  client.send(request_bytes("POST", "/held", "a"));
  EXPECT_EQ(client.receive().status, 504);
  EXPECT_EQ(client.request("POST", "/echo", "b").body, "b");
  held_->let_go("a");  // too late: dropped
  EXPECT_EQ(client.request("POST", "/echo", "c").body, "c");
  EXPECT_EQ(server_->traffic().in_flight(), 0U);
}

TEST_F(ServerTest, AClientThatGoesIsNoProblem) {
  start();
  {
    test::Connection client{port()};
    client.send(request_bytes("POST", "/held", "a"));
    ASSERT_TRUE(held_->await(1));
  }
  held_->let_go("a");
  test::Connection other{port()};
  EXPECT_EQ(other.request("POST", "/echo", "b").body, "b");
  await([&] { return server_->traffic().in_flight() == 0 && server_->traffic().connections() == 1; });
}

TEST_F(ServerTest, AHalfClosedClientGetsItsAnswers) {
  start();
  test::Connection client{port()};
  client.send(request_bytes("POST", "/held", "a") + request_bytes("POST", "/echo", "b"));
  client.finish_sending();
  ASSERT_TRUE(held_->await(1));
  held_->let_go("a");
  EXPECT_EQ(client.receive().body, "a");
  EXPECT_EQ(client.receive().body, "b");
  EXPECT_EQ(client.receive_all(), "");
}

TEST_F(ServerTest, AMalformedRequestIsAnsweredAndEndsTheConnection) {
  start();
  test::Connection client{port()};
  client.send(request_bytes("POST", "/echo", "a") + "nonsense\r\n\r\n" + request_bytes("POST", "/echo", "b"));
  EXPECT_EQ(client.receive().body, "a");
  EXPECT_EQ(client.receive().status, 400);
  client.finish_sending();
  EXPECT_EQ(client.receive_all(), "");
}

TEST_F(ServerTest, TheAnswerToALargeBodyArrivesThoughTheBodyIsNotRead) {
  start();
  test::Connection client{port()};
  const std::string head = "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 5000000\r\n\r\n";
  client.send(head + std::string(1'000'000, 'x'));
  EXPECT_EQ(client.receive().status, 413);
}

TEST_F(ServerTest, SaysContinue) {
  start();
  test::Connection client{port()};
  client.send("POST /echo HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
  EXPECT_EQ(client.receive().status, 100);
  client.send("ok");
  EXPECT_EQ(client.receive().body, "ok");
}

TEST_F(ServerTest, SpeaksHttp10) {
  start();
  test::Connection client{port()};
  client.send("GET /echo HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
  EXPECT_EQ(client.receive().fields.at("connection"), "keep-alive");
  client.send("GET /echo HTTP/1.0\r\n\r\n");
  EXPECT_EQ(client.receive().fields.at("connection"), "close");
  EXPECT_EQ(client.receive_all(), "");
}

TEST_F(ServerTest, AHeadHasNoBody) {
  start();
  test::Connection client{port()};
  EXPECT_EQ(client.request("HEAD", "/echo").status, 200);
  EXPECT_EQ(client.request("POST", "/echo", "b").body, "b");
}

TEST_F(ServerTest, DrainFinishesWhatIsInFlight) {
  start(1);  // so that `busy` is drained before `idle` is
  const std::uint16_t listening = port();
  test::Connection busy{port()};
  test::Connection idle{port()};
  EXPECT_EQ(idle.request("POST", "/echo", "x").status, 200);
  busy.send(request_bytes("POST", "/held", "a"));
  ASSERT_TRUE(held_->await(1));
  std::thread drainer{[&] { EXPECT_TRUE(server_->drain(seconds{30})); }};
  EXPECT_EQ(idle.receive_all(), "");
  held_->let_go("a");
  const Answer answer = busy.receive();
  EXPECT_EQ(answer.body, "a");
  EXPECT_EQ(answer.fields.at("connection"), "close");
  busy.finish_sending();
  drainer.join();
  EXPECT_THROW(test::Connection{listening}, std::runtime_error);
}

TEST_F(ServerTest, DrainsWhatConnectsAtTheLastMoment) {
  start(1);
  test::Connection first{port()};
  test::Connection second{port()};
  first.send(request_bytes("POST", "/busy", ""));
  first.finish_sending();
  busy_->await_begun(1);
  second.send(request_bytes("POST", "/busy", ""));
  second.finish_sending();
  test::Connection late{port()};
  busy_->await_begun(2);  // and the thread has been told of `late`
  EXPECT_TRUE(server_->drain(seconds{30}));
  EXPECT_EQ(first.receive().body, "done");
  EXPECT_EQ(second.receive().body, "done");
  EXPECT_EQ(late.receive_all(), "");
}

TEST_F(ServerTest, StopsThoughATickIsDue) {
  limits_.request_timeout = milliseconds{20};  // a quarter of it is a tick
  start(1);
  test::Connection busy{port()};
  busy.send(request_bytes("POST", "/busy", ""));
  busy_->await_begun(1);
  server_->stop();
}

TEST_F(ServerTest, StopsThoughAConnectionIsComing) {
  start(1);
  test::Connection first{port()};
  test::Connection second{port()};
  first.send(request_bytes("POST", "/busy", ""));
  busy_->await_begun(1);
  second.send(request_bytes("POST", "/busy", ""));
  test::Connection late{port()};
  busy_->await_begun(2);  // and the thread has been told of `late`
  server_->stop();
  EXPECT_EQ(late.receive_all(), "");
}

TEST_F(ServerTest, DrainGivesUpAtItsDeadline) {
  start();
  test::Connection client{port()};
  client.send(request_bytes("POST", "/held", "a"));
  ASSERT_TRUE(held_->await(1));
  EXPECT_FALSE(server_->drain(milliseconds{20}));
  held_->let_go("a");
  server_->stop();
}

}  // namespace
}  // namespace geomatch::net
