#include "media_type.hpp"

#include <boost/beast/core/string.hpp>

namespace geomatch::http {

bool is_json(std::string_view content_type) noexcept {
  std::string_view type = content_type.substr(0, content_type.find(';'));
  const auto end = type.find_last_not_of(" \t");
  if (end == std::string_view::npos) return content_type.empty();
  type = type.substr(0, end + 1);
  constexpr std::string_view suffix = "+json";
  return boost::beast::iequals(type, "application/json") ||
         (type.size() > suffix.size() &&
          boost::beast::iequals(type.substr(type.size() - suffix.size()), suffix));
}

}  // namespace geomatch::http
