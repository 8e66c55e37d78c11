#include <gtest/gtest.h>

#include <geomatch/publish/log.hpp>
#include <geomatch/publish/null_publisher.hpp>

#include "recorded_publication.hpp"

namespace geomatch::publish {
namespace {

class LogTest : public testing::Test {
 protected:
  LogTest() {
    auto resends = std::make_unique<ResendWindow>(std::chrono::minutes{15}, 1000);
    auto publisher = std::make_unique<NullPublisher>(*resends);
    log_ = std::make_unique<Log>(std::move(resends), std::move(publisher), nullptr);
  }

  PublicationRecorder recorder_;
  std::unique_ptr<Log> log_;
};

TEST_F(LogTest, CompletesWhatItPublishesOnlyThroughTheHomeQueue) {
  RecordedPublication a{recorder_, {.key = "a"}};
  EXPECT_EQ(log_->submit(a), Submission::enqueued);
  EXPECT_EQ(a.times_completed(), 0);
  ASSERT_TRUE(recorder_.await_completed(1));
  EXPECT_EQ(a.outcome(), Outcome::published);
}

TEST_F(LogTest, AResendIsNotPublishedAgain) {
  RecordedPublication first{recorder_, {.key = "a"}, "1"}, again{recorder_, {.key = "a"}, "1"};
  EXPECT_EQ(log_->submit(first), Submission::enqueued);
  EXPECT_EQ(log_->submit(again), Submission::duplicate);
  ASSERT_TRUE(recorder_.await_completed(2));
  EXPECT_EQ(again.outcome(), Outcome::duplicate);
  EXPECT_EQ(recorder_.published().size(), 1U);
}

TEST_F(LogTest, AResendOfWhatStayedUnknownStaysUnknown) {
  RecordedPublication first{recorder_, {.key = "a"}, "1"}, again{recorder_, {.key = "a"}, "1"};
  ASSERT_EQ(log_->resends().admit(first), ResendWindow::Admission::fresh);
  EXPECT_EQ(log_->resends().settle(first, Outcome::unknown), nullptr);
  EXPECT_EQ(log_->submit(again), Submission::doubtful);
  EXPECT_EQ(again.times_completed(), 0);
  ASSERT_TRUE(recorder_.await_completed(1));
  EXPECT_EQ(again.outcome(), Outcome::unknown);
  EXPECT_TRUE(recorder_.published().empty());
}

TEST_F(LogTest, WhatIsRefusedIsCompletedTooAndMayBeSentAgain) {
  log_->publisher().stop(std::chrono::milliseconds{0});
  for (int attempt = 0; attempt < 2; ++attempt) {
    RecordedPublication post{recorder_, {.key = "a"}, "1"};
    EXPECT_EQ(log_->submit(post), Submission::refused);
    ASSERT_TRUE(recorder_.await_completed(static_cast<std::size_t>(attempt) + 1));
    EXPECT_EQ(post.outcome(), Outcome::not_published);
  }
}

}  // namespace
}  // namespace geomatch::publish
