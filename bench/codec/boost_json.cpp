#include <array>

#include <boost/json/src.hpp>
#include <boost/system/error_code.hpp>

#include "members_by_name.hpp"
#include "reference_readers.hpp"

namespace geomatch::bench {

bool read_by_boost_json(std::string_view body, Members& members) {
  std::array<unsigned char, 32768> memory;
  boost::json::monotonic_resource resource{memory.data(), memory.size()};
  boost::system::error_code error;
  const boost::json::value json = boost::json::parse({body.data(), body.size()}, error, &resource);
  if (error) return false;
  for (const auto& [key, value] : json.as_object()) {
    const std::string_view name{key.data(), key.size()};
    if (const auto* text = value.if_string()) keep_text(members, name, {text->data(), text->size()});
    if (value.is_number()) keep_number(members, name, value.to_number<double>());
  }
  return true;
}

}  // namespace geomatch::bench
