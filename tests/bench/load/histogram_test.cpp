#include "load/histogram.hpp"

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

#include <gtest/gtest.h>

#include "support/scale.hpp"
#include "support/seed.hpp"

namespace geomatch::load {
namespace {

using std::chrono::nanoseconds;

// The oracle: the smallest of them that at least `part` of them don't exceed.
nanoseconds sorted_percentile(const std::vector<std::int64_t>& sorted_ns, double part) {
  const double rank = std::ceil(part * static_cast<double>(sorted_ns.size()));
  return nanoseconds{sorted_ns[static_cast<std::size_t>(std::max(rank, 1.0)) - 1]};
}

void expect_close(nanoseconds found, nanoseconds exact, double part) {
  EXPECT_GE(found, exact) << part;
  EXPECT_LE(static_cast<double>(found.count()), static_cast<double>(exact.count()) * (1 + 1.0 / 1024))
      << part;
}

// From nanoseconds to an hour, each order of magnitude alike.
std::vector<std::int64_t> random_durations_ns(std::mt19937_64& random, std::size_t count) {
  std::uniform_real_distribution<double> exponent{0, 12.5};
  std::vector<std::int64_t> durations(count);
  for (std::int64_t& ns : durations) ns = static_cast<std::int64_t>(std::pow(10.0, exponent(random)));
  return durations;
}

TEST(HistogramTest, PercentilesAreThoseOfSortingToThreeDigits) {
  std::mt19937_64 random{test::seed()};
  std::uniform_real_distribution<double> any_part{0, 1};
  for (const std::size_t count : {std::size_t{1}, std::size_t{7}, std::size_t{1000}, test::scaled(200'000)}) {
    std::vector<std::int64_t> durations = random_durations_ns(random, count);
    Histogram histogram;
    for (const std::int64_t ns : durations) histogram.add(nanoseconds{ns});
    std::ranges::sort(durations);
    EXPECT_EQ(histogram.count(), count);
    EXPECT_EQ(histogram.max().count(), durations.back());
    std::vector<double> parts{0, 0.5, 0.9, 0.95, 0.99, 0.999, 1};
    for (int i = 0; i < 50; ++i) parts.push_back(any_part(random));
    for (const double part : parts) {
      expect_close(histogram.percentile(part), sorted_percentile(durations, part), part);
    }
  }
}

TEST(HistogramTest, IsExactBelowTwoMicrosecondsAndAtEachPowerOfTwoAfterwards) {
  for (std::int64_t ns = 0; ns < 2048; ++ns) {
    Histogram histogram;
    histogram.add(nanoseconds{ns});
    histogram.add(Histogram::longest);
    EXPECT_EQ(histogram.percentile(0.5).count(), ns);
  }
  for (int power = 11; power < 42; ++power) {
    for (const std::int64_t off : {-1, 0, 1}) {
      const nanoseconds added{(std::int64_t{1} << power) + off};
      Histogram histogram;
      histogram.add(added);
      histogram.add(Histogram::longest);
      expect_close(histogram.percentile(0.5), added, 0.5);
    }
  }
}

TEST(HistogramTest, KeepsWhatIsOutsideItsRange) {
  Histogram histogram;
  EXPECT_EQ(histogram.percentile(0.5).count(), 0) << "nothing was counted";
  histogram.add(nanoseconds{-5});
  EXPECT_EQ(histogram.percentile(1).count(), 0);
  histogram.add(std::chrono::hours{100});
  EXPECT_EQ(histogram.max(), Histogram::longest);
  EXPECT_EQ(histogram.percentile(1), Histogram::longest);
  EXPECT_GT(Histogram::longest, std::chrono::hours{1});
  EXPECT_EQ(histogram.count(), 2U);
}

}  // namespace
}  // namespace geomatch::load
