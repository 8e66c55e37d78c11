// No operation waits for another thread, wherever that one was stopped: threads are stopped inside their
// operations, at random instructions, and all others go on and find what is there.
#include <algorithm>
#include <chrono>
#include <mutex>
#include <random>
#include <set>

#include <gtest/gtest.h>

#include <geomatch/match/grid.hpp>

#include "fixes.hpp"
#include "parking_lot.hpp"
#include "support/scale.hpp"
#include "support/seed.hpp"

namespace geomatch::match {
namespace {

constexpr double parked_lat = 31.23;
constexpr double parked_lon = 121.47;
constexpr int parked_standing = 40;
constexpr int parked_moving = 20;
constexpr std::size_t parked_at_once = 3;
constexpr milliseconds parked_for{200};
constexpr milliseconds no_memory{0};  // of deletes: expiry takes their marks whenever it meets them

model::Fix parked_fix(const std::string& id, std::uint64_t north, std::uint64_t east,
                      std::uint64_t round = 0) {
  return fix_of(id, parked_lat + 0.00001 * static_cast<double>(north),
                parked_lon + 0.00001 * static_cast<double>(east), start + milliseconds{round});
}

// A map on which threads move, come and go, look and expire, all within a few cells.
class Bustle {
 public:
  explicit Bustle(Matcher& matcher) : matcher_(matcher) {
    for (int i = 0; i < parked_standing; ++i) {
      matcher_.upsert(parked_fix("s" + std::to_string(i), static_cast<std::uint64_t>(i), 0));
    }
    for (const std::uint64_t seed : {1U, 2U})
      lot.start([this, random = std::mt19937_64{seed}]() mutable { move(random); });
    lot.start([this, random = std::mt19937_64{3}]() mutable { come_or_go(random); });
    for (const std::uint64_t seed : {4U, 5U})
      lot.start([this, found = Matches{}, seed]() mutable { look(found, seed); });
    lot.start([this] { ParkingLot::inside([&] { matcher_.expire(start); }); });
  }

  ParkingLot lot;
  std::atomic<bool> is_exact{true};

 private:
  void move(std::mt19937_64& random) {
    const model::Fix fix = parked_fix("m" + std::to_string(random() % parked_moving), random() % 60,
                                      random() % 60, round_.fetch_add(1));
    ParkingLot::inside([&] { matcher_.upsert(fix); });
  }

  void come_or_go(std::mt19937_64& random) {
    const model::Fix fix =
        parked_fix("c" + std::to_string(random() % 200), 50 + random() % 100, random() % 100);
    if (random() % 2 == 0) {
      ParkingLot::inside([&] { matcher_.upsert(fix); });
    } else {
      ParkingLot::inside([&] {
        const auto room = matcher_.reserve(fix.id);
        matcher_.erase(fix.id, start);
      });
    }
  }

  void look(Matches& found, std::uint64_t seed) {
    const Query query{
        .center = geo::Position::from_degrees(parked_lat, parked_lon + 0.00001 * static_cast<double>(seed)),
        .radius_m = 2000,
        .limit = 100,
        .now = start};
    ParkingLot::inside([&] { matcher_.nearest(query, found); });
    std::set<std::string_view> ids;
    std::ptrdiff_t still = 0;
    for (const Match& match : found) {
      if (!ids.insert(match.id).second) is_exact = false;
      if (match.id[0] == 's') ++still;
    }
    if (still != parked_standing) is_exact = false;
  }

