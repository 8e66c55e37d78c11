#include <algorithm>
#include <deque>
#include <map>
#include <random>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include <geomatch/publish/completion_queue.hpp>
#include <geomatch/publish/kafka_merge.hpp>
#include <geomatch/publish/publication.hpp>
#include <geomatch/publish/resend_window.hpp>
#include <geomatch/publish/settlement.hpp>

#include "support/scale.hpp"
#include "support/seed.hpp"

namespace geomatch::publish {
namespace {

using namespace std::chrono_literals;

// The simplest view of a log that minds its order as the map does: of each key the record with the latest
// time, of equal ones the last; none after a tombstone but those from its time on.
class View {
 public:
  void apply(const Record& record) {
    model::TimePoint& deleted_at = deleted_at_[record.key];
    if (!record.value) {
      records_.erase(record.key);
      deleted_at = std::max(deleted_at, record.received_at);
      return;
    }
    if (record.received_at < deleted_at) return;
    const auto [known, fresh] = records_.try_emplace(record.key, record);
    if (!fresh && record.received_at >= known->second.received_at) known->second = record;
  }

  friend bool operator==(const View&, const View&) = default;

 private:
  std::map<std::string, Record> records_;
  std::map<std::string, model::TimePoint> deleted_at_;
};

// An own record: takes effect on a view as a request's does on the map.
class OwnRecord final : public Publication {
 public:
  OwnRecord(CompletionQueue& home, View& view, const Record& what) : Publication(home), view_(view) {
    record = what;
  }
  bool found_applied = false;

 private:
  void on_published() noexcept override { view_.apply(record); }
  void on_applied() noexcept override { found_applied = true; }
  void complete() noexcept override {}

  View& view_;
};

struct Logged {
  Record record;
  bool own;
  bool reported = false;
};

class KafkaMergeTest : public testing::Test {
 protected:
  Logged random_record() {
    Logged made{.record = {.key = std::string(1, static_cast<char>('a' + number(0, 3))),
                           .value = std::to_string(serial_++),
                           .received_at = model::TimePoint{number(0, 9) * 1s}},
                .own = number(0, 1) == 0};
    if (number(0, 4) == 0) made.record.value.reset();
    return made;
  }

  int number(int least, int most) { return std::uniform_int_distribution{least, most}(random_); }

  void report(std::size_t offset) {
    log_[offset].reported = true;
    OwnRecord& own = own_.emplace_back(home_, view_, log_[offset].record);
    Settlement settlement{resends_};
    merge_.settle(settlement, own, partition, static_cast<std::int64_t>(offset));
    EXPECT_EQ(own.found_applied, offset < read_);
  }

  void read_next() {
    const auto offset = static_cast<std::int64_t>(read_);
    if (!merge_.pass_over(partition, offset)) {
      merge_.read(log_[read_].record, partition, offset,
                  [this](const Record& record) { view_.apply(record); });
    }
    ++read_;
    EXPECT_EQ(merge_.next_read(partition), offset + 1);
  }

  // What the records that were read and those that were reported make in the topic's order.
  [[nodiscard]] View expected() const {
    View made;
    for (std::size_t i = 0; i < log_.size(); ++i) {
      if (i < read_ || log_[i].reported) made.apply(log_[i].record);
    }
    return made;
  }

  static constexpr std::int32_t partition = 2;

  const std::uint64_t seed_ = test::seed();
  std::mt19937_64 random_{seed_};
  int serial_ = 0;
  KafkaMerge merge_;
  ResendWindow resends_{60s, 10};
  CompletionQueue home_{[] {}};
  View view_;
  std::vector<Logged> log_;
  std::deque<OwnRecord> own_;
  std::size_t read_ = 0;
};

TEST_F(KafkaMergeTest, IsAtEachMomentWhatTheTopicsOrderMakesOfWhatIsKnown) {
  for (std::size_t round = 0; round < test::scaled(400); ++round) {
    log_.clear();
    read_ = 0;
    view_ = {};
    merge_.begin(partition, 0);
    for (int i = 0; i < 60; ++i) log_.push_back(random_record());
    std::size_t to_report = 0;
    while (read_ < log_.size() || to_report < log_.size()) {
      if (to_report == log_.size() || (read_ < log_.size() && number(0, 1) == 0)) {
        read_next();
      } else {
        if (log_[to_report].own) report(to_report);
        ++to_report;
      }
      ASSERT_EQ(view_, expected()) << "round " << round << ", read " << read_ << ", reported " << to_report;
    }
  }
}

TEST_F(KafkaMergeTest, WhatIsTooFarAheadIsRightOnceItIsRead) {
  for (std::size_t i = 0; i < KafkaMerge::max_ahead + 5'000; ++i) log_.push_back(random_record());
  for (Logged& logged : log_) logged.own = true;
  log_.front().own = false;
  for (std::size_t i = 1; i < log_.size(); ++i) report(i);
  while (read_ < log_.size()) read_next();
  EXPECT_EQ(view_, expected());
}

TEST_F(KafkaMergeTest, AfterARestartThePartitionIsReadAnew) {
  for (int i = 0; i < 10; ++i)
    log_.push_back({.record = {.key = "a", .value = std::to_string(i)}, .own = true});
  for (std::size_t i = 0; i < 10; ++i) report(i);
  merge_.begin(partition, 3);
  read_ = 3;
  int given = 0;
  while (read_ < log_.size()) {
    EXPECT_FALSE(merge_.pass_over(partition, static_cast<std::int64_t>(read_)));
    merge_.read(log_[read_].record, partition, static_cast<std::int64_t>(read_),
                [&](const Record&) { ++given; });
    ++read_;
  }
  EXPECT_EQ(given, 7);
}

TEST_F(KafkaMergeTest, WhatCompactionTookIsNoObstacle) {
  for (int i = 0; i < 3; ++i)
    log_.push_back({.record = {.key = "a", .value = std::to_string(i)}, .own = true});
  for (std::size_t i = 0; i < 3; ++i) report(i);
  EXPECT_TRUE(merge_.pass_over(partition, 1));  // the reader meets no record at 0
  EXPECT_TRUE(merge_.pass_over(partition, 2));
  EXPECT_FALSE(merge_.pass_over(partition, 3));
}

TEST_F(KafkaMergeTest, OneThreadReportsWhileAnotherReads) {
  for (std::size_t round = 0; round < test::scaled(40); ++round) {
    log_.clear();
    home_.drain();
    own_.clear();
    View view;
    merge_.begin(partition, 0);
    for (int i = 0; i < 2'000; ++i) log_.push_back(random_record());
    for (const Logged& logged : log_) {
      if (logged.own) own_.emplace_back(home_, view, logged.record);
    }
    std::jthread reporter{[&] {
      Settlement settlement{resends_};
      auto own = own_.begin();
      for (std::size_t i = 0; i < log_.size(); ++i) {
        if (log_[i].own) merge_.settle(settlement, *own++, partition, static_cast<std::int64_t>(i));
      }
    }};
    for (std::size_t i = 0; i < log_.size(); ++i) {
      const auto offset = static_cast<std::int64_t>(i);
      if (merge_.pass_over(partition, offset)) continue;
      merge_.read(log_[i].record, partition, offset, [&](const Record& record) { view.apply(record); });
    }
    reporter.join();
    View expected;
    for (const Logged& logged : log_) expected.apply(logged.record);
    ASSERT_EQ(view, expected) << "round " << round;
  }
}

}  // namespace
}  // namespace geomatch::publish
