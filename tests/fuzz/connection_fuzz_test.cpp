// What the fuzzer has kept, and bent versions of it: everywhere, and without the fuzzer.
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "fuzzed_server.hpp"
#include "support/scale.hpp"
#include "support/seed.hpp"

namespace geomatch::fuzz {
namespace {

std::vector<std::string> corpus() {
  std::vector<std::string> inputs;
  for (const auto& file : std::filesystem::directory_iterator{GEOMATCH_FUZZ_CORPUS}) {
    std::ostringstream input;
    input << std::ifstream{file.path(), std::ios::binary}.rdbuf();
    inputs.push_back(input.str());
  }
  return inputs;
}

std::string bent(std::string input, const std::vector<std::string>& inputs, std::mt19937_64& random) {
  const auto somewhere = [&] { return random() % (input.size() + 1); };
  for (std::size_t times = 1 + random() % 4; times != 0; --times) {
    const std::string& other = inputs[random() % inputs.size()];
    switch (random() % 5) {
      case 0:
        if (!input.empty()) input[random() % input.size()] = static_cast<char>(random());
        break;
      case 1:
        input.insert(somewhere(), 1 + random() % 3000, static_cast<char>(random()));
        break;
      case 2:
        input.erase(somewhere(), random() % 40);
        break;
      case 3:
        input.insert(somewhere(), other.substr(std::min<std::size_t>(other.size(), 4)));
        break;
      default:
        input.insert(somewhere(), other.substr(random() % (other.size() + 1), random() % 60));
    }
  }
  return input;
}

TEST(ConnectionFuzzTest, TheCorpusIsServed) {
  const auto inputs = corpus();
  ASSERT_GT(inputs.size(), 10U);
  for (const std::string& input : inputs) ASSERT_NO_THROW(serve(input)) << input;
}

TEST(ConnectionFuzzTest, BentInputsAreServed) {
  const auto inputs = corpus();
  std::mt19937_64 random{test::seed()};
  for (std::size_t i = 0; i < test::scaled(5'000); ++i) {
    const std::string input = bent(inputs[random() % inputs.size()], inputs, random);
    ASSERT_NO_THROW(serve(input)) << input;
  }
}

}  // namespace
}  // namespace geomatch::fuzz
