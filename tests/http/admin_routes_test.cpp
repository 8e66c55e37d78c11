#include <gtest/gtest.h>

#include <geomatch/http/admin_routes.hpp>
#include <geomatch/http/readiness.hpp>
#include <geomatch/observe/metrics.hpp>
#include <geomatch/publish/completion_queue.hpp>
#include <geomatch/publish/publisher.hpp>

#include "recording_sink.hpp"
#include "support/scrape.hpp"

namespace geomatch::http {
namespace {

using boost::beast::http::status;
using boost::beast::http::verb;

class FakePublisher final : public publish::Publisher {
 public:
  [[nodiscard]] bool publish(publish::Publication& /*publication*/) noexcept override { return false; }
  [[nodiscard]] std::string unavailable_reason() const override { return reason; }
  [[nodiscard]] std::size_t pending() const noexcept override { return 0; }
  void stop(std::chrono::milliseconds /*deadline*/) noexcept override {}

  std::string reason;
};

class AdminRoutesTest : public testing::Test {
 protected:
  AdminRoutesTest() { add_admin_routes(router_, metrics_, readiness_, publisher_); }

  Reply get(std::string_view target) {
    const auto sink = std::make_shared<RecordingSink>();
    router_.handle({.method = verb::get, .target = target}, {sink, 0, Responder::Clock::now()}, completions_);
    return sink->replies.at(0);
  }

  observe::Metrics metrics_;
  Readiness readiness_;
  FakePublisher publisher_;
  Router router_{metrics_};
  publish::CompletionQueue completions_{[] {}};
};

TEST_F(AdminRoutesTest, LivezIsAlwaysWell) {
  EXPECT_EQ(get("/livez").status, status::ok);
}

TEST_F(AdminRoutesTest, ReadyzSaysWhyNot) {
  EXPECT_EQ(get("/readyz").status, status::service_unavailable);
  EXPECT_NE(get("/readyz").body.find("recovered"), std::string::npos);
  readiness_.explain_with([] { return "3 of 7 records read"; });
  EXPECT_NE(get("/readyz").body.find("3 of 7 records read"), std::string::npos);
  readiness_.set(Readiness::State::ready);
  EXPECT_EQ(get("/readyz").status, status::ok);
  publisher_.reason = "no broker answers";
  EXPECT_EQ(get("/readyz").status, status::service_unavailable);
  EXPECT_NE(get("/readyz").body.find("no broker answers"), std::string::npos);
  publisher_.reason = "";
  readiness_.set(Readiness::State::stopping);
  EXPECT_EQ(get("/readyz").status, status::service_unavailable);
}

TEST_F(AdminRoutesTest, MetricsAreThere) {
  const Reply reply = get("/metrics");
  EXPECT_EQ(reply.content_type, "text/plain; version=0.0.4; charset=utf-8");
  EXPECT_EQ(
      test::Scrape{reply.body}.at(R"(geomatch_http_request_duration_seconds_count{route="GET /metrics"})"),
      0);
}

}  // namespace
}  // namespace geomatch::http
