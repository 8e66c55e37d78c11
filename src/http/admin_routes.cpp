#include <geomatch/http/admin_routes.hpp>

#include "livez.hpp"
#include "metrics_page.hpp"
#include "readyz.hpp"

namespace geomatch::http {

using boost::beast::http::verb;

void add_admin_routes(Router& router, const observe::Metrics& metrics, const Readiness& readiness,
                      const publish::Publisher& publisher) {
  router.add(verb::get, "/livez", std::make_unique<Livez>());
  router.add(verb::get, "/readyz", std::make_unique<Readyz>(readiness, publisher));
  router.add(verb::get, "/metrics", std::make_unique<MetricsPage>(metrics));
}

}  // namespace geomatch::http
