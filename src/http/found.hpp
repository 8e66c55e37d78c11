#pragma once

#include <string>

#include <geomatch/match/query.hpp>

namespace geomatch::match {
class Matcher;
}

namespace geomatch::http {

/// What `matcher` finds, as the JSON array that an answer shows.
[[nodiscard]] std::string find_and_encode(const match::Matcher& matcher, const match::Query& query);

}  // namespace geomatch::http
