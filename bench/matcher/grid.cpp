// The grid's operations, on a million phones unless the name says otherwise.
#include <atomic>

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

// Each run goes on where the last one was: time doesn't go backwards, and phones don't jump.
std::atomic<std::uint64_t> next_nth{1};

template <typename Operation>
void moves(benchmark::State& state, MovingCity& moving, MovingCity::Step step, const Operation& operation) {
  model::Fix fix;
  fix.role = "rider";
  const auto part = static_cast<std::uint64_t>(state.thread_index());
  const auto parts = static_cast<std::uint64_t>(state.threads());
  std::uint64_t nth = next_nth.load();
  const auto move = [&] {
    moving.write_next(fix, step, ++nth, part, parts);
    operation(fix);
  };
  move();
  AllocationCount allocated;
  allocated.begin();
  for (auto _ : state) move();
  allocated.report(state, moving.crowd());
  if (part == 0) next_nth.store(nth + 1'000'000);
}

void upserts(benchmark::State& state, MovingCity& moving, MovingCity::Step step) {
  moves(state, moving, step, [&](const model::Fix& fix) {
    if (moving.grid().upsert(fix) != match::UpsertResult::accepted) state.SkipWithError("a move was refused");
  });
}

void upsert_in_cell(benchmark::State& state) {
  upserts(state, moving_city(), MovingCity::Step::a_few_metres);
}

void upsert_across_cells(benchmark::State& state) {
  upserts(state, moving_city(), MovingCity::Step::half_a_kilometre);
}

void upsert_in_cell_10_million(benchmark::State& state) {
  MovingCity moving{10'000'000};
  upserts(state, moving, MovingCity::Step::a_few_metres);
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
  state.counters["matches"] =
      benchmark::Counter(static_cast<double>(matches), benchmark::Counter::kAvgIterations);
}

geo::Position random_center(std::uint64_t nth) {
  return city.place(nth ^ 0x5EED'0000'0000);
}

void nearest_10_uniform(benchmark::State& state) {
  nearest_10(state, moving_city().crowd(), random_center, query_at({}));
}

// As many as fit the larger caches.
void nearest_10_uniform_100_thousand(benchmark::State& state) {
  static Populated crowd{100'000, [](std::uint64_t number) { return city.place(number); }};
  nearest_10(state, crowd, random_center, query_at({}, 2000));
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
  nearest_10(
      state, crowd, [&](std::uint64_t nth) { return near_a_pick_up(nth ^ 0x5EED'0000'0000); }, query_at({}));
}

// 10,000 of the million in a square of 100 m, asked from within it.
void nearest_10_crowd(benchmark::State& state) {
  static Populated crowd{1'000'000, [](std::uint64_t number) {
                           return number % 100 == 0 ? block.place(number) : city.place(number);
                         }};
  nearest_10(
      state, crowd, [](std::uint64_t nth) { return block.place(nth ^ 0x5EED'0000'0000); }, query_at({}));
}

// 1,000 of the million on one point, asked from there.
void nearest_10_one_point(benchmark::State& state) {
  static Populated crowd{
      1'000'000, [](std::uint64_t number) { return number % 1000 == 0 ? corner : city.place(number); }};
  nearest_10(
      state, crowd, [](std::uint64_t) { return corner; }, query_at({}));
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
    riders.add(
        10, [](std::uint64_t number) { return city.place(number); }, "driver");
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
  moves(state, moving, MovingCity::Step::a_few_metres, [&](const model::Fix& fix) {
    moving.grid().upsert(fix);
    match::Query query = query_at(fix.position);
    query.except_id = fix.id;
    moving.grid().nearest(query, found);
  });
}

// Forty phones in one cell, all of the threads' moves in there.
void update_hot_cell(benchmark::State& state) {
  static Populated crowd{40,
                         [](std::uint64_t number) { return moved(corner, static_cast<double>(number), 0); }};
  const auto part = static_cast<std::uint64_t>(state.thread_index());
  const auto parts = static_cast<std::uint64_t>(state.threads());
  model::Fix fix;
  fix.role = "rider";
  std::uint64_t nth = next_nth.load();
  const auto move = [&] {
    const std::uint64_t number = ++nth % (crowd.count() / parts) * parts + part;
    write_fix(fix, number, moved(corner, static_cast<double>(number), static_cast<double>(nth % 23)), nth);
    if (crowd.grid().upsert(fix) != match::UpsertResult::accepted) state.SkipWithError("a move was refused");
  };
  move();
  AllocationCount allocated;
  allocated.begin();
  for (auto _ : state) move();
  allocated.report(state, crowd);
  if (part == 0) next_nth.store(nth + 1'000'000);
}

BENCHMARK(upsert_in_cell);
BENCHMARK(upsert_across_cells);
BENCHMARK(nearest_10_uniform);
BENCHMARK(nearest_10_uniform_100_thousand);
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
