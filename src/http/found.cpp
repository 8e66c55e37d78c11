#include "found.hpp"

#include <geomatch/codec/replies.hpp>
#include <geomatch/match/matcher.hpp>

namespace geomatch::http {

void find_and_append(const match::Matcher& matcher, const match::Query& query, std::string& json) {
  thread_local match::Matches matches;
  matcher.nearest(query, matches);
  codec::append_matches(json, matches, query.now);
}

}  // namespace geomatch::http
