#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

#include "place.hpp"

namespace geomatch::load {

/// What servers are asked.
enum class Protocol {
  match,  ///< POST /match of geomatch
  get,    ///< GET of a path
  post,   ///< the bodies of `match`, to another path
  redis   ///< GEOADD and GEOSEARCH
};

/// The bytes of one phone's request, and where its degrees' seven decimals stand in them: latitude and
/// longitude in turn, since those are what changes when it moves.
struct RequestText {
  std::string bytes;
  std::array<std::uint16_t, 4> decimals_at{};
  std::size_t decimals = 0;  ///< how many of them there are: none, two or four
};

/// What all requests of a run have in common.
struct RequestStyle {
  Protocol protocol = Protocol::match;
  std::string host = {};
  std::string path = "/match";
  int limit = 10;              ///< matches asked for; 0 only records
  std::size_t body_bytes = 0;  ///< at least; a shorter body is filled up with blanks
};

/// The request of the `number`th phone, counted from 0: even ones are drivers, odd ones riders, and each
/// seeks the other within 1 km. With Redis, that is two sets of positions, and the phone is put into one and
/// looks into the other.
[[nodiscard]] RequestText request_text(const RequestStyle& style, std::size_t number, Place place);

/// How many replies the server gives to one such request.
[[nodiscard]] std::size_t replies_each(const RequestStyle& style);

}  // namespace geomatch::load
