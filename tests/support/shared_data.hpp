#pragma once

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>

namespace geomatch::test {

/// The folder of real inputs, which lies beside the repository and is no part of it.
inline std::filesystem::path shared_data() {
  const char* given = std::getenv("GEOMATCH_SHARED_DATA");
  return given != nullptr ? given : GEOMATCH_SHARED_DATA;
}

/// The text of a file that gzip packed.
inline std::string unzipped(const std::filesystem::path& file) {
  const std::string command = "gzip -dc '" + file.string() + "'";
  const std::unique_ptr<FILE, int (*)(FILE*)> pipe{popen(command.c_str(), "r"), &pclose};
  if (!pipe) throw std::runtime_error("can't run gzip");
  std::string text;
  std::array<char, 65536> chunk{};
  while (const std::size_t got = std::fread(chunk.data(), 1, chunk.size(), pipe.get()))
    text.append(chunk.data(), got);
  return text;
}

/// Skips the test, saying so, where the file isn't there.
#define GEOMATCH_NEEDS_SHARED(name)                                                                  \
  if (!std::filesystem::exists(geomatch::test::shared_data() / (name))) {                            \
    GTEST_SKIP() << "no " << (geomatch::test::shared_data() / (name)) << ": real input is not here"; \
  }

}  // namespace geomatch::test
