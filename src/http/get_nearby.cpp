#include "get_nearby.hpp"

#include <geomatch/codec/replies.hpp>
#include <geomatch/http/problems.hpp>
#include <geomatch/match/matcher.hpp>
#include <geomatch/model/clock.hpp>

#include "nearby_parameters.hpp"
#include "ready_gate.hpp"

namespace geomatch::http {

void GetNearby::handle(const Request& request, std::string_view /*argument*/, Responder respond,
                       publish::CompletionQueue& /*completions*/) {
  const auto parsed = parse_nearby(request.target, services_.limits.max_radius_m);
  if (const auto* errors = std::get_if<std::vector<codec::MemberError>>(&parsed)) {
    return respond(problems::bad_query("Some parameters are missing or wrong.", *errors));
  }
  if (auto refusal = refusal_unless_ready(services_.readiness)) return respond(*refusal);
  const auto& wanted = std::get<NearbyParameters>(parsed);
  const match::Query query{.center = wanted.center,
                           .radius_m = wanted.radius_m,
                           .limit = wanted.limit,
                           .except_id = {},
                           .role = wanted.role,
                           .max_age = wanted.max_age,
                           .where = nullptr,
                           .now = services_.clock.now()};
  std::string body;
  codec::append_nearby_reply(
      body, query.now, [&](model::MatchVisitor visit) { services_.matcher.visit_nearest(query, visit); });
  respond({.body = std::move(body)});
}

}  // namespace geomatch::http
