#include "grid/entity_index.hpp"

#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "grid/record.hpp"

namespace geomatch::match {
namespace {

class EntityIndexTest : public testing::Test {
 protected:
  // An entity of this id that nobody has seen.
  std::uint32_t made(Reclamation::Guard& guard, const EntityIndex::Key& key) {
    const unsigned size = records_.size_for(Record::bytes_for(key.id));
    const std::uint32_t record = records_.allocate(guard.slot(), size);
    records_.at<Record>(record).write(key.id, size);
    const std::uint32_t entity = entities_.allocate(guard.slot(), 0);
    auto& fresh = entities_.at<Entity>(entity);
    fresh.hash = key.hash;
    fresh.state.store(EntityState::vacant_with(record).held().bits());
    return entity;
  }

  // Whether it was this call that added it.
  bool add(const EntityIndex::Key& key) {
    Reclamation::Guard guard{reclamation_};
    const std::uint32_t entity = made(guard, key);
    if (index_.add(guard, key, entity)) return true;
    records_.discard(guard.slot(), 0, EntityState{entities_.at<Entity>(entity).state.load()}.record());
    entities_.discard(guard.slot(), 0, entity);
    return false;
  }

  // Whether it was this call that removed it.
  bool remove(const EntityIndex::Key& key) {
    Reclamation::Guard guard{reclamation_};
    const std::uint32_t entity = index_.find(guard, key);
    if (entity == 0) return false;
    auto& state = entities_.at<Entity>(entity).state;
    std::uint64_t known = guard.load(state);
    if (EntityState{known}.is_dead() ||
        !state.compare_exchange_strong(known, EntityState{known}.let_go().bits()))
      return false;
    index_.remove(guard, entity);
    return true;
  }

  bool has(const EntityIndex::Key& key) {
    Reclamation::Guard guard{reclamation_};
    return index_.find(guard, key) != 0;
  }

  Reclamation reclamation_;
  Pool entities_{reclamation_, sizeof(Entity), 1, 100'000};
  Pool records_{reclamation_, 64, 3, 100'000};
  EntityIndex index_{4, entities_, records_};  // a few long lists
};

TEST_F(EntityIndexTest, FindsWhatWasAddedUntilItIsRemoved) {
  std::vector<std::string> ids;
  for (int i = 0; i < 100; ++i) ids.push_back("entity-" + std::to_string(i));
  for (const std::string& id : ids) EXPECT_TRUE(add(index_.key(id)));
  for (const std::string& id : ids) EXPECT_FALSE(add(index_.key(id)));
  for (std::size_t i = 0; i < ids.size(); i += 2) EXPECT_TRUE(remove(index_.key(ids[i])));
  for (std::size_t i = 0; i < ids.size(); ++i) EXPECT_EQ(has(index_.key(ids[i])), i % 2 == 1);
}

TEST_F(EntityIndexTest, WhatIsRemovedLeavesItsList) {
  for (int i = 0; i < 10'000; ++i) {
    const std::string id = "entity-" + std::to_string(i);
    ASSERT_TRUE(add(index_.key(id)));
    ASSERT_TRUE(remove(index_.key(id)));
  }
  EXPECT_LT(entities_.taken(), 300U);
  EXPECT_LT(records_.taken(), 300U);
}

TEST_F(EntityIndexTest, EqualHashesAreNotEqualIds) {
  const EntityIndex::Key a{.id = "a", .hash = 7};
  const EntityIndex::Key b{.id = "b", .hash = 7};
  EXPECT_TRUE(add(a));
  EXPECT_FALSE(has(b));
  EXPECT_TRUE(add(b));
  EXPECT_TRUE(remove(a));
  EXPECT_FALSE(has(a));
  EXPECT_TRUE(has(b));
}

// Of those who add one id at once, one does; the same for removing. So the count is always 0 or 1.
TEST_F(EntityIndexTest, OneOfManyAddsAndOneOfManyRemoves) {
  constexpr std::size_t ids = 6;
  std::array<std::atomic<int>, ids> present{};
  std::vector<std::thread> threads;
  for (unsigned t = 0; t < 4; ++t) {
    threads.emplace_back([&, t] {
      for (unsigned i = 0; i < 20'000; ++i) {
        const std::size_t which = (i * 7 + t) % ids;
        const std::string id = "entity-" + std::to_string(which);
        // Only a remover that follows an adder succeeds, and the other way round: the sum can't leave 0 and 1
        // by more than the calls that are under way.
        if ((i + t) % 2 == 0) {
          if (add(index_.key(id))) ++present[which];
        } else if (remove(index_.key(id))) {
          --present[which];
        }
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (std::size_t which = 0; which < ids; ++which) {
    const std::string id = "entity-" + std::to_string(which);
    EXPECT_EQ(present[which].load(), has(index_.key(id)) ? 1 : 0);
  }
}

}  // namespace
}  // namespace geomatch::match
