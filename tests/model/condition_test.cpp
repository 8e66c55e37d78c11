#include <gtest/gtest.h>

#include <geomatch/model/condition.hpp>

namespace geomatch::model {
namespace {

using Values = std::vector<AttributeValue>;

const Attributes car{{"seats", 4.0}, {"color", std::string{"red"}}, {"electric", true}};

bool met(const std::string& name, Requirement requirement) {
  return satisfies(car, {{name, std::move(requirement)}});
}

TEST(Satisfies, NothingAskedIsMetByAnything) {
  EXPECT_TRUE(satisfies({}, {}));
  EXPECT_TRUE(satisfies(car, {}));
}

TEST(Satisfies, OneOfAList) {
  EXPECT_TRUE(met("seats", Values{4.0}));
  EXPECT_TRUE(met("color", Values{std::string{"blue"}, std::string{"red"}}));
  EXPECT_FALSE(met("color", Values{std::string{"blue"}}));
  EXPECT_FALSE(met("color", Values{}));
}

TEST(Satisfies, TypesAreNotMixed) {
  EXPECT_FALSE(met("electric", Values{1.0}));
  EXPECT_FALSE(met("seats", Values{std::string{"4"}}));
  EXPECT_TRUE(met("electric", Values{true}));
}

TEST(Satisfies, AnIntervalIncludesItsEnds) {
  EXPECT_TRUE(met("seats", Interval{4, std::nullopt}));
  EXPECT_TRUE(met("seats", Interval{std::nullopt, 4}));
  EXPECT_TRUE(met("seats", Interval{3, 5}));
  EXPECT_FALSE(met("seats", Interval{4.5, std::nullopt}));
  EXPECT_FALSE(met("seats", Interval{std::nullopt, 3.5}));
  EXPECT_FALSE(met("color", Interval{0, 10}));
}

TEST(Satisfies, AMissingAttributeMeetsNothing) {
  EXPECT_FALSE(met("wheels", Interval{0, 100}));
}

TEST(Satisfies, AllConditionsHaveToBeMet) {
  const Where both{{"seats", Interval{4, std::nullopt}}, {"color", Values{std::string{"blue"}}}};
  EXPECT_FALSE(satisfies(car, both));
}

}  // namespace
}  // namespace geomatch::model
