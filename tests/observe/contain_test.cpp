#include <stdexcept>

#include <gtest/gtest.h>

#include <geomatch/observe/contain.hpp>

namespace geomatch::observe {
namespace {

TEST(Contain, CountsWhatIsThrownAndGoesOn) {
  const std::uint64_t before = reported_exceptions();
  EXPECT_TRUE(contain("the test", [] {}));
  EXPECT_EQ(reported_exceptions(), before);
  EXPECT_FALSE(contain("the test", [] { throw std::runtime_error("on purpose"); }));
  EXPECT_FALSE(contain("the test", [] { throw 42; }));
  EXPECT_EQ(reported_exceptions(), before + 2);
}

}  // namespace
}  // namespace geomatch::observe
