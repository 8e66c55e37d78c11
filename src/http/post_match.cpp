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
    return respond(problems::unsupported_media_type("Send the body without a Content-Encoding."));
  }
  codec::Post post;
  if (const auto error = codec::decode_post(request.body, services_.clock.now(), services_.limits, post)) {
    return respond(problems::bad_body(*error));
  }
  if (auto refusal = refusal_unless_ready(services_.readiness)) return respond(std::move(*refusal));

  auto reservation = services_.matcher.reserve(post.fix.id);
  if (!reservation) {
    return respond(
        problems::unavailable("The map is full (--max-entities): entities on it go on moving, new ones "
                              "have to wait."));
  }
  LoggedOperation::start(std::make_unique<MatchOperation>(services_, std::move(post), std::move(*reservation),
                                                          std::move(respond), completions));
}

}  // namespace geomatch::http
