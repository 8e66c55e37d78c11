#include "post_match.hpp"

#include <boost/beast/core/string.hpp>

#include <geomatch/codec/post_decoder.hpp>
#include <geomatch/http/problems.hpp>
#include <geomatch/match/matcher.hpp>
#include <geomatch/model/clock.hpp>

#include "match_operation.hpp"
#include "media_type.hpp"
#include "ready_gate.hpp"

namespace geomatch::http {

void PostMatch::handle(const Request& request, std::string_view /*argument*/, Responder respond,
                       publish::CompletionQueue& completions) {
  if (!is_json(request.content_type)) {
    return respond(problems::unsupported_media_type("Send the location as application/json."));
  }
  if (!request.content_encoding.empty() && !boost::beast::iequals(request.content_encoding, "identity")) {
    return respond(problems::unsupported_encoding());
  }
  auto operation = MatchOperation::take(services_, completions);
  if (const auto refusal = prepare(*operation, request.body)) {
    MatchOperation::drop(std::move(operation));
    return respond(*refusal);
  }
  auto reservation = services_.matcher.reserve(operation->post().fix.id);
  if (!reservation) {
    MatchOperation::drop(std::move(operation));
    return respond(
        problems::unavailable("The map is full (--max-entities): entities on it go on moving, new ones "
                              "have to wait."));
  }
  MatchOperation::begin(std::move(operation), std::move(*reservation), std::move(respond));
}

std::optional<Reply> PostMatch::prepare(MatchOperation& operation, std::string_view body) const {
  if (const auto error =
          codec::decode_post(body, services_.clock.now(), services_.limits, operation.post())) {
    return problems::bad_body(*error);
  }
  return refusal_unless_ready(services_.readiness);
}

}  // namespace geomatch::http
