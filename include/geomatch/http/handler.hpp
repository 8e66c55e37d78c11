#pragma once

#include <string_view>

#include <geomatch/http/request.hpp>
#include <geomatch/http/responder.hpp>

namespace geomatch::publish {
class CompletionQueue;
}

namespace geomatch::http {

/// What answers the requests of one method on one path. Called from all I/O threads at once.
class Handler {
 public:
  virtual ~Handler() = default;

  /// Answers through `respond`, now or later, exactly once. `argument` is what stands in the route's `{}`,
  /// still percent-encoded; `completions` is the calling I/O thread's. Must not block.
  virtual void handle(const Request& request, std::string_view argument, Responder respond,
                      publish::CompletionQueue& completions) = 0;
};

}  // namespace geomatch::http
