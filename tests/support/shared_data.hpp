#pragma once

#include <cstdlib>
#include <filesystem>
#include <string>

#include "support/command_output.hpp"

namespace geomatch::test {

/// The folder of real inputs, which lies beside the repository and is no part of it.
inline std::filesystem::path shared_data() {
  const char* given = std::getenv("GEOMATCH_SHARED_DATA");
  return given != nullptr ? given : GEOMATCH_SHARED_DATA;
}

/// The text of a file that gzip packed.
inline std::string unzipped(const std::filesystem::path& file) {
  return command_output("gzip -dc '" + file.string() + "'");
}

/// Skips the test, saying so, where the file isn't there.
#define GEOMATCH_NEEDS_SHARED(name)                                                                  \
  if (!std::filesystem::exists(geomatch::test::shared_data() / (name))) {                            \
    GTEST_SKIP() << "no " << (geomatch::test::shared_data() / (name)) << ": real input is not here"; \
  }

}  // namespace geomatch::test
