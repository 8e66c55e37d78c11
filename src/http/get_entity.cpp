#include "get_entity.hpp"

#include <geomatch/codec/replies.hpp>
#include <geomatch/http/problems.hpp>
#include <geomatch/match/matcher.hpp>
#include <geomatch/model/clock.hpp>

#include "entity_id.hpp"
#include "ready_gate.hpp"

namespace geomatch::http {

void GetEntity::handle(const Request& /*request*/, std::string_view argument, Responder respond,
                       publish::CompletionQueue& /*completions*/) {
  const auto id = decode_entity_id(argument);
  if (!id) return respond(problems::bad_request("The path does not end in an id."));
  if (auto refusal = refusal_unless_ready(services_.readiness)) return respond(*refusal);
  const model::TimePoint now = services_.clock.now();
  const auto fix = services_.matcher.find(*id, now);
  if (!fix) return respond(problems::not_found("No entity of this id is on the map."));
  std::string body;
  codec::append_entity(body, *fix, now);
  respond({.body = std::move(body)});
}

}  // namespace geomatch::http
