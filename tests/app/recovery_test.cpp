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
  static constexpr model::Milliseconds delete_memory = 20s;
  match::Grid map_{1'000, delete_memory};
  LogView view_{map_, resends_};
  RememberedLog log_;
};

TEST_F(RecoveryTest, GivesTheMapThatOneThreadWouldMake) {
  match::BruteForce oracle{1'000, delete_memory};
  publish::ResendWindow others{15min, 1'000'000};
  LogView in_order{oracle, others};
  for (int i = 0; i < static_cast<int>(test::scaled(40'000)); ++i) {
    log_.records.push_back(random_record(i));
    in_order.apply(log_.records.back());
  }
  const model::TimePoint now = beginning + 40s;
  oracle.expire(now);
  ASSERT_TRUE(recover(log_, view_, map_, beginning, now));
  EXPECT_EQ(view_.applied(), log_.records.size());
  EXPECT_EQ(view_.not_understood(), in_order.not_understood());
  EXPECT_EQ(map_.size(), oracle.size());
  EXPECT_EQ(map_.deletion_marks(), oracle.deletion_marks());
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

TEST_F(RecoveryTest, ATombstoneCountsFromItsOwnTime) {
  const auto fix_of = [](model::TimePoint measured, model::TimePoint received) {
    codec::Post post;
    post.fix.id = "a";
    post.fix.timestamp = measured;
    post.fix.received_at = received;
    return post;
  };
  log_.records.push_back({.key = "a", .value = std::nullopt, .received_at = beginning});
  log_.records.push_back(
      {.key = "a",
       .value = test::appended(codec::append_record, fix_of(beginning - 1s, beginning + 1s)),
       .received_at = beginning + 1s});
  ASSERT_TRUE(recover(log_, view_, map_, beginning, beginning + 2s));
  EXPECT_FALSE(map_.find("a", beginning + 2s));
  EXPECT_EQ(map_.deletion_marks(), 1U);
  EXPECT_TRUE(map_.is_stale(fix_of(beginning - 1s, beginning + 2s).fix));
  EXPECT_FALSE(map_.is_stale(fix_of(beginning, beginning + 2s).fix));
}

// A sentinel of another instance's, or what others write to the topic.
TEST_F(RecoveryTest, ATombstoneWhoseKeyIsNoIdLeavesNothing) {
  for (const std::string& key : {std::string{}, std::string(129, 'a'), std::string(1 << 20, 'a'),
                                 std::string{"a\0b", 3}, std::string{"\xff"}}) {
    view_.apply({.key = key, .value = std::nullopt, .received_at = beginning});
  }
  EXPECT_EQ(map_.size(), 0U);
  EXPECT_EQ(view_.not_understood(), 5U);
}

// A day of entities that came and went, deleted or not, is more than the map has room for at once.
TEST_F(RecoveryTest, WhatHasExpiredByNowGivesItsRoom) {
  const auto add = [this](const std::string& id, model::TimePoint at) {
    codec::Post post;
    post.fix.id = id;
    post.fix.received_at = post.fix.timestamp = at;
    log_.records.push_back(
        {.key = id, .value = test::appended(codec::append_record, post), .received_at = at});
  };
  for (int i = 0; i < 20'000; ++i) {
    const std::string id = "gone-" + std::to_string(i);
    const model::TimePoint at = beginning + i * 1ms;
    if (i % 3 != 0) add(id, at);
    if (i % 2 == 0) log_.records.push_back({.key = id, .value = std::nullopt, .received_at = at});
    if (i % 25 == 0) add("here-" + std::to_string(i), beginning + 1h);
  }
  ASSERT_TRUE(recover(log_, view_, map_, beginning, beginning + 1h));
  EXPECT_EQ(view_.without_room(), 0U);
  EXPECT_EQ(map_.size(), 800U);
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
  log_.records = {{.key = "d", .value = std::nullopt, .received_at = beginning}};
  const auto before = view.without_room();
  ASSERT_TRUE(recover(log_, view, small, beginning, beginning));
  EXPECT_EQ(view.without_room(), before + 1);
  EXPECT_EQ(small.size(), 1U);
}

}  // namespace
}  // namespace geomatch::app
