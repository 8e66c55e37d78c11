#include "entity_id.hpp"

#include <boost/url/pct_string_view.hpp>

namespace geomatch::http {

std::optional<std::string> decode_entity_id(std::string_view segment) {
  const auto encoded = boost::urls::make_pct_string_view(segment);
  if (!encoded) return std::nullopt;
  return encoded->decode();
}

}  // namespace geomatch::http
