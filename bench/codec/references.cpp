#include "references.hpp"

#include <array>

#include "reference_readers.hpp"

namespace geomatch::bench {

std::span<const Reference> references() {
  static constexpr std::array known{
      Reference{"nlohmann_dom", read_by_nlohmann_dom},
      Reference{"nlohmann_sax", read_by_nlohmann_sax},
      Reference{"boost_json", read_by_boost_json},
#ifdef GEOMATCH_BENCH_SIMDJSON
      Reference{"simdjson_dom", read_by_simdjson_dom},
      Reference{"simdjson_on_demand", read_by_simdjson_on_demand},
#endif
  };
  return known;
}

}  // namespace geomatch::bench
