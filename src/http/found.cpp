#include "found.hpp"

#include <geomatch/codec/replies.hpp>
#include <geomatch/match/matcher.hpp>

namespace geomatch::http {

// Each is written as it lies on the map, while the query goes on.
void find_and_append(const match::Matcher& matcher, const match::Query& query, std::string& json) {
  codec::append_matches(json, query.now,
                        [&](model::MatchVisitor visit) { matcher.visit_nearest(query, visit); });
}

}  // namespace geomatch::http
