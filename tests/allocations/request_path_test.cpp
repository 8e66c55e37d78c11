// What a request costs the I/O thread in allocations, once the server has warmed up: nothing. Not under
// sanitizers, which have an allocator of their own.
#include <algorithm>
#include <iostream>
#include <limits>
#include <memory>
#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <geomatch/http/phone_routes.hpp>
#include <geomatch/http/readiness.hpp>
#include <geomatch/http/router.hpp>
#include <geomatch/http/services.hpp>
#include <geomatch/match/grid.hpp>
#include <geomatch/model/system_clock.hpp>
#include <geomatch/net/server.hpp>
#include <geomatch/observe/metrics.hpp>
#include <geomatch/publish/log.hpp>
#include <geomatch/publish/null_publisher.hpp>
#include <geomatch/publish/resend_window.hpp>
#include <geomatch/publish/sqlite_journal.hpp>

#include "bench/support/allocations.hpp"
#include "support/connection.hpp"
#include "support/temporary_folder.hpp"

namespace geomatch {
namespace {

using std::chrono::seconds;

// Says how often the thread that answers has allocated.
class CountAllocations final : public http::Handler {
  void handle(const http::Request& /*request*/, std::string_view /*argument*/, http::Responder respond,
              publish::CompletionQueue& /*completions*/) override {
    respond({.body = std::to_string(bench::allocations())});
  }
};

class RequestPathTest : public testing::Test {
 protected:
  static constexpr int entities = 500;
  static constexpr int pipelined = 50;

  void serve(std::unique_ptr<publish::ResendWindow> resends, std::unique_ptr<publish::Publisher> publisher) {
    log_ = std::make_unique<publish::Log>(std::move(resends), std::move(publisher), nullptr);
    services_ = std::make_unique<http::Services>(http::Services{
        .matcher = grid_, .log = *log_, .clock = clock_, .readiness = readiness_, .limits = {}});
    http::add_phone_routes(router_, *services_);
    router_.add(boost::beast::http::verb::get, "/allocations", std::make_unique<CountAllocations>());
    readiness_.set(http::Readiness::State::ready);
    server_.listen({boost::asio::ip::make_address("127.0.0.1"), 0});
    server_.start();
    connection_ = std::make_unique<test::Connection>(server_.endpoint().port());
  }

  ~RequestPathTest() override {
    if (log_ == nullptr) return;
    server_.drain(seconds{5});
    log_->publisher().stop(seconds{5});
    server_.stop();
  }

  // Each entity in turn, at a new place; with something in every member that the path knows.
  [[nodiscard]] std::string body(int nth, bool with_uuid) const {
    const bool is_driver = nth % 2 == 0;
    const std::string uuid = with_uuid ? fmt::format(R"("uuid":"0b9c1a52-7d1e-4f4c-9a55-{:012}",)", nth) : "";
    return fmt::format(
        R"({{"id":"entity-with-a-long-name-{}",{}"lat":{:.7f},"lon":{:.7f},"role":"{}","seek":"{}",)"
        R"("accuracy":5,"speed":3.5,"heading":271.5,"altitude":4.25,"ttl_s":600,"limit":10}})",
        nth % entities, uuid, 31.2 + nth % 97 * 1e-4, 121.4 + nth % 89 * 1e-4, is_driver ? "driver" : "rider",
        is_driver ? "rider" : "driver");
  }

  void post(int count, bool with_uuid) {
    for (int sent = 0; sent < count; sent += pipelined) {
      std::string requests;
      for (int i = 0; i < pipelined; ++i) {
        requests += test::request_bytes("POST", "/match", body(next_++, with_uuid));
      }
      ASSERT_TRUE(connection_->send(requests));
      for (int i = 0; i < pipelined; ++i) {
        const test::Answer answer = connection_->receive();
        ASSERT_EQ(answer.status, 200) << answer.body;
        ASSERT_NE(answer.body.find("\"accepted\""), std::string::npos) << answer.body;
      }
    }
  }

  [[nodiscard]] long allocations() { return std::stol(connection_->request("GET", "/allocations").body); }

  // The allocations of 10,000 posts, without what asking for them takes: the fewest of some rounds, for what
  // is kept to be used again grows with the most that was ever under way at once.
  [[nodiscard]] long allocations_of_posts(bool with_uuid) {
    post(2'000, with_uuid);
    long fewest = std::numeric_limits<long>::max();
    for (int round = 0; round < 8 && fewest != 0; ++round) {
      const long before_asking = allocations();
      const long before = allocations();
      post(10'000, with_uuid);
      fewest = std::min(fewest, (allocations() - before) - (before - before_asking));
      std::cout << "round " << round << ": " << fewest << '\n';
    }
    return fewest;
  }

  test::TemporaryFolder folder_;
  match::Grid grid_{10'000};
  model::SystemClock clock_;
  http::Readiness readiness_;
  observe::Metrics metrics_;
  http::Router router_{metrics_};
  std::unique_ptr<publish::Log> log_;
  std::unique_ptr<http::Services> services_;
  // A short one makes for ticks in every round, which mustn't allocate either.
  net::Limits limits_{.write_timeout = std::chrono::milliseconds{400}};
  net::Server server_{1, limits_, router_};
  std::unique_ptr<test::Connection> connection_;
  int next_ = 0;
};

// Few are remembered, so that as many are forgotten as come.
std::unique_ptr<publish::ResendWindow> short_memory() {
  return std::make_unique<publish::ResendWindow>(seconds{900}, 64 * 16);
}

TEST_F(RequestPathTest, WithoutALogAPostAllocatesNothing) {
  auto resends = short_memory();
  auto publisher = std::make_unique<publish::NullPublisher>(*resends);
  serve(std::move(resends), std::move(publisher));
  EXPECT_EQ(allocations_of_posts(/*with_uuid=*/false), 0);
  EXPECT_EQ(allocations_of_posts(/*with_uuid=*/true), 0);
}

TEST_F(RequestPathTest, WithAJournalAPostAllocatesNothingOnItsIoThread) {
  auto resends = short_memory();
  auto publisher = std::make_unique<publish::SqliteJournal>(
      publish::JournalSettings{.file = folder_ / "journal.db"}, *resends);
  serve(std::move(resends), std::move(publisher));
  EXPECT_EQ(allocations_of_posts(/*with_uuid=*/false), 0);
  EXPECT_EQ(allocations_of_posts(/*with_uuid=*/true), 0);
}

}  // namespace
}  // namespace geomatch
