#include "entity_id.hpp"

#include <boost/url/pct_string_view.hpp>

#include <geomatch/codec/entity_id.hpp>

namespace geomatch::http {

std::optional<std::string> decode_entity_id(std::string_view segment) {
  const auto encoded = boost::urls::make_pct_string_view(segment);
  if (!encoded) return std::nullopt;
  std::string id = encoded->decode();
  if (!codec::is_entity_id(id)) return std::nullopt;
  return id;
}

}  // namespace geomatch::http
