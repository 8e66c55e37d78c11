#include <nlohmann/json.hpp>

#include "members_by_name.hpp"
#include "reference_readers.hpp"

namespace geomatch::bench {
namespace {

using Json = nlohmann::json;

// Keeps what lies directly in the root object.
class Keeper {
 public:
  explicit Keeper(Members& members) noexcept : members_(members) {}

  bool null() { return true; }
  bool boolean(bool) { return true; }
  bool number_integer(std::int64_t value) { return number(static_cast<double>(value)); }
  bool number_unsigned(std::uint64_t value) { return number(static_cast<double>(value)); }
  bool number_float(double value, const std::string&) { return number(value); }
  bool string(std::string& value) {
    if (depth_ == 1) keep_text(members_, name_, value);
    return true;
  }
  bool binary(Json::binary_t&) { return false; }
  bool start_object(std::size_t) { return ++depth_, true; }
  bool key(std::string& name) {
    if (depth_ == 1) name_ = name;
    return true;
  }
  bool end_object() { return --depth_, true; }
  bool start_array(std::size_t) { return ++depth_, true; }
  bool end_array() { return --depth_, true; }
  bool parse_error(std::size_t, const std::string&, const Json::exception&) { return false; }

 private:
  bool number(double value) {
    if (depth_ == 1) keep_number(members_, name_, value);
    return true;
  }

  Members& members_;
  std::string name_;
  int depth_ = 0;
};

}  // namespace

bool read_by_nlohmann_dom(std::string_view body, Members& members) {
  const Json json = Json::parse(body, nullptr, false);
  if (json.is_discarded()) return false;
  for (const auto& [name, value] : json.items()) {
    if (value.is_string()) keep_text(members, name, value.get_ref<const std::string&>());
    if (value.is_number()) keep_number(members, name, value.get<double>());
  }
  return true;
}

bool read_by_nlohmann_sax(std::string_view body, Members& members) {
  Keeper keeper{members};
  return Json::sax_parse(body, &keeper);
}

}  // namespace geomatch::bench
