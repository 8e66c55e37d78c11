#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <nlohmann/json.hpp>

namespace geomatch::codec::reference {

/// A JSON value as nlohmann's parser tells of it, in full, repeated members too.
struct Node {
  struct Number {
    double value;
    bool exact;  // false: an integer beyond ±2^53
  };
  struct Member;
  using Array = std::vector<Node>;
  using Object = std::vector<Member>;

  std::variant<std::monostate, bool, Number, std::string, Array, Object> content;

  template <class Wanted>
  [[nodiscard]] const Wanted* as() const noexcept {
    return std::get_if<Wanted>(&content);
  }
};

struct Node::Member {
  std::string name;
  Node value;
};

/// Makes a tree of what the parser calls.
class TreeMaker {
 public:
  bool null() { return add({}); }
  bool boolean(bool value) { return add({value}); }
  bool number_integer(std::int64_t value) { return add({integer(value)}); }
  bool number_unsigned(std::uint64_t value) { return add({integer(value)}); }
  bool number_float(double value, const std::string& text) {
    return add({Node::Number{value, text.find_first_of(".eE") != std::string::npos}});
  }
  bool string(std::string& value) { return add({std::move(value)}); }
  bool binary(nlohmann::json::binary_t&) { return false; }
  bool start_object(std::size_t) { return open({Node::Object{}}); }
  bool key(std::string& name) { return names_.back() = name, true; }
  bool end_object() { return close(); }
  bool start_array(std::size_t) { return open({Node::Array{}}); }
  bool end_array() { return close(); }
  bool parse_error(std::size_t, const std::string&, const nlohmann::json::exception&) { return false; }

  [[nodiscard]] Node take() { return std::move(root_); }

 private:
  template <class Integer>
  static Node::Number integer(Integer value) {
    constexpr std::int64_t end = 9'007'199'254'740'992;
    return {static_cast<double>(value), std::cmp_less_equal(-end, value) && std::cmp_less_equal(value, end)};
  }

  bool add(Node&& node) {
    if (open_.empty()) {
      root_ = std::move(node);
    } else if (auto* object = std::get_if<Node::Object>(&open_.back().content)) {
      object->push_back({names_.back(), std::move(node)});
    } else {
      std::get<Node::Array>(open_.back().content).push_back(std::move(node));
    }
    return true;
  }
  bool open(Node&& node) {
    open_.push_back(std::move(node));
    names_.emplace_back();
    return true;
  }
  bool close() {
    Node done = std::move(open_.back());
    open_.pop_back();
    names_.pop_back();
    return add(std::move(done));
  }

  Node root_;
  std::vector<Node> open_;
  std::vector<std::string> names_;  // of the open ones' members
};

/// nullopt: not JSON. The library takes a NUL byte for the end of the text, which it is not.
[[nodiscard]] inline std::optional<Node> parse(std::string_view text) {
  TreeMaker maker;
  if (text.find('\0') != std::string_view::npos || !nlohmann::json::sax_parse(text, &maker)) return {};
  return maker.take();
}

}  // namespace geomatch::codec::reference
