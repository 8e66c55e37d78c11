#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "load/reply_cutter.hpp"

namespace geomatch::load {

/// Replies that a cutter found in a stream that came in pieces, and whether it is well afterwards.
struct Cut {
  std::vector<Reply> replies;  ///< without their bodies
  std::vector<std::string> bodies;
  bool wrong = false;
};

template <typename Cutter>
Cut cut(const std::vector<std::string_view>& pieces) {
  Cutter cutter;
  Cut found;
  for (const std::string_view piece : pieces) {
    // A copy, so that a view kept too long points to what is gone.
    const std::string copy{piece};
    std::string_view rest = copy;
    while (const auto reply = cutter.next(rest)) {
      found.replies.push_back(*reply);
      found.bodies.emplace_back(reply->body);
      found.replies.back().body = {};
    }
    if (cutter.wrong() != nullptr) {
      found.wrong = true;
      return found;
    }
    EXPECT_TRUE(rest.empty());
  }
  return found;
}

/// The same stream cut at every byte, at every two bytes, and byte by byte gives what `whole` gave.
template <typename Cutter>
void expect_same_in_pieces(std::string_view stream, const Cut& whole) {
  const auto expect_same = [&](const std::vector<std::string_view>& pieces) {
    const Cut found = cut<Cutter>(pieces);
    ASSERT_EQ(found.wrong, whole.wrong);
    ASSERT_EQ(found.replies.size(), whole.replies.size());
    for (std::size_t i = 0; i < whole.replies.size(); ++i) {
      EXPECT_EQ(found.replies[i].status, whole.replies[i].status);
      EXPECT_EQ(found.replies[i].bytes, whole.replies[i].bytes);
      EXPECT_EQ(found.replies[i].matches, whole.replies[i].matches);
      EXPECT_EQ(found.replies[i].closes, whole.replies[i].closes);
      EXPECT_TRUE(found.bodies[i].empty() || found.bodies[i] == whole.bodies[i]);
    }
  };
  for (std::size_t first = 0; first <= stream.size(); ++first) {
    expect_same({stream.substr(0, first), stream.substr(first)});
    for (std::size_t second = first; second <= stream.size(); ++second) {
      expect_same({stream.substr(0, first), stream.substr(first, second - first), stream.substr(second)});
    }
  }
  std::vector<std::string_view> bytes;
  for (std::size_t at = 0; at < stream.size(); ++at) bytes.push_back(stream.substr(at, 1));
  expect_same(bytes);
}

}  // namespace geomatch::load
