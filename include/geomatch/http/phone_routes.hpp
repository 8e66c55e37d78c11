#pragma once

#include <geomatch/http/router.hpp>
#include <geomatch/http/services.hpp>

namespace geomatch::http {

/// The phones' side: `POST /match`, `GET /nearby`, `GET` and `DELETE /entities/{}`. `services` is kept by
/// reference.
void add_phone_routes(Router& router, const Services& services);

}  // namespace geomatch::http
