// The grid's operations, on a million phones unless the name says otherwise.
#include <array>
#include <memory>

#include <benchmark/benchmark.h>

#include "latencies.hpp"
#include "populated.hpp"
#include "support/allocations.hpp"

namespace geomatch::bench {
namespace {

// Counts from the second operation on: the first may make what is used again from then on.
class AllocationCount {
 public:
  void begin() noexcept { before_ = allocations(); }
  void report(benchmark::State& state, const Populated& crowd) const {
    state.counters["allocations"] =
        benchmark::Counter(static_cast<double>(allocations() - before_), benchmark::Counter::kAvgIterations);
    state.counters["bytes_per_entity"] =
        benchmark::Counter(crowd.bytes_per_entity(), benchmark::Counter::kAvgThreads);
  }

 private:
  std::uint64_t before_ = 0;
};

// A phone that is this thread's: no two move one phone at once.
std::uint64_t own_phone(const benchmark::State& state, std::uint64_t seed, std::uint64_t count) {
  const auto threads = static_cast<std::uint64_t>(state.threads());
  return scramble(seed) % (count / threads) * threads + static_cast<std::uint64_t>(state.thread_index());
}

std::uint64_t& now_ms() {
  thread_local std::uint64_t nth = 1;
  return nth;
}

template <typename Move>
void upserts(benchmark::State& state, MovingCity& moving, const Move& move) {
  model::Fix fix;
  fix.role = "rider";
  const std::uint64_t count = moving.crowd().count();
  move(fix, 0);
  AllocationCount allocated;
  allocated.begin();
  for (auto _ : state) {
    ++now_ms();
    move(fix, own_phone(state, now_ms(), count));
  }
  allocated.report(state, moving.crowd());
}

void upsert_in_cell(benchmark::State& state) {
  MovingCity& moving = moving_city();
  upserts(state, moving, [&](model::Fix& fix, std::uint64_t number) { moving.move_a_little(fix, number, now_ms()); });
}

void upsert_across_cells(benchmark::State& state) {
  MovingCity& moving = moving_city();
  upserts(state, moving, [&](model::Fix& fix, std::uint64_t number) { moving.move_far(fix, number, now_ms()); });
}

void upsert_in_cell_10_million(benchmark::State& state) {
  MovingCity moving{10'000'000};
  upserts(state, moving, [&](model::Fix& fix, std::uint64_t number) { moving.move_a_little(fix, number, now_ms()); });
}

match::Query query_at(geo::Position center, double radius_m = 1000) {
  return {.center = center, .radius_m = radius_m, .limit = 10, .now = epoch};
}

template <typename Center>
void nearest_10(benchmark::State& state, Populated& crowd, const Center& center, match::Query query) {
  match::Matches found;
  Latencies latencies;
  std::uint64_t nth = 0;
  query.center = center(nth);
  crowd.grid().nearest(query, found);
  AllocationCount allocated;
  allocated.begin();
  std::size_t matches = 0;
  for (auto _ : state) {
    query.center = center(++nth);
    latencies.time([&] { crowd.grid().nearest(query, found); });
    matches += found.size();
  }
  allocated.report(state, crowd);
  latencies.report(state);
  state.counters["matches"] = benchmark::Counter(static_cast<double>(matches), benchmark::Counter::kAvgIterations);
}

geo::Position random_center(std::uint64_t nth) {
  return city.place(nth ^ 0x5EED'0000'0000);
}

void nearest_10_uniform(benchmark::State& state) {
  nearest_10(state, moving_city().crowd(), random_center, query_at({}));
}

void nearest_10_uniform_10_million(benchmark::State& state) {
  Populated crowd{10'000'000, [](std::uint64_t number) { return city.place(number); }};
  nearest_10(state, crowd, random_center, query_at({}));
}

// A million riders where people were picked up, give or take the ten metres that phones err by.
void nearest_10_city(benchmark::State& state) {
  const auto& places = pick_ups();
  if (places.empty()) return state.SkipWithError("the pick-ups aren't there: set GEOMATCH_SHARED_DATA");
  const auto near_a_pick_up = [&](std::uint64_t seed) {
    const std::uint64_t bits = scramble(seed);
    const auto metres = [](std::uint64_t part) { return static_cast<double>(part % 21) - 10; };
    return moved(places[bits % places.size()], metres(bits >> 20), metres(bits >> 40));
  };
  static Populated crowd{1'000'000, near_a_pick_up};
  nearest_10(state, crowd, [&](std::uint64_t nth) { return near_a_pick_up(nth ^ 0x5EED'0000'0000); }, query_at({}));
}

// 10,000 of the million in a square of 100 m, asked from within it.
void nearest_10_crowd(benchmark::State& state) {
  static Populated crowd{1'000'000, [](std::uint64_t number) {
                           return number % 100 == 0 ? block.place(number) : city.place(number);
                         }};
  nearest_10(state, crowd, [](std::uint64_t nth) { return block.place(nth ^ 0x5EED'0000'0000); }, query_at({}));
}

// 1,000 of the million on one point, asked from there.
void nearest_10_one_point(benchmark::State& state) {
  static Populated crowd{1'000'000,
                         [](std::uint64_t number) { return number % 1000 == 0 ? corner : city.place(number); }};
  nearest_10(state, crowd, [](std::uint64_t) { return corner; }, query_at({}));
}

// Ten drivers, and nobody else.
void nearest_10_sparse_50km(benchmark::State& state) {
  static Populated crowd{10, [](std::uint64_t number) { return city.place(number); }, "driver"};
  nearest_10(state, crowd, random_center, query_at({}, 50'000));
}

// Ten drivers among a million riders.
void nearest_10_rare_role(benchmark::State& state) {
  static Populated crowd = [] {
    Populated riders{1'000'000, [](std::uint64_t number) { return city.place(number); }, "rider", 1'000'010};
    riders.add(10, [](std::uint64_t number) { return city.place(number); }, "driver");
    return riders;
  }();
  match::Query query = query_at({}, 50'000);
  query.role = "driver";
  nearest_10(state, crowd, random_center, query);
}

// What one post does: move, and find the ten nearest others.
void update_and_match(benchmark::State& state) {
  MovingCity& moving = moving_city();
  match::Matches found;
  upserts(state, moving, [&](model::Fix& fix, std::uint64_t number) {
    moving.move_a_little(fix, number, now_ms());
    match::Query query = query_at(fix.position);
    query.except_id = fix.id;
    moving.grid().nearest(query, found);
  });
}

// Forty phones in one cell, all of the threads' moves in there.
void update_hot_cell(benchmark::State& state) {
  static Populated crowd{40, [](std::uint64_t number) { return moved(corner, static_cast<double>(number), 0); }};
  model::Fix fix;
  fix.role = "rider";
  AllocationCount allocated;
  allocated.begin();
  for (auto _ : state) {
    const std::uint64_t number = own_phone(state, ++now_ms(), crowd.count());
    write_fix(fix, number, moved(corner, static_cast<double>(number), static_cast<double>(now_ms() % 20)), now_ms());
    crowd.grid().upsert(fix);
  }
  allocated.report(state, crowd);
}

BENCHMARK(upsert_in_cell);
BENCHMARK(upsert_across_cells);
BENCHMARK(nearest_10_uniform);
BENCHMARK(nearest_10_city);
BENCHMARK(nearest_10_crowd);
BENCHMARK(nearest_10_one_point);
BENCHMARK(nearest_10_sparse_50km);
BENCHMARK(nearest_10_rare_role);
BENCHMARK(update_and_match)->Threads(1)->Threads(2)->UseRealTime();
BENCHMARK(update_hot_cell)->Threads(1)->Threads(2)->UseRealTime();
BENCHMARK(upsert_in_cell_10_million)->Iterations(2'000'000);
BENCHMARK(nearest_10_uniform_10_million)->Iterations(1'000'000);

}  // namespace
}  // namespace geomatch::bench
