#include "recovery.hpp"

#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include <geomatch/codec/record.hpp>
#include <geomatch/match/brute_force.hpp>
#include <geomatch/match/grid.hpp>
#include <geomatch/publish/completion_queue.hpp>
#include <geomatch/publish/log_reader.hpp>
#include <geomatch/publish/publication.hpp>
#include <geomatch/publish/resend_window.hpp>

#include "log_view.hpp"
#include "support/appended.hpp"
#include "support/scale.hpp"
#include "support/seed.hpp"

namespace geomatch::app {
namespace {

using namespace std::chrono_literals;

constexpr model::TimePoint beginning{1'700'000'000'000ms};

// A log that is read out of memory, with one record that is used again and again.
class RememberedLog final : public publish::LogReader {
 public:
  bool replay(model::TimePoint /*since*/, const Sink& sink) override {
    publish::Record reused;
    for (std::size_t i = 0; i < records.size(); ++i) {
      if (i == stop_at) return false;
      reused = records[i];
      sink(reused);
    }
    return true;
  }
  [[nodiscard]] std::string progress() const override { return {}; }
  void stop() noexcept override {}

  std::vector<publish::Record> records;
  std::size_t stop_at = static_cast<std::size_t>(-1);
};

class RecoveryTest : public testing::Test {
 protected:
  publish::Record random_record(int i) {
    const std::string id = "e" + std::to_string(random_() % 500);
    const model::TimePoint at = beginning + i * 1ms;
    if (random_() % 10 == 0) return {.key = id, .value = std::nullopt, .received_at = at};
    if (random_() % 50 == 0) return {.key = id, .value = "not ours", .received_at = at};
    codec::Post post;
    post.fix.id = id;
    post.fix.position = geo::Position::from_degrees(static_cast<double>(random_() % 180) - 90,
                                                    static_cast<double>(random_() % 360) - 180);
    post.fix.received_at = at;
    post.fix.timestamp = at - static_cast<int>(random_() % 100) * 1ms;
    post.fix.role = random_() % 2 == 0 ? "driver" : "a role that is longer than a short string";
    post.uuid = "uuid-" + std::to_string(i);
    return {.key = id, .value = test::appended(codec::append_record, post), .received_at = at};
  }

  bool knows(const std::string& id, const std::string& uuid) {
    struct Silent final : publish::Publication {
      using Publication::Publication;
      void on_published() noexcept override {}
      void complete() noexcept override {}
    };
    Silent resend{home_};
    resend.record = {.key = id, .value = "{}", .received_at = beginning};
    resend.uuid = uuid;
    return resends_.admit(resend) == publish::ResendWindow::Admission::duplicate;
  }

  std::mt19937_64 random_{test::seed()};
  publish::CompletionQueue home_{[] {}};
  publish::ResendWindow resends_{15min, 1'000'000};
  match::Grid map_{1'000};
  LogView view_{map_, resends_};
  RememberedLog log_;
};

TEST_F(RecoveryTest, GivesTheMapThatOneThreadWouldMake) {
  match::BruteForce oracle{1'000};
  publish::ResendWindow others{15min, 1'000'000};
  LogView in_order{oracle, others};
  for (int i = 0; i < static_cast<int>(test::scaled(40'000)); ++i) {
    log_.records.push_back(random_record(i));
    in_order.apply(log_.records.back());
  }
  const model::TimePoint now = beginning + 40s;
  ASSERT_TRUE(recover(log_, view_, map_, beginning, now));
  EXPECT_EQ(view_.applied(), log_.records.size());
  EXPECT_EQ(view_.not_understood(), in_order.not_understood());
  EXPECT_EQ(map_.size(), oracle.size());
  for (int i = 0; i < 500; ++i) {
    const std::string id = "e" + std::to_string(i);
    EXPECT_EQ(map_.find(id, now), oracle.find(id, now)) << id;
  }
}

TEST_F(RecoveryTest, RemembersResendsFromTheWindowOn) {
  codec::Post post;
  post.fix.id = "a";
  for (int i = 0; i < 10; ++i) {
    post.fix.received_at = post.fix.timestamp = beginning + i * 1s;
    post.uuid = std::to_string(i);
    log_.records.push_back({.key = "a",
                            .value = test::appended(codec::append_record, post),
                            .received_at = post.fix.received_at});
  }
  view_.remember_since(beginning + 5s);
  ASSERT_TRUE(recover(log_, view_, map_, beginning, beginning + 10s));
  for (int i = 5; i < 10; ++i) EXPECT_TRUE(knows("a", std::to_string(i))) << i;
}

TEST_F(RecoveryTest, IsNotDoneWhenItWasStopped) {
  for (int i = 0; i < 1'000; ++i) log_.records.push_back(random_record(i));
  log_.stop_at = 500;
  EXPECT_FALSE(recover(log_, view_, map_, beginning, beginning + 1s));
}

TEST_F(RecoveryTest, CountsWhatTheMapHasNoRoomFor) {
  match::Grid small{1};
  LogView view{small, resends_};
  for (const char* id : {"a", "b", "a", "c"}) {
    codec::Post post;
    post.fix.id = id;
    post.fix.received_at = post.fix.timestamp = beginning;
    log_.records.push_back(
        {.key = id, .value = test::appended(codec::append_record, post), .received_at = beginning});
  }
  ASSERT_TRUE(recover(log_, view, small, beginning, beginning));
  EXPECT_GE(view.without_room(), 1U);
  EXPECT_EQ(small.size(), 1U);
}

}  // namespace
}  // namespace geomatch::app
