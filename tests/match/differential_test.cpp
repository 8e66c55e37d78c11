// The grid against the oracle: the same random operations, the same answers bit for bit, in every shape of
// crowd.
#include <algorithm>
#include <random>
#include <sstream>

#include <gtest/gtest.h>

#include <geomatch/match/brute_force.hpp>
#include <geomatch/match/grid.hpp>

#include "fixes.hpp"
#include "support/scale.hpp"
#include "support/seed.hpp"
#include "support/shared_data.hpp"

namespace geomatch::match {
namespace {

constexpr double pick_ups = 1000;  // in the place of a latitude: where people in New York were picked up

struct Shape {
  const char* name;
  double lat, lon;  // the middle
  double span_deg;  // places lie within this of it
  int entities;
  std::size_t operations;
  int settled = 0;  // that many are there before it begins
  int drivers = 0;  // of those settled, the others being riders; 0: any role
};

constexpr const char* pick_ups_file = "uber-nyc-2014-04.csv.gz";

std::vector<geo::Position> read_pick_ups() {
  std::istringstream rows{test::unzipped(test::shared_data() / pick_ups_file)};
  std::vector<geo::Position> places;
  std::string field;
  std::getline(rows, field);  // the header
  while (std::getline(rows, field, ',')) {
    std::string lat;
    std::string lon;
    std::getline(rows, lat, ',');
    std::getline(rows, lon, ',');
    std::getline(rows, field);
    places.push_back(geo::Position::from_degrees(std::stod(lat), std::stod(lon)));
  }
  return places;
}

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
    if (shape.lat == pick_ups) return pick_ups_[random_() % pick_ups_.size()];
    double lat = shape.lat + shape.span_deg * unit();
    const double lon = std::abs(shape.lat) > 89 ? 180 * unit() : shape.lon + shape.span_deg * unit();
    if (lat > 90) lat = 180 - lat;
    if (lat < -90) lat = -180 - lat;
    return geo::Position::from_degrees(lat, std::remainder(lon, 360));
  }

  std::string id() { return "e" + std::to_string(random_() % static_cast<unsigned>(GetParam().entities)); }

  void SetUp() override {
    const Shape& shape = GetParam();
    if (shape.lat == pick_ups) {
      GEOMATCH_NEEDS_SHARED(pick_ups_file)
      pick_ups_ = read_pick_ups();
    }
    for (int i = 0; i < shape.settled; ++i) {
      model::Fix fix = fix_of("e" + std::to_string(i), 0, 0);
      fix.position = place();
      fix.role = role(i);
      ASSERT_EQ(grid_.upsert(fix), oracle_.upsert(fix));
    }
  }

  std::string role(int entity) {
    if (GetParam().drivers != 0) return entity < GetParam().drivers ? "driver" : "rider";
    return pick<const char*>({"", "driver", "rider"});
  }

  void upsert() {
    model::Fix fix;
    const int entity = static_cast<int>(random_() % static_cast<unsigned>(GetParam().entities));
    fix.id = "e" + std::to_string(entity);
    fix.position = place();
    fix.received_at =
        now_ - milliseconds{static_cast<std::int64_t>(random_() % 3 == 0 ? random_() % 1000 : 0)};
    fix.timestamp = now_ - milliseconds{static_cast<std::int64_t>(random_() % 3000)} + milliseconds{500};
    fix.ttl = milliseconds{1000 + static_cast<std::int64_t>(random_() % 20'000)};
    fix.role = role(entity);
    if (random_() % 2 == 0) fix.attributes = {{"seats", static_cast<double>(random_() % 6)}};
    ASSERT_EQ(grid_.is_stale(fix), oracle_.is_stale(fix));
    ASSERT_EQ(grid_.upsert(fix), oracle_.upsert(fix));
  }

  void erase() {
    const std::string gone = id();
    const model::TimePoint at = now_ - milliseconds{static_cast<std::int64_t>(random_() % 1000)};
    ASSERT_EQ(grid_.erase(gone, at), oracle_.erase(gone, at));
    ASSERT_EQ(grid_.deletion_marks(), oracle_.deletion_marks());
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
      ASSERT_EQ(got[i], expected[i]);
    }
    found_ += got.size();
  }

  void operate() {
    now_ += milliseconds{static_cast<std::int64_t>(random_() % 20)};
    const auto dice = random_() % 100;
    if (dice < 60) return upsert();
    if (dice < 90) return query();
    if (dice < 94) return erase();
    if (dice < 98) {
      const std::string one = id();
      ASSERT_EQ(grid_.find(one, now_), oracle_.find(one, now_));
      return;
    }
    grid_.expire(now_);
    oracle_.expire(now_);
    ASSERT_EQ(grid_.size(), oracle_.size());
    ASSERT_EQ(grid_.deletion_marks(), oracle_.deletion_marks());
  }

  std::mt19937_64 random_{test::seed()};
  // Settled ones fill it; the others have to wait for one another.
  const std::size_t most_ = static_cast<std::size_t>(std::max(250, GetParam().settled));
  static constexpr milliseconds delete_memory{2'000};
  Grid grid_{most_, delete_memory};
  BruteForce oracle_{most_, delete_memory};
  std::vector<geo::Position> pick_ups_;
  model::TimePoint now_ = start;
  Matches got_;  // used again and again, as by the server
  Matches expected_;
  std::size_t found_ = 0;
};

TEST_P(DifferentialTest, AgreesWithTheOracle) {
  for (std::size_t i = 0; i < GetParam().operations && !HasFatalFailure(); ++i) operate();
  EXPECT_GT(found_, 100U) << "the queries found too little to show anything";
}

INSTANTIATE_TEST_SUITE_P(
    Shapes, DifferentialTest,
    testing::Values(
        Shape{"City", 31.23, 121.47, 0.2, 300, 20'000}, Shape{"Block", 40.75, -73.98, 0.001, 300, 20'000},
        Shape{"OnePoint", 40.75, -73.98, 0.0, 300, 20'000},
        Shape{"Antimeridian", -17.7, 180, 0.1, 300, 20'000}, Shape{"NorthPole", 90, 0, 0.3, 300, 20'000},
        Shape{"NearNorthPole", 89.99, 0, 0.005, 300, 20'000}, Shape{"SouthPole", -90, 0, 0.3, 300, 20'000},
        Shape{"Sparse", 10, 10, 0.5, 12, 20'000},
        // These take the oracle long.
        Shape{"RealCity", pick_ups, 0, 0, 4'000, test::scaled(8'000), 4'000},
        Shape{"Uniform", 31.23, 121.26, 0.22, 10'000, test::scaled(4'000), 10'000},
        Shape{"CrowdIn100Metres", 31.23, 121.47, 0.00045, 10'000, test::scaled(2'000), 10'000},
        Shape{"AThousandOnAPoint", 31.23, 121.47, 0, 1'000, test::scaled(8'000), 1'000},
        Shape{"TenDriversInACity", 31.23, 121.26, 0.22, 10, 4'000, 10, 10},
        Shape{"TenDriversAmongRiders", 31.23, 121.26, 0.22, 10'000, test::scaled(4'000), 10'000, 10}),
    [](const auto& shape) { return shape.param.name; });

}  // namespace
}  // namespace geomatch::match
