#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace geomatch::test {

/// A post of real input.
struct RealPost {
  std::string id;
  std::string body;
};

/// What one connection posts, one after another.
using Script = std::vector<RealPost>;

/// The April pick-ups as riders and the two cab tracks as drivers, without their old timestamps, dealt out to
/// `connections`. Every `stride`-th of them. The entities of a connection have a role of their own and seek
/// it, so that an answer depends on what that connection has posted and on nothing else, however the others
/// get on.
std::vector<Script> real_posts(std::size_t connections, std::size_t stride);

}  // namespace geomatch::test
