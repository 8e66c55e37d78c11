#pragma once

#include <string>
#include <vector>

#include <geomatch/match/match.hpp>
#include <geomatch/model/time.hpp>

namespace geomatch::http {

/// Matches as the JSON array that an answer shows.
[[nodiscard]] std::string encode(const std::vector<match::Match>& matches, model::TimePoint now);

}  // namespace geomatch::http
