#pragma once

#include <geomatch/match/match.hpp>
#include <geomatch/model/time.hpp>

#include <string>
#include <vector>

namespace geomatch::http {

/// Matches as the JSON array that an answer shows.
[[nodiscard]] std::string encode(const std::vector<match::Match>& matches, model::TimePoint now);

}  // namespace geomatch::http
