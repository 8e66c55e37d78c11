#include "livez.hpp"

namespace geomatch::http {

void Livez::handle(const Request& /*request*/, std::string_view /*argument*/, Responder respond,
                   publish::CompletionQueue& /*completions*/) {
  respond({.content_type = "text/plain; charset=utf-8", .body = "ok\n"});
}

}  // namespace geomatch::http
