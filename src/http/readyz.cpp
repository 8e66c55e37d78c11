#include "readyz.hpp"

#include <geomatch/http/problems.hpp>
#include <geomatch/http/readiness.hpp>
#include <geomatch/publish/publisher.hpp>

#include "ready_gate.hpp"

namespace geomatch::http {

void Readyz::handle(const Request& /*request*/, std::string_view /*argument*/, Responder respond,
                    publish::CompletionQueue& /*completions*/) {
  if (readiness_.get() == Readiness::State::recovering) {
    return respond(
        problems::not_ready("The map is being recovered from the log: " + readiness_.detail() + "."));
  }
  if (auto refusal = refusal_unless_ready(readiness_)) return respond(*refusal);
  if (const std::string reason = publisher_.unavailable_reason(); !reason.empty()) {
    return respond(problems::not_ready("The log can't be reached: " + reason));
  }
  respond({.content_type = "text/plain; charset=utf-8", .body = "ok\n"});
}

}  // namespace geomatch::http
