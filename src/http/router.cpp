#include <algorithm>

#include <boost/beast/http/verb.hpp>

#include <geomatch/http/problems.hpp>
#include <geomatch/http/router.hpp>
#include <geomatch/observe/metrics.hpp>

namespace geomatch::http {
namespace {

using boost::beast::http::verb;

std::string_view path_of(std::string_view target) noexcept {
  return target.substr(0, target.find('?'));
}

void append_allowed(std::string& allow, verb method) {
  const auto add = [&](std::string_view name) { allow.append(allow.empty() ? "" : ", ").append(name); };
  add(boost::beast::http::to_string(method));
  if (method == verb::get) add("HEAD");
}

}  // namespace

Router::Router(observe::Metrics& metrics) : metrics_(metrics), unrouted_(metrics.add_route("none")) {}

void Router::add(verb method, std::string path, std::unique_ptr<Handler> handler) {
  observe::RouteMetrics& metrics =
      metrics_.add_route(std::string{boost::beast::http::to_string(method)} + " " + path);
  const bool takes_argument = path.ends_with("{}");
  if (takes_argument) path.resize(path.size() - 2);
  auto route = std::ranges::find_if(routes_, [&](const Route& known) {
    return known.path == path && known.takes_argument == takes_argument;
  });
  if (route == routes_.end()) {
    route = routes_.insert(routes_.end(), {std::move(path), takes_argument, {}, {}});
  }
  append_allowed(route->allow, method);
  route->methods.push_back({method, std::move(handler), &metrics});
}

const Router::Route* Router::find(std::string_view path) const noexcept {
  const auto route = std::ranges::find_if(routes_, [&](const Route& candidate) {
    if (!candidate.takes_argument) return path == candidate.path;
    return path.starts_with(candidate.path) && path.size() > candidate.path.size() &&
           path.find('/', candidate.path.size()) == std::string_view::npos;
  });
  return route == routes_.end() ? nullptr : &*route;
}

void Router::handle(const Request& request, Responder respond, publish::CompletionQueue& completions) const {
  respond.count_in(unrouted_);
  if (request.method == verb::unknown)
    return respond(problems::not_implemented("This method is not known here."));
  const std::string_view path = path_of(request.target);
  const Route* route = find(path);
  if (route == nullptr) return respond(problems::not_found("There is nothing at this path."));
  const verb wanted = request.method == verb::head ? verb::get : request.method;
  const auto method = std::ranges::find(route->methods, wanted, &Method::verb);
  if (method == route->methods.end()) return respond(problems::method_not_allowed(route->allow));
  respond.count_in(*method->metrics);
  method->handler->handle(request, path.substr(route->path.size()), std::move(respond), completions);
}

void Router::refuse(Responder respond, const Reply& reply) const {
  respond.count_in(unrouted_);
  respond(reply);
}

}  // namespace geomatch::http
