#include <gtest/gtest.h>

#include <geomatch/publish/resend_window.hpp>

#include "recorded_publication.hpp"

namespace geomatch::publish {
namespace {

using Admission = ResendWindow::Admission;
using std::chrono::minutes;
using std::chrono::seconds;

class ResendWindowTest : public testing::Test {
 protected:
  std::unique_ptr<RecordedPublication> post(std::string id, std::string uuid, seconds at = seconds{0}) {
    return std::make_unique<RecordedPublication>(
        recorder_, Record{.key = std::move(id), .value = "{}", .received_at = model::TimePoint{at}},
        std::move(uuid));
  }

  // Admits a post and has the log take it.
  void log(std::string id, std::string uuid, seconds at = seconds{0}) {
    const auto publication = post(std::move(id), std::move(uuid), at);
    ASSERT_EQ(window_.admit(*publication), Admission::fresh);
    ASSERT_EQ(window_.settle(*publication, Outcome::published), nullptr);
  }

  Admission admitted(std::string id, std::string uuid, seconds at = seconds{0}) {
    const auto publication = post(std::move(id), std::move(uuid), at);
    const Admission admission = window_.admit(*publication);
    if (admission == Admission::fresh)
      static_cast<void>(window_.settle(*publication, Outcome::not_published));
    return admission;
  }

  PublicationRecorder recorder_;
  ResendWindow window_{minutes{15}, 64 * 4};
};

TEST_F(ResendWindowTest, WhatTheLogHasIsADuplicate) {
  log("a", "1");
  EXPECT_EQ(admitted("a", "1"), Admission::duplicate);
}

TEST_F(ResendWindowTest, BothIdAndUuidCount) {
  log("a", "1");
  EXPECT_EQ(admitted("a", "2"), Admission::fresh);
  EXPECT_EQ(admitted("b", "1"), Admission::fresh);
  log("ab", "c");
  EXPECT_EQ(admitted("a", "bc"), Admission::fresh);
}

TEST_F(ResendWindowTest, WithoutAUuidAllIsFresh) {
  log("a", "");
  EXPECT_EQ(admitted("a", ""), Admission::fresh);
}

TEST_F(ResendWindowTest, AFailureIsForgotten) {
  EXPECT_EQ(admitted("a", "1"), Admission::fresh);
  EXPECT_EQ(admitted("a", "1"), Admission::fresh);
}

TEST_F(ResendWindowTest, OneInFlightTakesItsResendsAlong) {
  const auto first = post("a", "1");
  const auto second = post("a", "1");
  ASSERT_EQ(window_.admit(*first), Admission::fresh);
  ASSERT_EQ(window_.admit(*second), Admission::waiting);
  EXPECT_EQ(window_.settle(*first, Outcome::published), second.get());
  EXPECT_EQ(admitted("a", "1"), Admission::duplicate);
}

TEST_F(ResendWindowTest, WhatStayedUnknownIsDoubtfulUntilItIsResolved) {
  const auto first = post("a", "1");
  const auto second = post("a", "1");
  ASSERT_EQ(window_.admit(*first), Admission::fresh);
  ASSERT_EQ(window_.admit(*second), Admission::waiting);
  EXPECT_EQ(window_.settle(*first, Outcome::unknown), second.get());
  EXPECT_EQ(admitted("a", "1"), Admission::doubtful);
  EXPECT_EQ(admitted("a", "2"), Admission::fresh);
  window_.resolve("a", "2");
  EXPECT_EQ(admitted("a", "1"), Admission::doubtful);
  window_.resolve("a", "1");
  EXPECT_EQ(admitted("a", "1"), Admission::fresh);
}

TEST_F(ResendWindowTest, WhatStayedUnknownMayBeFound) {
  const auto first = post("a", "1");
  ASSERT_EQ(window_.admit(*first), Admission::fresh);
  EXPECT_EQ(window_.settle(*first, Outcome::unknown), nullptr);
  window_.remember("a", "1", model::TimePoint{seconds{0}});
  EXPECT_EQ(admitted("a", "1"), Admission::duplicate);
  window_.resolve("a", "1");
  EXPECT_EQ(admitted("a", "1"), Admission::duplicate);
}

TEST_F(ResendWindowTest, WhatIsFoundBeforeItsOutcomeComesIsInTheLogWhateverThatIs) {
  for (const Outcome outcome : {Outcome::published, Outcome::unknown, Outcome::not_published}) {
    const std::string uuid = std::to_string(static_cast<int>(outcome));
    const auto first = post("a", uuid);
    const auto second = post("a", uuid);
    ASSERT_EQ(window_.admit(*first), Admission::fresh);
    window_.remember("a", uuid, model::TimePoint{seconds{0}});
    ASSERT_EQ(window_.admit(*second), Admission::waiting);
    EXPECT_EQ(window_.settle(*first, outcome), second.get());
    EXPECT_EQ(admitted("a", uuid), Admission::duplicate);
  }
}

TEST_F(ResendWindowTest, ForgetsAfterTheWindow) {
  log("a", "1", seconds{0});
  EXPECT_EQ(admitted("a", "1", seconds{900}), Admission::duplicate);
  EXPECT_EQ(admitted("a", "1", seconds{901}), Admission::fresh);
}

TEST_F(ResendWindowTest, RemembersWhatARecoveryTells) {
  window_.remember("a", "1", model::TimePoint{seconds{0}});
  window_.remember("a", "1", model::TimePoint{seconds{0}});
  EXPECT_EQ(admitted("a", "1"), Admission::duplicate);
  EXPECT_EQ(admitted("a", "1", seconds{901}), Admission::fresh);
}

TEST_F(ResendWindowTest, IsBounded) {
  for (int i = 0; i < 10'000; ++i) log("a", std::to_string(i));
  int known = 0;
  for (int i = 0; i < 10'000; ++i) known += admitted("a", std::to_string(i)) == Admission::duplicate ? 1 : 0;
  EXPECT_LE(known, 64 * 4);
  EXPECT_GT(known, 64);
  EXPECT_EQ(admitted("a", "9999"), Admission::duplicate);  // the youngest is kept
}

}  // namespace
}  // namespace geomatch::publish
