#include <gtest/gtest.h>

#include <geomatch/publish/completion_queue.hpp>
#include <geomatch/publish/resend_window.hpp>
#include <geomatch/publish/settlement.hpp>

#include "recorded_publication.hpp"

namespace geomatch::publish {
namespace {

class SettlementTest : public testing::Test {
 protected:
  std::vector<std::string> completed() {
    std::vector<std::string> keys;
    for (const auto& [record, outcome] : recorder_.completed()) keys.push_back(record.key);
    return keys;
  }

  PublicationRecorder recorder_;
  ResendWindow resends_{std::chrono::minutes{15}, 1000};
};

TEST_F(SettlementTest, HandsOverNothingBeforeTheFlush) {
  RecordedPublication a{recorder_, {.key = "a"}};
  Settlement settlement{resends_};
  settlement.settle(a, Outcome::published);
  EXPECT_EQ(recorder_.published().size(), 1U);
  recorder_.home().drain();
  EXPECT_TRUE(recorder_.completed().empty());
  settlement.flush();
  ASSERT_TRUE(recorder_.await_completed(1));
}

TEST_F(SettlementTest, OnlyWhatTheLogHasIsApplied) {
  RecordedPublication a{recorder_, {.key = "a"}}, b{recorder_, {.key = "b"}}, c{recorder_, {.key = "c"}};
  {
    Settlement settlement{resends_};
    settlement.settle(a, Outcome::not_published);
    settlement.settle(b, Outcome::unknown);
    settlement.settle(c, Outcome::published);
  }
  ASSERT_TRUE(recorder_.await_completed(3));
  EXPECT_EQ(completed(), (std::vector<std::string>{"a", "b", "c"}));
  ASSERT_EQ(recorder_.published().size(), 1U);
  EXPECT_EQ(recorder_.published()[0].key, "c");
}

TEST_F(SettlementTest, WhatAReaderHasAppliedIsPublishedAndNotAppliedAgain) {
  RecordedPublication a{recorder_, {.key = "a"}};
  {
    Settlement settlement{resends_};
    settlement.settle_applied(a);
  }
  ASSERT_TRUE(recorder_.await_completed(1));
  EXPECT_EQ(a.outcome(), Outcome::published);
  EXPECT_TRUE(recorder_.published().empty());
}

TEST_F(SettlementTest, WakesEachThreadOnceABatch) {
  int wakes[2] = {0, 0};
  CompletionQueue first{[&] { ++wakes[0]; }};
  CompletionQueue second{[&] { ++wakes[1]; }};
  struct Silent final : Publication {
    using Publication::Publication;
    void on_published() noexcept override {}
    void complete() noexcept override {}
  };
  Silent a{first}, b{second}, c{first}, d{second};
  {
    Settlement settlement{resends_};
    for (Publication* publication : std::initializer_list<Publication*>{&a, &b, &c, &d}) {
      settlement.settle(*publication, Outcome::published);
    }
  }
  EXPECT_EQ(wakes[0], 1);
  EXPECT_EQ(wakes[1], 1);
}

TEST_F(SettlementTest, ResendsShareTheOutcomeAsDuplicates) {
  RecordedPublication first{recorder_, {.key = "a"}, "1"}, again{recorder_, {.key = "a"}, "1"};
  ASSERT_EQ(resends_.admit(first), ResendWindow::Admission::fresh);
  ASSERT_EQ(resends_.admit(again), ResendWindow::Admission::waiting);
  {
    Settlement settlement{resends_};
    settlement.settle(first, Outcome::published);
  }
  ASSERT_TRUE(recorder_.await_completed(2));
  EXPECT_EQ(first.outcome(), Outcome::published);
  EXPECT_EQ(again.outcome(), Outcome::duplicate);
  EXPECT_EQ(again.times_published(), 0);
}

TEST_F(SettlementTest, ResendsShareAFailure) {
  RecordedPublication first{recorder_, {.key = "a"}, "1"}, again{recorder_, {.key = "a"}, "1"};
  ASSERT_EQ(resends_.admit(first), ResendWindow::Admission::fresh);
  ASSERT_EQ(resends_.admit(again), ResendWindow::Admission::waiting);
  {
    Settlement settlement{resends_};
    settlement.settle(first, Outcome::unknown);
  }
  ASSERT_TRUE(recorder_.await_completed(2));
  EXPECT_EQ(again.outcome(), Outcome::unknown);
}

}  // namespace
}  // namespace geomatch::publish
