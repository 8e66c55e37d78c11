#include "grid/cell_tree.hpp"

#include <map>
#include <random>
#include <set>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "grid/cell_walk.hpp"
#include "support/scale.hpp"
#include "support/seed.hpp"

namespace geomatch::match {
namespace {

// Takes whatever it is offered.
class Everyone {
 public:
  explicit Everyone(double radius_m) : reach_sq_(static_cast<float>(radius_m * radius_m)) {}
  [[nodiscard]] float reach_sq() const noexcept { return reach_sq_; }
  void offer(std::span<const Nominee> batch) {
    for (const Nominee nominee : batch) found.insert(nominee.entity());
  }
  std::multiset<std::uint32_t> found;

 private:
  const float reach_sq_;
};

struct Spread {
  const char* name;
  double lat, lon, span_deg;
  std::size_t entities;
};

void PrintTo(const Spread& spread, std::ostream* out) {
  *out << spread.name;
}

class CellTreeTest : public testing::TestWithParam<Spread> {
 protected:
  geo::Position place() {
    std::uniform_real_distribution<double> unit{-1, 1};
    const Spread& spread = GetParam();
    return geo::Position::from_degrees(spread.lat + spread.span_deg * unit(random_),
                                       spread.lon + 2 * spread.span_deg * unit(random_));
  }

  void insert(std::uint32_t entity) {
    Reclamation::Guard guard{reclamation_};
    const geo::Position at = place();
    ASSERT_TRUE(tree_.insert(guard, 0, CellPoint::from(at), entity));
    places_.emplace(entity, at);
  }

  void remove(std::multimap<std::uint32_t, geo::Position>::iterator which) {
    Reclamation::Guard guard{reclamation_};
    tree_.remove(guard, 0, CellPoint::from(which->second), which->first);
    places_.erase(which);
  }

  std::multiset<std::uint32_t> everyone() {
    Reclamation::Guard guard{reclamation_};
    constexpr double everywhere_m = 3e7;
    const geo::Position center = place();
    const geo::Vicinity vicinity{center, everywhere_m};
    Everyone all{everywhere_m};
    EXPECT_TRUE((CellWalk<Everyone>{guard, tree_, center, vicinity, all}.walk(0)));
    return all.found;
  }

  std::multiset<std::uint32_t> expected() const {
    std::multiset<std::uint32_t> entities;
    for (const auto& [entity, at] : places_) entities.insert(entity);
    return entities;
  }

  std::mt19937_64 random_{test::seed()};
  Reclamation reclamation_;
  Pool pool_{reclamation_, 64, CellBucket::sizes, 10'000'000};
  CellTree tree_{pool_};
  std::multimap<std::uint32_t, geo::Position> places_;
};

TEST_P(CellTreeTest, HoldsWhatWasInsertedAndNotRemoved) {
  const std::size_t most = test::scaled(GetParam().entities * 8) / 8;
  for (const bool grows : {true, false, true, false}) {
    for (std::size_t i = 0; i < 2 * most; ++i) {
      if (random_() % 4 == 0 ? !grows : grows) {
        insert(static_cast<std::uint32_t>(1 + random_() % (2 * most)));
      } else if (!places_.empty()) {
        const auto some = places_.lower_bound(static_cast<std::uint32_t>(random_() % (2 * most)));
        remove(some == places_.end() ? places_.begin() : some);
      }
    }
    ASSERT_EQ(everyone(), expected());
  }
  while (!places_.empty()) remove(places_.begin());
  EXPECT_TRUE(CellRef{tree_.root(0).load()}.is_empty() || everyone().empty());
}

// What is left when nobody is there any more: what was retired last, and a few larger buckets that weren't
// counted.
TEST_P(CellTreeTest, GivesItsMemoryBack) {
  const std::size_t most = test::scaled(GetParam().entities * 8) / 8;
  for (std::size_t i = 1; i <= most; ++i) insert(static_cast<std::uint32_t>(i));
  const std::uint64_t full = pool_.taken();
  while (!places_.empty()) remove(places_.begin());
  EXPECT_LT(pool_.taken(), full / 4 + 600);
}

// All within a few cells, which are cut and joined all the time: a hint that is lost on the way would be
// looked for without end, and one too many is left over.
TEST(CellTree, ThreadsLoseNothingOfOneAnother) {
  Reclamation reclamation;
  Pool pool{reclamation, 64, CellBucket::sizes, 10'000'000};
  CellTree tree{pool};
  constexpr std::uint32_t each = 60;
  const auto place_of = [](std::uint32_t entity, std::size_t round) {
    return CellPoint{
        .x = 3'014'700'000U + (entity * 7919 + static_cast<std::uint32_t>(round) * 104'729) % 16'000,
        .y = 1'212'300'000U + (entity * 104'729) % 16'000};
  };
  std::vector<std::thread> threads;
  for (std::uint32_t mine = 0; mine < 4; ++mine) {
    threads.emplace_back([&, mine] {
      for (std::size_t round = 0; round < test::scaled(20'000); ++round) {
        for (std::uint32_t i = 1; i <= each; ++i) {
          Reclamation::Guard guard{reclamation};
          ASSERT_TRUE(tree.insert(guard, 0, place_of(i * 4 + mine, round), i * 4 + mine));
        }
        for (std::uint32_t i = 1; i <= each; ++i) {
          Reclamation::Guard guard{reclamation};
          tree.remove(guard, 0, place_of(i * 4 + mine, round), i * 4 + mine);
        }
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  Reclamation::Guard guard{reclamation};
  const geo::Position center{312'300'000, 1'214'700'000};
  const geo::Vicinity vicinity{center, 3e7};
  Everyone all{3e7};
  EXPECT_TRUE((CellWalk<Everyone>{guard, tree, center, vicinity, all}.walk(0)));
  EXPECT_TRUE(all.found.empty());
}

INSTANTIATE_TEST_SUITE_P(Spreads, CellTreeTest,
                         testing::Values(Spread{"City", 31.23, 121.47, 0.2, 20'000},
                                         Spread{"Block", 40.75, -73.98, 0.0005, 10'000},
                                         Spread{"OnePoint", 40.75, -73.98, 0, 5'000},
                                         Spread{"Globe", 0, 0, 90, 5'000}),
                         [](const auto& spread) { return spread.param.name; });

}  // namespace
}  // namespace geomatch::match
