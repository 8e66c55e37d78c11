#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <geomatch/codec/post.hpp>
#include <geomatch/model/attribute.hpp>
#include <geomatch/model/condition.hpp>
#include <geomatch/model/time.hpp>

#include "random_source.hpp"

namespace geomatch::codec {

/// Any post that decode_post could have made at `received_at`.
class RandomPost {
 public:
  RandomPost(RandomSource& random, model::TimePoint received_at) noexcept
      : random_(random), received_at_(received_at) {}

  [[nodiscard]] Post make() {
    Post post;
    post.fix = fix(post.given);
    post.uuid = maybe_text(64);
    post.seek = maybe_text(32);
    if (random_.flip()) {
      post.given.radius_m = true;
      post.radius_m = random_.real(0.001, 50'000);
    }
    if (random_.flip()) {
      post.given.limit = true;
      post.limit = static_cast<int>(random_.integer(0, Post::max_limit));
    }
    if (random_.flip()) {
      post.max_age = model::Milliseconds{random_.integer(1, 100'000'000)};
    }
    post.where = where();
    return post;
  }

 private:
  [[nodiscard]] model::Fix fix(Post::Given& given) {
    model::Fix fix;
    fix.id = text(1, 128, printable);
    fix.position = {static_cast<std::int32_t>(random_.integer(-900'000'000, 900'000'000)),
                    static_cast<std::int32_t>(random_.integer(-1'800'000'000, 1'800'000'000))};
    fix.received_at = received_at_;
    fix.timestamp = received_at_ + model::Milliseconds{random_.integer(-700'000'000'000, 30'000)};
    fix.role = maybe_text(32);
    fix.accuracy_m = maybe_real(0, 1e4);
    fix.altitude_m = maybe_real(-500, 1e4);
    fix.speed_mps = maybe_real(0, 300);
    fix.heading_deg = maybe_real(0, 360);
    if (random_.flip()) {
      given.ttl_s = true;
      fix.ttl = model::Milliseconds{random_.integer(1000, model::Fix::max_ttl.count())};
    }
    for (auto& name : names()) {
      fix.attributes.push_back({std::move(name), value()});
    }
    return fix;
  }

  [[nodiscard]] model::Where where() {
    model::Where where;
    for (auto& name : names()) {
      where.push_back({std::move(name), requirement()});
    }
    return where;
  }

  [[nodiscard]] model::Requirement requirement() {
    if (random_.flip()) {
      std::vector<model::AttributeValue> values(random_.below(5));
      std::ranges::generate(values, [this] { return value(); });
      return values;
    }
    model::Interval interval{.min = maybe_real(-1e6, 0), .max = maybe_real(0, 1e300)};
    if (!interval.min && !interval.max) {
      interval.max = 0;
    }
    return interval;
  }

  [[nodiscard]] model::AttributeValue value() {
    switch (random_.below(4)) {
      case 0:
        return random_.flip();
      case 1:
        return static_cast<double>(random_.integer(-9'007'199'254'740'992, 9'007'199'254'740'992));
      case 2:
        return random_.one_of({0.0, -2.5, 5e-324, 1.7976931348623157e308, 0.1, random_.real(-1, 1)});
      default:
        return text(0, 40, any);
    }
  }

  [[nodiscard]] std::vector<std::string> names() {
    std::vector<std::string> names(random_.below(17));
    std::ranges::generate(names, [this] { return text(1, 64, any); });
    std::ranges::sort(names);
    names.erase(std::unique(names.begin(), names.end()), names.end());
    return names;
  }

  static constexpr bool printable = false;
  static constexpr bool any = true;

  // From `least` to `most` bytes of UTF-8.
  [[nodiscard]] std::string text(std::size_t least, std::size_t most, bool control_characters) {
    const auto size = least + random_.below(most - least + 1);
    std::string text;
    while (text.size() < size) {
      const auto piece = control_characters && random_.below(8) == 0
                             ? random_.one_of<std::string_view>({"\n", "\x01", "\x7f", {"\0", 1}, "\t"})
                             : random_.one_of<std::string_view>(
                                   {"a", "Z", "7", " ", "\"", "\\", "/", "~", "{", "é", "上", "\U0001F695"});
      text += text.size() + piece.size() <= size ? piece : "x";
    }
    return text;
  }

  [[nodiscard]] std::string maybe_text(std::size_t most) { return random_.flip() ? text(1, most, any) : ""; }

  [[nodiscard]] std::optional<double> maybe_real(double least, double most) {
    return random_.flip() ? std::optional{random_.real(least, most)} : std::nullopt;
  }

  RandomSource& random_;
  model::TimePoint received_at_;
};

}  // namespace geomatch::codec
