#include "load/schedule.hpp"

#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "support/seed.hpp"

namespace geomatch::load {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::duration;
using std::chrono::nanoseconds;

TEST(ScheduleTest, EvenOnesDontDrift) {
  const auto start = Clock::time_point{std::chrono::hours{1}};
  Schedule schedule{start, 30'000, Arrivals::even, 1};  // an interval that no number of nanoseconds is
  EXPECT_EQ(schedule.due(), start);
  for (int i = 0; i < 3'000'000; ++i) schedule.advance();
  const nanoseconds off = schedule.due() - start - std::chrono::seconds{100};
  EXPECT_LE(std::abs(off.count()), 1);
}

TEST(ScheduleTest, EvenOnesAreAnIntervalApart) {
  Schedule schedule{{}, 1000, Arrivals::even, 1};
  for (int i = 0; i < 10'000; ++i) {
    const auto before = schedule.due();
    schedule.advance();
    EXPECT_NEAR(static_cast<double>((schedule.due() - before).count()), 1e6, 1);
  }
}

// Intervals of a Poisson process have a mean and a standard deviation of 1/rate; with so many of them either
// is off by a fiftieth once in billions of seeds.
TEST(ScheduleTest, PoissonArrivalsScatterAsTheyShould) {
  const std::uint64_t seed = test::seed();
  constexpr int count = 200'000;
  constexpr double mean_s = 1e-3;
  Schedule schedule{{}, 1 / mean_s, Arrivals::poisson, seed};
  double sum = 0;
  double squares = 0;
  for (int i = 0; i < count; ++i) {
    const auto before = schedule.due();
    schedule.advance();
    const double interval = duration<double>(schedule.due() - before).count() / mean_s;
    ASSERT_GE(interval, 0);
    sum += interval;
    squares += interval * interval;
  }
  const double mean = sum / count;
  EXPECT_NEAR(mean, 1, 0.02);
  EXPECT_NEAR(std::sqrt(squares / count - mean * mean), 1, 0.02);
}

TEST(ScheduleTest, TheSameSeedGivesTheSameArrivals) {
  Schedule one{{}, 1000, Arrivals::poisson, 7};
  Schedule other{{}, 1000, Arrivals::poisson, 7};
  Schedule different{{}, 1000, Arrivals::poisson, 8};
  bool differs = false;
  for (int i = 0; i < 100; ++i) {
    one.advance();
    other.advance();
    different.advance();
    EXPECT_EQ(one.due(), other.due());
    differs = differs || one.due() != different.due();
  }
  EXPECT_TRUE(differs);
}

}  // namespace
}  // namespace geomatch::load
