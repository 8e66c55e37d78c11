#include "found.hpp"

#include <geomatch/codec/replies.hpp>
#include <geomatch/match/matcher.hpp>

namespace geomatch::http {

std::string find_and_encode(const match::Matcher& matcher, const match::Query& query) {
  thread_local match::Matches matches;
  matcher.nearest(query, matches);
  std::string json;
  codec::append_matches(json, matches, query.now);
  return json;
}

}  // namespace geomatch::http
