#pragma once

#include <string_view>

#include "references.hpp"

namespace geomatch::bench {

bool read_by_nlohmann_dom(std::string_view body, Members& members);
bool read_by_nlohmann_sax(std::string_view body, Members& members);
bool read_by_boost_json(std::string_view body, Members& members);    ///< on a memory of its caller's
bool read_by_simdjson_dom(std::string_view body, Members& members);  ///< with the copy into padding
bool read_by_simdjson_on_demand(std::string_view body,
                                Members& members);  ///< same; checks only what it reads

}  // namespace geomatch::bench
