// The grid against the oracle: the same random operations, the same answers bit for bit.
#include <random>

#include <gtest/gtest.h>

#include <geomatch/match/brute_force.hpp>
#include <geomatch/match/grid.hpp>

#include "fixes.hpp"
#include "support/seed.hpp"

namespace geomatch::match {
namespace {

struct Shape {
  const char* name;
  double lat, lon;  // the middle
  double span_deg;  // places lie within this of it
  int entities;
};

void PrintTo(const Shape& shape, std::ostream* out) {
  *out << shape.name;
}

class DifferentialTest : public testing::TestWithParam<Shape> {
 protected:
  double unit() { return std::uniform_real_distribution<double>{-1, 1}(random_); }
  template <typename T>
  T pick(std::initializer_list<T> of) {
    return of.begin()[random_() % of.size()];
  }

  geo::Position place() {
    const Shape& shape = GetParam();
    double lat = shape.lat + shape.span_deg * unit();
    const double lon = std::abs(shape.lat) > 89 ? 180 * unit() : shape.lon + shape.span_deg * unit();
    if (lat > 90) lat = 180 - lat;
    if (lat < -90) lat = -180 - lat;
    return geo::Position::from_degrees(lat, std::remainder(lon, 360));
  }

  std::string id() { return "e" + std::to_string(random_() % static_cast<unsigned>(GetParam().entities)); }

  void upsert() {
    model::Fix fix;
    fix.id = id();
    fix.position = place();
    fix.received_at = now_;
    fix.timestamp = now_ - milliseconds{static_cast<std::int64_t>(random_() % 3000)} + milliseconds{500};
    fix.ttl = milliseconds{1000 + static_cast<std::int64_t>(random_() % 20'000)};
    fix.role = pick<const char*>({"", "driver", "rider"});
    if (random_() % 2 == 0) fix.attributes = {{"seats", static_cast<double>(random_() % 6)}};
    ASSERT_EQ(grid_.upsert(fix), oracle_.upsert(fix));
  }

  void query() {
    const model::Where seats{{"seats", model::Interval{2, 4}}};
    const std::string asker = id();
    const Query query{.center = place(),
                      .radius_m = pick({1.0, 100.0, 1000.0, 5000.0, 50'000.0}),
                      .limit = pick({0, 1, 10, 100}),
                      .except_id = asker,
                      .role = pick<std::string_view>({"", "driver"}),
                      .max_age = random_() % 3 == 0 ? std::optional{milliseconds{2000}} : std::nullopt,
                      .where = random_() % 3 == 0 ? &seats : nullptr,
                      .now = now_};
    grid_.nearest(query, got_);
    oracle_.nearest(query, expected_);
    const auto got = got_.view();
    const auto expected = expected_.view();
    ASSERT_EQ(got.size(), expected.size());
    for (std::size_t i = 0; i < got.size(); ++i) {
      ASSERT_EQ(got[i].fix, expected[i].fix);
      ASSERT_EQ(got[i].distance_m, expected[i].distance_m);
      ASSERT_EQ(got[i].bearing_deg, expected[i].bearing_deg);
    }
    found_ += got.size();
  }

  void operate() {
    now_ += milliseconds{static_cast<std::int64_t>(random_() % 20)};
    const auto dice = random_() % 100;
    if (dice < 60) return upsert();
    if (dice < 90) return query();
    if (dice < 94) {
      const std::string gone = id();
      grid_.erase(gone);
      return oracle_.erase(gone);
    }
    if (dice < 98) {
      const std::string one = id();
      ASSERT_EQ(grid_.find(one, now_), oracle_.find(one, now_));
      return;
    }
    grid_.expire(now_);
    oracle_.expire(now_);
    ASSERT_EQ(grid_.size(), oracle_.size());
  }

  std::mt19937_64 random_{test::seed()};
  Grid grid_{250};
  BruteForce oracle_{250};
  model::TimePoint now_ = start;
  Matches got_;  // used again and again, as by the server
  Matches expected_;
  std::size_t found_ = 0;
};

TEST_P(DifferentialTest, AgreesWithTheOracle) {
  for (int i = 0; i < 20'000 && !HasFatalFailure(); ++i) operate();
  EXPECT_GT(found_, 100U) << "the queries found too little to show anything";
}

INSTANTIATE_TEST_SUITE_P(
    Shapes, DifferentialTest,
    testing::Values(Shape{"City", 31.23, 121.47, 0.2, 300}, Shape{"Block", 40.75, -73.98, 0.001, 300},
                    Shape{"OnePoint", 40.75, -73.98, 0.0, 300}, Shape{"Antimeridian", -17.7, 180, 0.1, 300},
                    Shape{"NorthPole", 90, 0, 0.3, 300}, Shape{"NearNorthPole", 89.99, 0, 0.005, 300},
                    Shape{"SouthPole", -90, 0, 0.3, 300}, Shape{"Sparse", 10, 10, 0.5, 12}),
    [](const auto& shape) { return shape.param.name; });

}  // namespace
}  // namespace geomatch::match
