#pragma once

#include <filesystem>
#include <fstream>
#include <string>
#include <variant>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <geomatch/app/settings_parser.hpp>

namespace geomatch::app {

/// Parses settings from flags, an environment and a file of the test's own.
class SettingsFixture : public testing::Test {
 protected:
  SettingsFixture() = default;
  ~SettingsFixture() override { std::filesystem::remove(file_); }

  void in_file(const std::string& text) { std::ofstream(file_) << text; }
  void in_environment(const std::string& entry) { environment_.push_back(entry); }

  std::variant<Settings, EarlyExit> parse(std::vector<std::string> flags) {
    flags.insert(flags.begin(), "geomatch");
    if (std::filesystem::exists(file_)) {
      flags.push_back("--config=" + file_);
    }
    const auto argv = pointers(flags);
    return parse_settings(static_cast<int>(flags.size()), argv.data(), pointers(environment_).data());
  }

  Settings settings(const std::vector<std::string>& flags = {}) {
    const auto parsed = parse(flags);
    const auto* const early = std::get_if<EarlyExit>(&parsed);
    EXPECT_EQ(early, nullptr) << early->err;
    return early == nullptr ? std::get<Settings>(parsed) : Settings{};
  }

  // The line on standard error; that it is one, and the status, are checked here.
  std::string error(const std::vector<std::string>& flags = {}) {
    const auto parsed = parse(flags);
    const auto* const early = std::get_if<EarlyExit>(&parsed);
    if (early == nullptr) {
      return "no error";
    }
    EXPECT_EQ(early->status, 2);
    EXPECT_EQ(early->out, "");
    EXPECT_THAT(early->err, testing::StartsWith("geomatch: "));
    EXPECT_EQ(early->err.find('\n'), early->err.size() - 1) << early->err;
    return early->err;
  }

  const std::string& file() const { return file_; }

 private:
  static std::vector<const char*> pointers(const std::vector<std::string>& texts) {
    std::vector<const char*> pointers;
    pointers.reserve(texts.size() + 1);
    for (const auto& text : texts) {
      pointers.push_back(text.c_str());
    }
    pointers.push_back(nullptr);
    return pointers;
  }

  // ctest runs each test in a process of its own.
  const std::string file_ = testing::TempDir() + "settings_" + std::to_string(getpid()) + ".toml";
  std::vector<std::string> environment_{"PATH=/bin", "no equals sign"};
};

}  // namespace geomatch::app
