#pragma once

#include <string>

#include <geomatch/match/query.hpp>

namespace geomatch::match {
class Matcher;
}

namespace geomatch::http {

/// Appends to `json` what `matcher` finds, as the array that an answer shows.
void find_and_append(const match::Matcher& matcher, const match::Query& query, std::string& json);

}  // namespace geomatch::http
