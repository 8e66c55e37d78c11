#include "../../src/codec/json_number.hpp"

#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <string>
#include <string_view>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "random_source.hpp"
#include "support/scale.hpp"

namespace geomatch::codec {
namespace {

// Both readers' verdicts and, to the last bit, both their values.
void expect_agreement_on_number(const std::string& text) {
  JsonNumber number;
  const char* const end = text.data() + text.size();
  const bool read = read_json_number(text.data(), end, number) == end;
  const auto expected = nlohmann::json::parse(text, nullptr, false);
  ASSERT_EQ(read, !expected.is_discarded()) << text;
  if (read) {
    ASSERT_EQ(std::bit_cast<std::uint64_t>(number.value),
              std::bit_cast<std::uint64_t>(expected.get<double>()))
        << text << " read as " << number.value;
  }
}

std::string printed(double number, int digits, char how) {
  std::array<char, 512> text;
  const char format[] = {'%', '.', '*', how, '\0'};
  std::snprintf(text.data(), text.size(), format, digits, number);
  return text.data();
}

double any_finite_double(RandomSource& random) {
  for (;;) {
    const auto number = std::bit_cast<double>(
        random.integer(std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max()));
    if (std::isfinite(number)) return number;
  }
}

TEST(JsonNumber, OddOnes) {
  for (const char* text : {"0",
                           "-0",
                           "-0.0",
                           "-0e0",
                           "0.0",
                           "-",
                           "01",
                           "-01",
                           "00",
                           "1.",
                           "-.5",
                           "1e",
                           "1e+",
                           "1e-",
                           "1.e1",
                           "1e1.5",
                           "0e999999999999999999999",
                           "0.0e-999999999999999999999",
                           "1e400",
                           "-1e400",
                           "1e-400",
                           "-1e-400",
                           "1e999999999999999999999",
                           "1e-999999999999999999999",
                           "0.0000001e-99999999999999999999",
                           "4.9e-324",
                           "2.4703282292062327e-324",
                           "2.4703282292062328e-324",
                           "2.2250738585072011e-308",
                           "2.2250738585072014e-308",
                           "1.7976931348623157e308",
                           "1.7976931348623158e308",
                           "1.7976931348623159e308",
                           "17976931348623157e292",
                           "9007199254740991",
                           "9007199254740992",
                           "9007199254740993",
                           "-9007199254740993",
                           "9007199254740995",
                           "9007199254740993.0",
                           "900719925474099.3",
                           "18446744073709551615",
                           "18446744073709551616",
                           "-9223372036854775808",
                           "-9223372036854775809",
                           "9999999999999999999",
                           "10000000000000000000",
                           "99999999999999999999",
                           "0.1",
                           "0.3",
                           "1e22",
                           "1e23",
                           "123456789012345678901234567890",
                           "0.00000000000000000000001",
                           "0.0000000000000000000001",
                           "1.000000000000000000000000000000000001",
                           "100000000000000000000000000000000000000000000000000.5",
                           "0.1e1",
                           "1E1",
                           "1E+1",
                           "12345678",
                           "123456789",
                           "0.12345678",
                           "0.123456789",
                           "0.1234567812345678",
                           "0.12345678123456789"}) {
    expect_agreement_on_number(text);
  }
  expect_agreement_on_number(std::string(400, '9'));
  expect_agreement_on_number("-" + std::string(308, '9'));
  expect_agreement_on_number("0." + std::string(400, '0') + "1");
  expect_agreement_on_number("0." + std::string(400, '0') + "1e400");
  expect_agreement_on_number("1" + std::string(400, '0') + "e-400");
  expect_agreement_on_number("1" + std::string(70'000, '0') + "e-70000");
}

TEST(JsonNumber, EndsWhereTheNumberEnds) {
  for (const std::string number :
       {"7", "-7", "31.2306412", "31.230641212345678", "1e5", "12345678901234567890"}) {
    for (const char* rest : {",", "}", "]", " ", "", ",\"lat\":12345678", "x", "\xC3", "/:"}) {
      const auto text = number + rest;
      JsonNumber read;
      EXPECT_EQ(read_json_number(text.data(), text.data() + text.size(), read), text.data() + number.size())
          << text;
      EXPECT_EQ(read.value, std::strtod(number.c_str(), nullptr)) << text;
    }
  }
}

TEST(JsonNumber, DoublesInOneTo25Digits) {
  RandomSource random;
  SCOPED_TRACE(random.rerun());
  for (std::size_t i = 0; i < test::scaled(100'000) && !testing::Test::HasFatalFailure(); ++i) {
    const int digits = static_cast<int>(random.below(25));
    expect_agreement_on_number(printed(any_finite_double(random), digits, 'e'));
    expect_agreement_on_number(printed(random.real(-180, 180), digits, 'f'));
    expect_agreement_on_number(printed(random.real(0, 2e12), digits, 'g'));
  }
}

TEST(JsonNumber, HalfwayBetweenTwoDoubles) {
  RandomSource random;
  SCOPED_TRACE(random.rerun());
  for (std::size_t i = 0; i < test::scaled(20'000) && !testing::Test::HasFatalFailure(); ++i) {
    // A long double of 64 bits has the point between two doubles; where it hasn't, this is a number like any.
    const auto number = random.real(1e-3, 1e15);
    const auto halfway = (static_cast<long double>(number) + std::nextafter(number, 1e300)) / 2;
    std::array<char, 128> text;
    std::snprintf(text.data(), text.size(), "%.60Lf", halfway);
    for (const char* tail : {"", "1"}) expect_agreement_on_number(std::string{text.data()} + tail);
  }
}

TEST(JsonNumber, AnyDigitsAndExponent) {
  RandomSource random;
  SCOPED_TRACE(random.rerun());
  constexpr std::string_view alphabet = "0123456789012345678900000999.eE+-";
  for (std::size_t i = 0; i < test::scaled(200'000) && !testing::Test::HasFatalFailure(); ++i) {
    std::string text = random.flip() ? "-" : std::to_string(random.below(10));
    for (auto left = random.below(24); left > 0; --left) text += alphabet[random.below(alphabet.size())];
    expect_agreement_on_number(text);
  }
}

TEST(JsonNumber, KnowsIntegersThatDoublesHaveGapsAt) {
  const auto exact = [](const std::string& text) {
    JsonNumber number;
    EXPECT_NE(read_json_number(text.data(), text.data() + text.size(), number), nullptr);
    return number.exact;
  };
  EXPECT_TRUE(exact("9007199254740992"));
  EXPECT_TRUE(exact("-9007199254740992"));
  EXPECT_FALSE(exact("9007199254740993")) << "rounds to 2^53";
  EXPECT_FALSE(exact("9007199254740994"));
  EXPECT_FALSE(exact("-9007199254740993"));
  EXPECT_FALSE(exact("36893488147419103232")) << "its digits, modulo 2^64, are 0";
  EXPECT_FALSE(exact("-123456789012345678901234567890"));
  EXPECT_TRUE(exact("1e300"));
  EXPECT_TRUE(exact("12345678901234567890.5"));
}

}  // namespace
}  // namespace geomatch::codec
