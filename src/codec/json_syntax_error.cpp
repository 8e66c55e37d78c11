#include "json_syntax_error.hpp"

#include <algorithm>
#include <string>

#include <nlohmann/json.hpp>

namespace geomatch::codec {
namespace {

using Json = nlohmann::json;

constexpr int nlohmann_out_of_range = 406;

// What nlohmann's parser calls, in the names it wants: keeps nothing but the error.
class ErrorKeeper {
 public:
  bool null() { return true; }
  bool boolean(bool) { return true; }
  bool number_integer(std::int64_t) { return true; }
  bool number_unsigned(std::uint64_t) { return true; }
  bool number_float(double, const std::string&) { return true; }
  bool string(std::string&) { return true; }
  bool binary(Json::binary_t&) { return false; }  // no JSON text has any
  bool start_object(std::size_t) { return true; }
  bool key(std::string&) { return true; }
  bool end_object() { return true; }
  bool start_array(std::size_t) { return true; }
  bool end_array() { return true; }

  bool parse_error(std::size_t bytes_read, const std::string&, const Json::exception& error) {
    error_ = {.offset = std::max<std::size_t>(bytes_read, 1) - 1,
              .out_of_range = error.id == nlohmann_out_of_range};
    return false;
  }

  [[nodiscard]] JsonSyntaxError error() const noexcept { return error_; }

 private:
  JsonSyntaxError error_;
};

}  // namespace

std::optional<JsonSyntaxError> find_syntax_error(std::string_view text) {
  // The parser would take a NUL byte for the end of the text and never see what follows.
  if (const auto nul = text.find('\0'); nul != std::string_view::npos) {
    return JsonSyntaxError{.offset = nul};
  }
  ErrorKeeper keeper;
  if (Json::sax_parse(text.begin(), text.end(), &keeper)) {
    return std::nullopt;
  }
  auto error = keeper.error();
  error.offset = std::min(error.offset, text.size());
  return error;
}

}  // namespace geomatch::codec
