#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include "json_value.hpp"

namespace geomatch::codec {

/// Builds a JsonValue from the events of a parser, as far as anyone looks: what lies in a member that nobody
/// opens, or deeper than the deepest member reaches, is left out. Such an object or array is there, but
/// empty.
class JsonTreeBuilder {
 public:
  /// Tells of a member of the root object whether its objects and arrays are looked into.
  using Opens = bool (*)(std::string_view name);

  explicit JsonTreeBuilder(Opens opens) noexcept : opens_(opens) {}

  JsonTreeBuilder(const JsonTreeBuilder&) = delete;
  JsonTreeBuilder& operator=(const JsonTreeBuilder&) = delete;

  void key(std::string&& name);
  void scalar(JsonValue&& value);
  void begin_object();
  void end_object();
  void begin_array();
  void end_array();

  /// The tree, once the events of one whole text are through.
  [[nodiscard]] JsonValue take() noexcept { return std::move(root_); }

 private:
  static constexpr std::size_t max_depth = 3;  // the body, its `where`, a condition

  void begin(JsonValue&& container);
  void end();
  [[nodiscard]] bool looks_into(const JsonValue& next) const;
  [[nodiscard]] JsonValue& next_place();

  Opens opens_;
  JsonValue root_;
  std::array<JsonValue*, max_depth> open_{};  // they stay where they are: only the innermost one grows
  std::size_t depth_ = 0;                     // how many of `open_` there are
  std::size_t skipped_depth_ = 0;             // over 0: inside of something that nobody looks into
};

}  // namespace geomatch::codec
