#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "random_source.hpp"

namespace geomatch::codec {

/// Bodies as phones send them, or nearly: members in any order, some unknown, some wrong, some twice, with
/// spaces and escapes. Most of them are JSON.
class RandomBody {
 public:
  explicit RandomBody(RandomSource& random) noexcept : random_(random) {}

  [[nodiscard]] std::string make() {
    std::vector<std::string> names =
        rare(10) ? std::vector<std::string>{} : std::vector<std::string>{"id", "lat", "lon"};
    for (auto left = random_.below(8); left > 0; --left) names.push_back(name());
    for (auto left = rare(50) ? random_.below(60) : 0; left > 0; --left) {
      names.push_back("other_" + std::to_string(random_.below(50)));
    }
    for (auto i = names.size(); i > 1; --i) std::swap(names[i - 1], names[random_.below(i)]);
    const auto one_in = random_.one_of<std::size_t>({3, 10, 100});
    const auto body =
        object(names, [&](const std::string& which) { return rare(one_in) ? value(3) : good(which); });
    return rare(50) ? "\xEF\xBB\xBF" + body + space() : body;
  }

  /// One small change anywhere.
  void mutate(std::string& text) {
    if (text.empty()) return;
    const auto at = random_.below(text.size());
    switch (random_.below(5)) {
      case 0:
        text[at] = static_cast<char>(random_.below(256));
        break;
      case 1:
        text.erase(at, 1 + random_.below(4));
        break;
      case 2:
        text.insert(at, random_.one_of<std::string_view>(
                            {"{",  "}",       "[",    "]", ",",    ":",          "\"",           "\\u",
                             "0",  "-",       "e999", ".", "null", "\"lat\":1,", "\xef\xbb\xbf", " ",
                             "/*", "\\ud800", "e",    "9"}));
        break;
      case 3:
        text.insert(at, std::string{text.substr(random_.below(text.size()), random_.below(20))});
        break;
      default:
        text.resize(at + 1);
        break;
    }
  }

 private:
  using Text = std::string_view;

  [[nodiscard]] bool rare(std::size_t one_in) { return random_.below(one_in) == 0; }

  [[nodiscard]] std::string name() {
    return std::string{
        random_.one_of<Text>({"uuid",       "accuracy",   "altitude",
                              "speed",      "heading",    "role",
                              "ttl_s",      "attributes", "timestamp",
                              "seek",       "radius_m",   "limit",
                              "max_age_s",  "where",      "received_at",
                              "x",          "",           "\\u0069d",
                              "l\\u0061t",  "battery",    "app_version",
                              "timestamp2", "min",        "max",
                              "a/b",        "a~b",        "i",
                              "Lat",        "id",         "\\n",
                              "é",          "id\\u0000",  "a long name that no table of members has"})};
  }

  [[nodiscard]] std::string good(Text name) {
    if (name == "id" || name == "role" || name == "seek" || name == "uuid") {
      return std::string{random_.one_of<Text>({R"("a")", R"("driver-12345")", R"("rider")", R"("上海")",
                                               R"("\u00e9\/x")", R"("7c9e6679-7425-40de")"})};
    }
    if (name == "timestamp" || name == "received_at") {
      return std::string{random_.one_of<Text>(
          {"1704067200000", "0", "1704067199999.9", "1.7040672E12", R"("2024-01-01T00:00:00Z")",
           R"("2023-12-31T23:59:58.25+01:00")", "1704067200.5", R"("1999-12-31T23:59:59Z")"})};
    }
    if (name == "attributes") {
      return std::string{
          random_.one_of<Text>({"{}", R"({"seats":4,"pets":true,"color":"red"})", R"({"a":-0.0})",
                                R"({"a":9007199254740993})", R"({"a":null})", R"({"a":1,"a":2})"})};
    }
    if (name == "where") {
      return std::string{random_.one_of<Text>({"{}", R"({"seats":{"min":2}})", R"({"c":["red",1,true]})",
                                               R"({"p":true,"q":{"max":1,"min":3}})", R"({"p":{"x":1}})"})};
    }
    return std::string{
        random_.one_of<Text>({"5", "0", "-0.0", "0.5", "31.2306412", "-45", "1e1", "10", "10.0"})};
  }

  [[nodiscard]] std::string value(std::size_t depth) {
    switch (random_.below(depth > 0 ? 6 : 4)) {
      case 0:
        return number();
      case 1:
        return text();
      case 2:
        return std::string{random_.one_of<Text>({"true", "false", "null", "{}", "[]"})};
      case 3:
        return rare(10)
                   ? std::string{random_.one_of<Text>({"tru", "nul", "True", "{", "]", "NaN", "+1", "'a'"})}
                   : number();
      case 4: {
        std::vector<std::string> names(rare(20) ? 15 + random_.below(4) : random_.below(5));
        std::ranges::generate(names,
                              [&] { return names.size() > 5 ? std::to_string(random_.below(99)) : name(); });
        return object(names, [&](const std::string&) { return value(depth - 1); });
      }
      default: {
        std::string list = "[";
        for (auto left = rare(20) ? 62 + random_.below(5) : random_.below(5); left > 0; --left) {
          list += space() + value(depth - 1) + space() + (left > 1 ? "," : "");
        }
        return list + "]";
      }
    }
  }

  [[nodiscard]] std::string number() {
    if (rare(5)) {
      return std::string{
          random_.one_of<Text>({"-0", "90.0000001", "180", "1e400", "1e-400", "01", "1.", ".5", "1e",
                                "18446744073709551616", "4.9e-324", "100", "360", "86400"})};
    }
    std::string made = std::to_string(random_.integer(INT64_MIN, INT64_MAX) >> random_.below(64));
    if (random_.flip()) made += '.' + std::to_string(random_.below(1'000'000'000));
    if (rare(5)) made += (random_.flip() ? "e" : "E-") + std::to_string(random_.below(330));
    return made;
  }

  [[nodiscard]] std::string text() {
    if (rare(20)) {
      return std::string{
          random_.one_of<Text>({"\"\xc3\"", "\"\xed\xa0\x80\"", R"("\ud83d")", R"("\ude95")", R"("\x")",
                                "\"\t\"", "\"open", R"("\u12g4")", R"("\ud83dx")"})};
    }
    return std::string{random_.one_of<Text>(
        {R"("")", R"("a")", R"("\ud83d\ude95")", R"("a\nb")", R"("\u0000")", R"("\\\"")", "\"\x7f\"",
         "\"\xc2\x80\"", R"("yesterday")", R"("12345678901234567890123456789012")",
         R"("a text that is longer than thirty-two bytes, and longer than sixty-four too")"})};
  }

  template <class Value>
  [[nodiscard]] std::string object(const std::vector<std::string>& names, const Value& value) {
    std::string made = "{";
    for (const auto& name : names) {
      made += (made.size() > 1 ? "," : "") + space() + '"' + name + '"' + space() + ":" + space() +
              value(name) + space();
    }
    return made + "}";
  }

  [[nodiscard]] std::string space() {
    return rare(15) ? std::string{random_.one_of<Text>({" ", "\n", "\t", " \r\n "})} : "";
  }

  RandomSource& random_;
};

}  // namespace geomatch::codec
