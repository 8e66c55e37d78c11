#include "json_reader.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>

#include <nlohmann/json.hpp>

namespace geomatch::codec {
namespace {

using Json = nlohmann::json;

constexpr std::int64_t exact_integers_end = 9'007'199'254'740'992;  // 2^53
constexpr int nlohmann_out_of_range = 406;

// To be told from the integer itself: as a double, 2^53 + 1 is 2^53.
template <class Integer>
JsonNumber number_of(Integer value) noexcept {
  return {.value = static_cast<double>(value),
          .exact = std::cmp_less_equal(-exact_integers_end, value) &&
                   std::cmp_less_equal(value, exact_integers_end)};
}

// What nlohmann's parser calls, in the names it wants.
class SaxFrontEnd {
 public:
  explicit SaxFrontEnd(JsonTreeBuilder::Opens opens) noexcept : builder_(opens) {}

  bool null() { return scalar({JsonValue::Null{}}); }
  bool boolean(bool value) { return scalar({value}); }
  bool number_integer(std::int64_t value) { return scalar({number_of(value)}); }
  bool number_unsigned(std::uint64_t value) { return scalar({number_of(value)}); }
  bool number_float(double value, const std::string& text) {
    const bool integer = text.find_first_of(".eE") == std::string::npos;  // one of more than 64 bits
    return scalar({JsonNumber{.value = value, .exact = !integer}});
  }
  bool string(std::string& value) { return scalar({std::move(value)}); }
  bool binary(Json::binary_t&) { return false; }  // no JSON text has any

  bool start_object(std::size_t) { return builder_.begin_object(), true; }
  bool key(std::string& name) { return builder_.key(std::move(name)), true; }
  bool end_object() { return builder_.end_object(), true; }
  bool start_array(std::size_t) { return builder_.begin_array(), true; }
  bool end_array() { return builder_.end_array(), true; }

  bool parse_error(std::size_t bytes_read, const std::string&, const Json::exception& error) {
    error_ = {.offset = std::max<std::size_t>(bytes_read, 1) - 1,
              .out_of_range = error.id == nlohmann_out_of_range};
    return false;
  }

  [[nodiscard]] JsonValue take() noexcept { return builder_.take(); }
  [[nodiscard]] JsonSyntaxError error() const noexcept { return error_; }

 private:
  bool scalar(JsonValue&& value) { return builder_.scalar(std::move(value)), true; }

  JsonTreeBuilder builder_;
  JsonSyntaxError error_;
};

}  // namespace

std::variant<JsonValue, JsonSyntaxError> read_json(std::string_view text, JsonTreeBuilder::Opens opens) {
  // The parser would take a NUL byte for the end of the text and never see what follows.
  if (const auto nul = text.find('\0'); nul != std::string_view::npos) {
    return JsonSyntaxError{.offset = nul};
  }
  SaxFrontEnd front_end{opens};
  if (!Json::sax_parse(text.begin(), text.end(), &front_end)) {
    auto error = front_end.error();
    error.offset = std::min(error.offset, text.size());
    return error;
  }
  return front_end.take();
}

}  // namespace geomatch::codec
