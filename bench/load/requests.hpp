#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "place.hpp"
#include "request_text.hpp"

namespace geomatch::load {

/// The requests of phones that move, one after the other and round again. Their text is made once; a step
/// writes new decimals into it.
///
/// A step is 4 to 50 m in a random direction. A phone turns back at the edge of its square of whole degrees,
/// so that its text keeps its length. The same seed gives the same requests. Not thread-safe.
class Requests {
 public:
  /// One phone a place; at least one.
  Requests(const RequestStyle& style, const std::vector<Place>& places, std::uint64_t seed);

  /// The next phone's request, after a step of it. Valid until as many more were asked for as there are
  /// phones.
  [[nodiscard]] std::string_view next();

  [[nodiscard]] std::size_t phones() const noexcept { return phones_.size(); }
  [[nodiscard]] std::size_t replies_each() const noexcept { return replies_each_; }

 private:
  struct Phone {
    std::size_t begin;  // of its text in texts_
    std::uint32_t bytes;
    std::uint32_t lat;  // decimals: 1e-7 degrees, in the direction away from zero
    std::uint32_t lon;
    std::uint16_t lon_units_per_m;  // 1e-7 degrees; a degree of latitude is always as long
    std::array<std::uint16_t, 4> decimals_at;
    std::uint16_t decimals;
  };

  void walk(Phone& phone);
  std::uint64_t random() noexcept;

  std::string texts_;
  std::vector<Phone> phones_;
  std::size_t next_ = 0;
  std::uint64_t random_;
  std::size_t replies_each_;
};

}  // namespace geomatch::load
