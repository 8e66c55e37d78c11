#include <geomatch/match/matcher.hpp>

namespace geomatch::match {

void Matcher::nearest(const Query& query, Matches& found) const {
  found.clear();
  visit_nearest(query, [&found](const model::MatchView& match) { found.append().assign(match); });
}

}  // namespace geomatch::match
