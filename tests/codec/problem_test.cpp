#include <vector>

#include <gtest/gtest.h>

#include <geomatch/codec/problem.hpp>

namespace geomatch::codec {
namespace {

TEST(Problem, WithoutOutcomeAndErrors) {
  const Problem problem{
      .title = "Not Found", .status = 404, .detail = "No entity \"a\".", .outcome = {}, .errors = {}};
  EXPECT_EQ(encode_problem(problem),
            R"({"type":"about:blank","title":"Not Found","status":404,"detail":"No entity \"a\"."})");
}

TEST(Problem, WithEverything) {
  const std::vector<MemberError> errors{{"/lat", "must be a number"}, {"", "must be an object"}};
  const Problem problem{.type = "https://example.org/p",
                        .title = "Unprocessable Content",
                        .status = 422,
                        .detail = "No location.",
                        .outcome = "not_published",
                        .errors = errors};
  EXPECT_EQ(encode_problem(problem),
            R"({"type":"https://example.org/p","title":"Unprocessable Content","status":422,)"
            R"("detail":"No location.","outcome":"not_published",)"
            R"("errors":[{"pointer":"/lat","detail":"must be a number"},)"
            R"({"pointer":"","detail":"must be an object"}]})");
}

}  // namespace
}  // namespace geomatch::codec
