#include <geomatch/http/phone_routes.hpp>

#include "delete_entity.hpp"
#include "get_entity.hpp"
#include "get_nearby.hpp"
#include "post_match.hpp"

namespace geomatch::http {

using boost::beast::http::verb;

void add_phone_routes(Router& router, const Services& services) {
  router.add(verb::post, "/match", std::make_unique<PostMatch>(services));
  router.add(verb::get, "/nearby", std::make_unique<GetNearby>(services));
  router.add(verb::get, "/entities/{}", std::make_unique<GetEntity>(services));
  router.add(verb::delete_, "/entities/{}", std::make_unique<DeleteEntity>(services));
}

}  // namespace geomatch::http
