#include "grid/cell_class.hpp"

#include <set>

#include <gtest/gtest.h>

namespace geomatch::match {
namespace {

TEST(CellClass, RolesThatAreUsedTogetherDoNotFallTogether) {
  std::set<unsigned> classes;
  for (const char* role :
       {"", "driver", "rider", "courier", "order", "person", "place", "passenger", "restaurant"}) {
    EXPECT_LT(cell_class_of(role), CellTree::classes);
    EXPECT_TRUE(classes.insert(cell_class_of(role)).second) << role;
  }
}

}  // namespace
}  // namespace geomatch::match
