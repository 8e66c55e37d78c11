#pragma once

#include <geomatch/http/router.hpp>

namespace geomatch::publish {
class Publisher;
}

namespace geomatch::http {

class Readiness;

/// The operators' side: `/livez`, `/readyz`, `/metrics`. All are kept by reference.
void add_admin_routes(Router& router, const observe::Metrics& metrics, const Readiness& readiness,
                      const publish::Publisher& publisher);

}  // namespace geomatch::http
