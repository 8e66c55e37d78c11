#pragma once

#include <cstdint>
#include <cstdlib>
#include <initializer_list>
#include <random>
#include <string>
#include <string_view>

namespace geomatch::codec {

/// Random input for property tests. Its seed is new in every run unless GEOMATCH_TEST_SEED gives it.
class RandomSource {
 public:
  RandomSource() : seed_(choose_seed()), engine_(seed_) {}

  /// For the message of a failure: how to have the same input again.
  [[nodiscard]] std::string rerun() const { return "GEOMATCH_TEST_SEED=" + std::to_string(seed_); }

  [[nodiscard]] std::int64_t integer(std::int64_t least, std::int64_t most) {
    return std::uniform_int_distribution<std::int64_t>{least, most}(engine_);
  }
  [[nodiscard]] std::size_t below(std::size_t end) {
    return std::uniform_int_distribution<std::size_t>{0, end - 1}(engine_);
  }
  [[nodiscard]] bool flip() { return below(2) == 0; }
  [[nodiscard]] double real(double least, double most) {
    return std::uniform_real_distribution<double>{least, most}(engine_);
  }
  template <class T>
  [[nodiscard]] T one_of(std::initializer_list<T> choices) {
    return *(choices.begin() + below(choices.size()));
  }

 private:
  [[nodiscard]] static std::uint64_t choose_seed() {
    const char* given = std::getenv("GEOMATCH_TEST_SEED");
    return given != nullptr ? std::strtoull(given, nullptr, 10) : std::random_device{}();
  }

  std::uint64_t seed_;
  std::mt19937_64 engine_;
};

}  // namespace geomatch::codec
