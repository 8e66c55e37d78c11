// What the grid is compared with: the memory itself, Boost.Geometry's R-trees, and looking at everyone.
#include <cmath>
#include <numeric>
#include <utility>
#include <vector>

#include <benchmark/benchmark.h>
#include <boost/geometry.hpp>
#include <boost/geometry/geometries/point.hpp>
#include <boost/geometry/index/rtree.hpp>
#include <sys/mman.h>

#include <geomatch/match/brute_force.hpp>

#include "latencies.hpp"
#include "populated.hpp"

namespace geomatch::bench {
namespace {

namespace bg = boost::geometry;

constexpr std::uint64_t count = 1'000'000;

// Each line of the cache says which is next: one cycle through them all, in no order. In memory as the grid
// has it.
void floor_random_miss(benchmark::State& state) {
  struct alignas(64) Line {
    std::uint32_t next;
  };
  const std::size_t lines = moving_city().grid().used_bytes() / sizeof(Line);
  const std::size_t bytes = lines * sizeof(Line);
  void* const mapped = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  madvise(mapped, bytes, MADV_HUGEPAGE);
  auto* const at = static_cast<Line*>(mapped);
  std::vector<std::uint32_t> order(lines);
  std::iota(order.begin(), order.end(), 0U);
  for (std::size_t i = lines - 1; i != 0; --i) std::swap(order[i], order[scramble(i) % i]);
  for (std::size_t i = 0; i < lines; ++i) at[order[i]].next = order[(i + 1) % lines];
  std::uint32_t line = 0;
  for (auto _ : state) line = at[line].next;
  benchmark::DoNotOptimize(line);
  munmap(mapped, bytes);
}

// A projection good for one city only.
using PlanePoint = bg::model::point<float, 2, bg::cs::cartesian>;
PlanePoint on_plane(geo::Position position) {
  return {static_cast<float>((position.lon_deg() - city.west) * 95'300),
          static_cast<float>((position.lat_deg() - city.south) * 110'860)};
}

using GlobePoint = bg::model::point<double, 2, bg::cs::spherical_equatorial<bg::degree>>;
GlobePoint on_globe(geo::Position position) {
  return {position.lon_deg(), position.lat_deg()};
}

// A tree of phones, and where each one is.
template <typename Point, Point (*on)(geo::Position)>
class Tree {
 public:
  Tree() {
    std::vector<Value> all;
    for (std::uint32_t number = 0; number < count; ++number) {
      places_.push_back(city.place(number));
      all.push_back({on(places_.back()), number});
    }
    rtree_ = RTree{all};
  }

  void move(std::uint32_t number, double north_m, double east_m) {
    rtree_.remove(Value{on(places_[number]), number});
    places_[number] = moved(places_[number], north_m, east_m);
    rtree_.insert(Value{on(places_[number]), number});
  }

  std::size_t nearest_10(geo::Position center, double radius) {
    found_.clear();
    const Point at = on(center);
    for (auto next = rtree_.qbegin(bg::index::nearest(at, 10)); next != rtree_.qend(); ++next) {
      if (bg::comparable_distance(at, next->first) >
          bg::comparable_distance(at, on(moved(center, radius, 0))))
        break;
      found_.push_back(*next);
    }
    return found_.size();
  }

 private:
  using Value = std::pair<Point, std::uint32_t>;
  using RTree = bg::index::rtree<Value, bg::index::quadratic<16>>;

  RTree rtree_;
  std::vector<geo::Position> places_;
  std::vector<Value> found_;
};

using PlaneTree = Tree<PlanePoint, on_plane>;
using GlobeTree = Tree<GlobePoint, on_globe>;

template <typename T>
T& tree() {
  static T one;
  return one;
}

// There and back, so that the crowd stays as it is.
template <typename T>
void upserts(benchmark::State& state, double metres) {
  std::uint64_t nth = 0;
  for (auto _ : state) {
    const auto number = static_cast<std::uint32_t>(scramble(++nth) % count);
    tree<T>().move(number, 0, number % 2 == 0 ? metres : -metres);
  }
}

template <typename T>
void nearest(benchmark::State& state) {
  Latencies latencies;
  std::uint64_t nth = 0;
  std::size_t matches = 0;
  for (auto _ : state) {
    const geo::Position center = city.place(++nth ^ 0x5EED'0000'0000);
    latencies.time([&] { matches += tree<T>().nearest_10(center, 1000); });
  }
  latencies.report(state);
  state.counters["matches"] =
      benchmark::Counter(static_cast<double>(matches), benchmark::Counter::kAvgIterations);
}

void rtree_plane_upsert(benchmark::State& state) {
  upserts<PlaneTree>(state, 3);
}
void rtree_plane_upsert_across(benchmark::State& state) {
  upserts<PlaneTree>(state, 500);
}
void rtree_plane_nearest_10(benchmark::State& state) {
  nearest<PlaneTree>(state);
}
void rtree_globe_upsert(benchmark::State& state) {
  upserts<GlobeTree>(state, 3);
}
void rtree_globe_nearest_10(benchmark::State& state) {
  nearest<GlobeTree>(state);
}

void brute_nearest_10(benchmark::State& state) {
  static match::BruteForce oracle{count};
  model::Fix fix;
  fix.role = "rider";
  for (std::uint64_t number = oracle.size(); number < count; ++number) {
    write_fix(fix, number, city.place(number), 0);
    oracle.upsert(fix);
  }
  match::Matches found;
  std::uint64_t nth = 0;
  for (auto _ : state) {
    const match::Query query{
        .center = city.place(++nth ^ 0x5EED'0000'0000), .radius_m = 1000, .limit = 10, .now = epoch};
    oracle.nearest(query, found);
  }
}

BENCHMARK(floor_random_miss);
BENCHMARK(rtree_plane_upsert);
BENCHMARK(rtree_plane_upsert_across);
BENCHMARK(rtree_plane_nearest_10);
BENCHMARK(rtree_globe_upsert);
BENCHMARK(rtree_globe_nearest_10);
BENCHMARK(brute_nearest_10);

}  // namespace
}  // namespace geomatch::bench

BENCHMARK_MAIN();
