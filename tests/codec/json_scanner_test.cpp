#include "../../src/codec/json_scanner.hpp"

#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace geomatch::codec {
namespace {

// Whether all of `text` is JSON, skipped as one value.
bool skips(std::string_view text) {
  JsonScanner in{text};
  in.skip();
  return in.finished();
}

// The text that a JSON string means; "FAILED" if it is none.
std::string meaning(const std::string& json) {
  JsonScanner in{json};
  EXPECT_EQ(in.peek(), '"');
  const std::string text{in.text()};
  return in.finished() ? text : "FAILED";
}

TEST(JsonScanner, LeadsThroughAnObject) {
  JsonScanner in{R"( {"a" : 1.5, "b":"x","c":[ true , null,[]],"d":{},"\u0065":{"f":[{}]} } )"};
  ASSERT_EQ(in.peek(), '{');
  in.begin_object();
  ASSERT_TRUE(in.next_member());
  EXPECT_EQ(in.name(), "a");
  ASSERT_TRUE(in.at_number());
  EXPECT_EQ(in.number(), 1.5);
  ASSERT_TRUE(in.next_member());
  EXPECT_EQ(in.name(), "b");
  ASSERT_EQ(in.peek(), '"');
  EXPECT_EQ(in.text(), "x");
  ASSERT_TRUE(in.next_member());
  ASSERT_EQ(in.peek(), '[');
  in.begin_array();
  ASSERT_TRUE(in.next_element());
  ASSERT_EQ(in.peek(), 't');
  EXPECT_TRUE(in.boolean());
  ASSERT_TRUE(in.next_element());
  in.skip();
  ASSERT_TRUE(in.next_element());
  in.skip();
  EXPECT_FALSE(in.next_element());
  ASSERT_TRUE(in.next_member());
  ASSERT_EQ(in.peek(), '{');
  in.begin_object();
  EXPECT_FALSE(in.next_member());
  ASSERT_TRUE(in.next_member());
  EXPECT_EQ(in.name(), "e");
  in.skip();
  EXPECT_FALSE(in.next_member());
  EXPECT_TRUE(in.finished());
}

TEST(JsonScanner, SkipsWhateverIsJson) {
  for (const auto* text : {"null", " true ", "false", "-1.5e3", R"("a\n")", "[]", "{}", "[[],{}]",
                           R"([1,"a",{"b":[null]},[[]]])", R"({"a":{"b":{}},"a":[{"c":1},2]})",
                           "\xEF\xBB\xBF{}", "\t\r\n [ ] "}) {
    EXPECT_TRUE(skips(text)) << text;
  }
}

TEST(JsonScanner, WhatIsNotJsonFails) {
  for (const std::string text : {"",
                                 " ",
                                 "{",
                                 "[",
                                 "}",
                                 "]",
                                 "[1,]",
                                 "[,1]",
                                 "[1 2]",
                                 "[1,,2]",
                                 R"({"a"})",
                                 R"({"a":})",
                                 R"({"a":1,})",
                                 R"({,"a":1})",
                                 R"({"a" 1})",
                                 R"({"a":1 "b":2})",
                                 "{1:2}",
                                 R"({a:1})",
                                 "[}",
                                 "{]",
                                 "[1}",
                                 R"({"a":1])",
                                 "1 2",
                                 "[] []",
                                 "nul",
                                 "nulll",
                                 "True",
                                 "'a'",
                                 "\"a",
                                 "\"a\\\"",
                                 "01",
                                 "+1",
                                 ".5",
                                 "1.",
                                 "1e",
                                 "-",
                                 "1e400",
                                 "\v1",
                                 "\xEF\xBB{}",
                                 "{}\xEF\xBB\xBF",
                                 "[1]]",
                                 "/**/1",
                                 "NaN"}) {
    EXPECT_FALSE(skips(text)) << text;
  }
  EXPECT_FALSE(skips(std::string_view{"{}\0", 3}));
  EXPECT_FALSE(skips(std::string_view{"\0", 1}));
}

TEST(JsonScanner, StringsMeanWhatTheirEscapesSay) {
  EXPECT_EQ(meaning(R"("")"), "");
  EXPECT_EQ(meaning(R"("\"\\\/\b\f\n\r\t")"), "\"\\/\b\f\n\r\t");
  EXPECT_EQ(meaning(R"("a\u0041\u00e9\u4E0A\uD83D\uDE95z")"), "aAé上\U0001F695z");
  EXPECT_EQ(meaning(R"("\u0000")"), (std::string{"\0", 1}));
  EXPECT_EQ(meaning(R"("\uFFFF\u007f")"), "\uFFFF\x7f");
  for (const auto* wrong :
       {R"("\x")", R"("\u12")", R"("\u12g4")", R"("\u-123")", R"("\u+123")", R"("\ud83d")", R"("\ude95")",
        R"("\ud83d\n")", R"("\ud83dxxxxxx")", R"("\ud83d\u0041")", R"("\)"}) {
    EXPECT_EQ(meaning(wrong), "FAILED") << wrong;
  }
}

// Where in a word of eight it stands, and whether it is the last one, makes no difference.
TEST(JsonScanner, StringsAreCheckedAtEveryByte) {
  for (std::size_t before = 0; before < 20; ++before) {
    for (std::size_t behind = 0; behind < 20; ++behind) {
      const auto with = [&](std::string_view piece) {
        return meaning('"' + std::string(before, 'x') + std::string{piece} + std::string(behind, 'y') + '"');
      };
      const auto made = [&](std::string_view piece) {
        return std::string(before, 'x') + std::string{piece} + std::string(behind, 'y');
      };
      for (const auto* good : {"", "é", "上", "\U0001F695", "\x7f", "~", " "})
        ASSERT_EQ(with(good), made(good));
      ASSERT_EQ(with(R"(\\)"), made("\\"));
      for (const auto* bad :
           {"\x01", "\n", "\x1f", "\x80", "\xc3", "\xc0\x80", "\xed\xa0\x80", "\xf5\x80\x80\x80"}) {
        ASSERT_EQ(with(bad), "FAILED") << before << ' ' << behind << ' ' << testing::PrintToString(bad);
      }
    }
  }
}

TEST(JsonScanner, ViewsHoldWhileOthersFollow) {
  JsonScanner in{R"(["\u0061 first text that is long enough", "plain", "\u0062 second text, just as long"])"};
  in.begin_array();
  std::vector<std::string_view> texts;
  while (in.next_element()) {
    ASSERT_EQ(in.peek(), '"');
    texts.push_back(in.text());
  }
  EXPECT_TRUE(in.finished());
  EXPECT_EQ(texts, (std::vector<std::string_view>{"a first text that is long enough", "plain",
                                                  "b second text, just as long"}));
}

TEST(JsonScanner, LoopsEndWhereItFails) {
  JsonScanner in{R"({"a":[1,2 3],"b":4})"};
  in.begin_object();
  ASSERT_TRUE(in.next_member());
  in.begin_array();
  int elements = 0;
  for (; in.next_element(); ++elements) in.skip();
  EXPECT_EQ(elements, 2);
  EXPECT_FALSE(in.next_member());
  EXPECT_EQ(in.peek(), '\0');
  EXPECT_FALSE(in.finished());
  EXPECT_EQ(in.taken(), 10U);
}

TEST(JsonScanner, NestingTakesNoStack) {
  constexpr std::size_t depth = 1'000'000;
  const std::string open(depth, '[');
  const std::string close(depth, ']');
  EXPECT_TRUE(skips(open + close));
  EXPECT_FALSE(skips(open));
  EXPECT_FALSE(skips(open + close + ']'));
  EXPECT_FALSE(skips(open + '}' + close));
}

TEST(JsonScanner, KnowsAtEveryDepthWhatIsToBeClosed) {
  std::string open;
  std::string close;
  for (std::size_t depth = 1; depth < 200; ++depth) {
    const bool object = depth % 3 == 0;
    open += object ? R"({"a":)" : "[";
    close.insert(0, object ? "}" : "]");
    EXPECT_TRUE(skips(open + "1" + close)) << depth;
    for (const std::size_t wrong : {std::size_t{0}, depth / 2, depth - 1}) {
      auto other = close;
      other[wrong] = other[wrong] == '}' ? ']' : '}';
      EXPECT_FALSE(skips(open + "1" + other)) << depth;
    }
  }
}

}  // namespace
}  // namespace geomatch::codec
