#pragma once

#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <random>
#include <string>

namespace geomatch::test {

/// The seed of a random test: GEOMATCH_TEST_SEED if set, else a new one. Printed, so that a failure can be
/// rerun.
inline std::uint64_t seed() {
  const char* given = std::getenv("GEOMATCH_TEST_SEED");
  const std::uint64_t value = given != nullptr ? std::stoull(given) : std::random_device{}();
  std::cout << "rerun with GEOMATCH_TEST_SEED=" << value << '\n';
  return value;
}

}  // namespace geomatch::test
