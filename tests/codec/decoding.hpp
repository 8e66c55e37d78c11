#pragma once

#include <ostream>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <gtest/gtest.h>

#include <geomatch/codec/decode_error.hpp>
#include <geomatch/codec/decode_limits.hpp>
#include <geomatch/codec/post.hpp>
#include <geomatch/codec/post_decoder.hpp>
#include <geomatch/model/time.hpp>

namespace geomatch::codec {

/// For GoogleTest's messages.
inline std::ostream& operator<<(std::ostream& out, const MemberError& error) {
  return out << '"' << error.pointer << "\": " << error.detail;
}

}  // namespace geomatch::codec

/// What the tests of posts have in common.
namespace geomatch::codec::decoding {

/// 2024-01-01T00:00:00Z, when every body of the tests arrives.
inline constexpr model::TimePoint received_at{model::Milliseconds{1'704'067'200'000}};

[[nodiscard]] inline std::variant<Post, DecodeError> decode(std::string_view body,
                                                            const DecodeLimits& limits = {}) {
  Post post;
  if (auto error = decode_post(body, received_at, limits, post)) {
    return std::move(*error);
  }
  return post;
}

/// A good body with `members` besides the required ones.
[[nodiscard]] inline std::string body_with(std::string_view members) {
  return R"({"id":"a","lat":1,"lon":2,)" + std::string{members} + "}";
}

/// The post that a good body means; an empty one, and a failed test, if it is refused.
[[nodiscard]] inline Post accepted(std::string_view body, const DecodeLimits& limits = {}) {
  auto result = decode(body, limits);
  if (const auto* error = std::get_if<DecodeError>(&result)) {
    ADD_FAILURE() << body << " was refused: " << error->detail << ' '
                  << testing::PrintToString(error->members);
    return {};
  }
  return std::get<Post>(std::move(result));
}

/// What is wrong with the members of a body; none, and a failed test, if it isn't refused for its members.
[[nodiscard]] inline std::vector<MemberError> errors_of(std::string_view body,
                                                        const DecodeLimits& limits = {}) {
  auto result = decode(body, limits);
  auto* error = std::get_if<DecodeError>(&result);
  if (error == nullptr || error->kind != DecodeError::Kind::not_a_location) {
    ADD_FAILURE() << body << (error == nullptr ? " was accepted" : " is no JSON");
    return {};
  }
  return std::move(error->members);
}

[[nodiscard]] inline std::vector<std::string> pointers_of(std::string_view body,
                                                          const DecodeLimits& limits = {}) {
  std::vector<std::string> pointers;
  for (auto& error : errors_of(body, limits)) {
    pointers.push_back(std::move(error.pointer));
  }
  return pointers;
}

/// Expects that `members`, put beside good required ones, are refused for the one member at `pointer`.
inline void expect_refused(std::string_view members, std::string_view pointer,
                           const DecodeLimits& limits = {}) {
  EXPECT_EQ(pointers_of(body_with(members), limits), std::vector{std::string{pointer}}) << members;
}

/// Expects that `"name":value` is refused for every one of `values`, JSON texts.
inline void expect_each_refused(std::string_view name, const std::vector<std::string>& values) {
  for (const auto& value : values) {
    expect_refused('"' + std::string{name} + "\":" + value, '/' + std::string{name});
  }
}

}  // namespace geomatch::codec::decoding