  Matcher& matcher_;
  std::atomic<std::uint64_t> round_{0};
};

// Stops some threads at a time, `times` times. Whether all others always got on with at least a few
// operations meanwhile; given up after `patience`.
bool others_go_on(Bustle& bustle, std::size_t times, std::chrono::seconds patience) {
  std::mt19937_64 random{test::seed()};
  ParkingLot& lot = bustle.lot;
  for (std::size_t time = 0; time < times; ++time) {
    std::vector<std::size_t> order(lot.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::ranges::shuffle(order, random);
    const auto parked = std::span{order}.first(parked_at_once);
    const auto others = std::span{order}.subspan(parked_at_once);

    for (const std::size_t which : parked) lot.park(which);
    const auto until = std::chrono::steady_clock::now() + parked_for;
    const auto give_up = until + patience;
    std::vector<std::uint64_t> before;
    for (const std::size_t which : others) before.push_back(lot.done(which));
    bool all = false;
    while (!all && std::chrono::steady_clock::now() < give_up) {
      all = true;
      for (std::size_t i = 0; i < others.size(); ++i) all = all && lot.done(others[i]) >= before[i] + 20;
      std::this_thread::sleep_for(milliseconds{1});
    }
    std::this_thread::sleep_until(until);
    for (const std::size_t which : parked) lot.let_go(which);
    if (!all) return false;
  }
  return true;
}

TEST(ParkedThread, HoldsNobodyUp) {
  if (test::under_thread_sanitizer)
    GTEST_SKIP() << "ThreadSanitizer delivers signals between operations only";
  Grid grid{10'000, no_memory};
  Bustle bustle{grid};
  EXPECT_TRUE(others_go_on(bustle, 80, seconds{60}));
  bustle.lot.stop();
  EXPECT_TRUE(bustle.is_exact);
}

// A map with a lock round it: what the test above is there to find.
class LockedMap final : public Matcher {
 public:
  std::optional<Reservation> reserve(std::string_view id) override {
    const std::lock_guard lock{mutex_};
    return map_.reserve(id);
  }
  UpsertResult upsert(const model::Fix& fix) override {
    const std::lock_guard lock{mutex_};
    return map_.upsert(fix);
  }
  bool is_stale(const model::Fix& fix) const override {
    const std::lock_guard lock{mutex_};
    return map_.is_stale(fix);
  }
  bool erase(std::string_view id, model::TimePoint at) override {
    const std::lock_guard lock{mutex_};
    return map_.erase(id, at);
  }
  std::optional<model::Fix> find(std::string_view id, model::TimePoint now) const override {
    const std::lock_guard lock{mutex_};
    return map_.find(id, now);
  }
  void visit_nearest(const Query& query, model::MatchVisitor visit) const override {
    const std::lock_guard lock{mutex_};
    map_.visit_nearest(query, visit);
  }
  void expire(model::TimePoint now) override {
    const std::lock_guard lock{mutex_};
    map_.expire(now);
  }
  std::size_t size() const noexcept override { return map_.size(); }
  std::size_t deletion_marks() const noexcept override { return map_.deletion_marks(); }

 private:
  void release(std::uint64_t /*entity*/) noexcept override {}

  mutable std::mutex mutex_;
  Grid map_{10'000, no_memory};
};

TEST(ParkedThread, ALockWouldBeFound) {
  if (test::under_thread_sanitizer)
    GTEST_SKIP() << "ThreadSanitizer delivers signals between operations only";
  LockedMap locked;
  Bustle bustle{locked};
  EXPECT_FALSE(others_go_on(bustle, 80, seconds{1}));
}

// One sleeps in a query, the others bring and take ten times as many entities as there ever are at once.
TEST(ParkedThread, ASleepingReaderBoundsWhatIsKeptBack) {
  if (test::under_thread_sanitizer)
    GTEST_SKIP() << "ThreadSanitizer delivers signals between operations only";
  constexpr std::uint64_t population = 2'000;
  Grid grid{10'000, no_memory};
  for (std::uint64_t i = 0; i < population; ++i)
    grid.upsert(parked_fix("e" + std::to_string(i), i % 300, i / 300));
  ParkingLot lot;
  lot.start([&, found = Matches{}]() mutable {
    ParkingLot::inside([&] {
      grid.nearest({.center = geo::Position::from_degrees(parked_lat, parked_lon),
                    .radius_m = 5000,
                    .limit = 100,
                    .now = start},
                   found);
    });
  });
  while (lot.done(0) < 10) std::this_thread::yield();
  lot.park(0);
  const std::size_t before = grid.used_bytes();
  for (std::uint64_t i = 0; i < test::scaled(400'000); ++i) {
    grid.erase("e" + std::to_string(i), start);
    if (i % 1'000 == 0) grid.expire(start);
    ASSERT_EQ(grid.upsert(parked_fix("e" + std::to_string(population + i), i % 300, i % 7)),
              UpsertResult::accepted);
  }
  EXPECT_TRUE(lot.is_parked(0));
  EXPECT_LT(grid.used_bytes(), 5 * before) << "what is born after a reader fell asleep is kept back for it";
  lot.let_go(0);
}

}  // namespace
}  // namespace geomatch::match
