#pragma once

#include <memory>
#include <string>
#include <vector>

#include <geomatch/http/handler.hpp>

namespace geomatch::observe {
class Metrics;
}

namespace geomatch::http {

/// Finds the handler for a request. Set up first; from then on immutable and safe from any thread.
class Router {
 public:
  /// Answers are counted in `metrics`, which has to outlive this.
  explicit Router(observe::Metrics& metrics);

  /// `path` is matched as it is, but for a `{}` at its end, which takes any one non-empty segment. A GET
  /// handler answers HEAD too.
  void add(boost::beast::http::verb method, std::string path, std::unique_ptr<Handler> handler);

  void handle(const Request& request, Responder respond, publish::CompletionQueue& completions) const;

  /// Answers what never became a request that could be routed; it is counted as such.
  void refuse(Responder respond, const Reply& reply) const;

 private:
  struct Method {
    boost::beast::http::verb verb;
    std::unique_ptr<Handler> handler;
    observe::RouteMetrics* metrics;
  };
  struct Route {
    std::string path;  // without the `{}`
    bool takes_argument;
    std::string allow;
    std::vector<Method> methods;
  };

  [[nodiscard]] const Route* find(std::string_view path) const noexcept;

  observe::Metrics& metrics_;
  observe::RouteMetrics& unrouted_;
  std::vector<Route> routes_;
};

}  // namespace geomatch::http
