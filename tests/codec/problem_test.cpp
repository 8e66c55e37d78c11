#include <vector>

#include <gtest/gtest.h>

#include <geomatch/codec/problem.hpp>

namespace geomatch::codec {
namespace {

TEST(Problem, WhatIsEmptyIsLeftOut) {
  EXPECT_EQ(encode_problem({.title = "Not Found", .status = 404}),
            R"({"type":"about:blank","title":"Not Found","status":404})");
  EXPECT_EQ(encode_problem({.title = "Not Found", .status = 404, .detail = "No entity \"a\"."}),
            R"({"type":"about:blank","title":"Not Found","status":404,"detail":"No entity \"a\"."})");
}

TEST(Problem, ErrorsOfAQueryAreFoundByTheirParameter) {
  const std::vector<MemberError> errors{{"lat", "must be a number"}};
  EXPECT_EQ(encode_problem(
                {.title = "Bad Request", .status = 400, .errors = errors, .errors_locator = "parameter"}),
            R"({"type":"about:blank","title":"Bad Request","status":400,)"
            R"("errors":[{"parameter":"lat","detail":"must be a number"}]})");
}

TEST(Problem, WhateverIsRepeatedTheResultIsJson) {
  const std::vector<MemberError> errors{{"\xFF\"\n", "\x80 must not be"}};
  EXPECT_EQ(encode_problem({.title = "Bad", .status = 400, .detail = "a\xC3", .errors = errors}),
            "{\"type\":\"about:blank\",\"title\":\"Bad\",\"status\":400,\"detail\":\"a\uFFFD\","
            "\"errors\":[{\"pointer\":\"\uFFFD\\\"\\n\",\"detail\":\"\uFFFD must not be\"}]}");
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
