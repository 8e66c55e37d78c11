#include "json_cursor.hpp"

#include <limits>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "random_source.hpp"
#include "support/scale.hpp"

namespace geomatch::codec {
namespace {

// What `write` writes behind a value, with exactly `room` for it.
template <class Write>
std::string behind_a_value(std::size_t room, const Write& write) {
  constexpr char untouched = '\x7F';
  constexpr std::size_t guard = 64;
  std::vector<char> memory(room + guard, untouched);
  const JsonCursor end = write(JsonCursor{memory.data(), true});
  EXPECT_EQ(std::string(memory.begin() + static_cast<std::ptrdiff_t>(room), memory.end()),
            std::string(guard, untouched))
      << "more was written than there is room for";
  return {memory.data(), end.at()};
}

std::string text_written(const std::string& text) {
  return behind_a_value(JsonCursor::text_bytes(text.size()), [&](JsonCursor at) { return at.value(text); });
}

TEST(JsonCursor, KnowsWhereACommaBelongs) {
  const auto members = [](JsonCursor at) {
    return at.begin_object().key("a").value("x").key("b").begin_array().end_array().end_object();
  };
  EXPECT_EQ(behind_a_value(64, members), R"(,{"a":"x","b":[]})");
}

TEST(JsonCursor, BracketsAndKeysTakeWhatTheySay) {
  EXPECT_EQ(behind_a_value(JsonCursor::bracket_bytes, [](JsonCursor at) { return at.begin_object(); }), ",{");
  EXPECT_EQ(behind_a_value(JsonCursor::key_bytes("name"), [](JsonCursor at) { return at.key("name"); }),
            R"(,"name":)");
}

TEST(JsonCursor, NumbersTakeNoMoreThanTheySay) {
  RandomSource random;
  SCOPED_TRACE(random.rerun());
  using Limits = std::numeric_limits<std::int64_t>;
  std::vector<std::int64_t> numbers{Limits::min(), Limits::max(), 0, 9'999, 10'000, 99'999'999, 100'000'000};
  for (int i = 0; i < 10'000; ++i) {
    numbers.push_back(random.integer(-Limits::max(), Limits::max()) >> random.below(63));
  }
  for (const std::int64_t number : numbers) {
    ASSERT_EQ(
        behind_a_value(JsonCursor::number_bytes, [&](JsonCursor at) { return at.value(number); }).substr(1),
        std::to_string(number));
    const auto fixed = [&](JsonCursor at) { return at.fixed<8>(number); };
    ASSERT_LE(behind_a_value(JsonCursor::number_bytes, fixed).size(), JsonCursor::number_bytes);
  }
}

// Of each length, plain and with something to be escaped at each place.
TEST(JsonCursor, TextsOfEachLengthTakeNoMoreThanTheySay) {
  for (std::size_t size = 0; size < 40; ++size) {
    std::string text;
    for (std::size_t i = 0; i < size; ++i) text += static_cast<char>('a' + i % 26);
    const auto plain = [&](JsonCursor at) {
      EXPECT_TRUE(at.try_plain(text));
      return at;
    };
    ASSERT_EQ(behind_a_value(JsonCursor::plain_text_bytes(size), plain), ",\"" + text + '"');
    ASSERT_EQ(text_written(text), ",\"" + text + '"');
    for (std::size_t i = 0; i < size; ++i) {
      for (const std::string_view odd : {"\"", "\\", "\n", "\x1f"}) {
        std::string with_odd = text;
        with_odd.replace(i, 1, odd);
        const auto refused = [&](JsonCursor at) {
          EXPECT_FALSE(at.try_plain(with_odd));
          return at;
        };
        ASSERT_EQ(behind_a_value(JsonCursor::plain_text_bytes(size), refused), "");
        const std::string escape = odd == "\n" ? "\\n" : odd == "\x1f" ? "\\u001f" : "\\" + std::string{odd};
        ASSERT_EQ(text_written(with_odd), ",\"" + text.substr(0, i) + escape + text.substr(i + 1) + '"');
      }
    }
    ASSERT_EQ(text_written(std::string(size, '\x01')).size(), 3 + 6 * size);
  }
}

}  // namespace
}  // namespace geomatch::codec
