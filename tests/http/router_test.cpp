#include <gtest/gtest.h>

#include <geomatch/http/router.hpp>
#include <geomatch/observe/metrics.hpp>
#include <geomatch/publish/completion_queue.hpp>

#include "recording_sink.hpp"
#include "support/scrape.hpp"

namespace geomatch::http {
namespace {

using boost::beast::http::status;
using boost::beast::http::verb;

// Answers with its name and argument.
class Echo final : public Handler {
 public:
  explicit Echo(std::string name) : name_(std::move(name)) {}
  void handle(const Request& /*request*/, std::string_view argument, Responder respond,
              publish::CompletionQueue& /*completions*/) override {
    respond({.body = name_ + ":" + std::string{argument}});
  }

 private:
  std::string name_;
};

class RouterTest : public testing::Test {
 protected:
  RouterTest() {
    router_.add(verb::post, "/match", std::make_unique<Echo>("match"));
    router_.add(verb::get, "/entities/{}", std::make_unique<Echo>("get"));
    router_.add(verb::delete_, "/entities/{}", std::make_unique<Echo>("delete"));
  }

  Reply ask(verb method, std::string_view target) {
    const auto sink = std::make_shared<RecordingSink>();
    router_.handle({.method = method, .target = target}, {sink, 0, Responder::Clock::now()}, completions_);
    return sink->replies.at(0);
  }

  observe::Metrics metrics_;
  Router router_{metrics_};
  publish::CompletionQueue completions_{[] {}};
};

TEST_F(RouterTest, FindsTheHandler) {
  EXPECT_EQ(ask(verb::post, "/match").body, "match:");
  EXPECT_EQ(ask(verb::post, "/match?x=1").body, "match:");
  EXPECT_EQ(ask(verb::get, "/entities/a%20b?x").body, "get:a%20b");
  EXPECT_EQ(ask(verb::delete_, "/entities/a").body, "delete:a");
}

TEST_F(RouterTest, AGetAnswersHeadToo) {
  EXPECT_EQ(ask(verb::head, "/entities/a").body, "get:a");
}

TEST_F(RouterTest, NothingElseIsThere) {
  for (const char* target :
       {"/", "/matc", "/match/", "/matchx", "/entities", "/entities/", "/entities/a/b", "*", ""}) {
    EXPECT_EQ(ask(verb::get, target).status, status::not_found) << target;
  }
}

TEST_F(RouterTest, AWrongMethodIsToldTheRightOnes) {
  const Reply reply = ask(verb::put, "/entities/a");
  EXPECT_EQ(reply.status, status::method_not_allowed);
  EXPECT_EQ(reply.allow, "GET, HEAD, DELETE");
  EXPECT_EQ(ask(verb::get, "/match").allow, "POST");
}

TEST_F(RouterTest, AnUnknownMethodIsNotImplemented) {
  EXPECT_EQ(ask(verb::unknown, "/match").status, status::not_implemented);
}

TEST_F(RouterTest, CountsByRoute) {
  ask(verb::post, "/match");
  ask(verb::get, "/nothing");
  const test::Scrape metrics{metrics_.text()};
  EXPECT_EQ(metrics.at(R"(geomatch_http_requests_total{route="POST /match",status="200"})"), 1);
  EXPECT_EQ(metrics.at(R"(geomatch_http_requests_total{route="none",status="404"})"), 1);
}

TEST_F(RouterTest, RoutersOfBothSidesCountInTheSameSeries) {
  Router other{metrics_};
  other.add(verb::post, "/match", std::make_unique<Echo>("other"));
  other.refuse({std::make_shared<RecordingSink>(), 0, Responder::Clock::now()},
               {.status = status::not_found});
  ask(verb::get, "/nothing");
  const test::Scrape metrics{metrics_.text()};
  EXPECT_EQ(metrics.at(R"(geomatch_http_requests_total{route="none",status="404"})"), 2);
}

}  // namespace
}  // namespace geomatch::http
