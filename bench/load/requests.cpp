#include "requests.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <numbers>

namespace geomatch::load {
namespace {

constexpr std::uint32_t lat_units_per_m = 90;

std::uint32_t decimals(std::int32_t e7) {
  return static_cast<std::uint32_t>(std::abs(e7 % units_per_degree));
}

std::uint16_t lon_units_per_m(Place place) {
  const double cosine = std::cos(place.lat_e7 / double{units_per_degree} * std::numbers::pi / 180);
  return static_cast<std::uint16_t>(lat_units_per_m / std::max(cosine, 0.01));
}

void write_decimals(char* to, std::uint32_t value) noexcept {
  for (int i = 6; i >= 0; --i) {
    to[i] = static_cast<char>('0' + value % 10);
    value /= 10;
  }
}

// Forth or, if that would leave the square, back.
std::uint32_t moved(std::uint32_t from, std::uint32_t by, bool forth) noexcept {
  if (forth) return from + by < units_per_degree ? from + by : from - by;
  return from >= by ? from - by : from + by;
}

}  // namespace

Requests::Requests(const RequestStyle& style, const std::vector<Place>& places, std::uint64_t seed)
    : random_(seed * 2 + 1), replies_each_(load::replies_each(style)) {
  phones_.reserve(places.size());
  for (const Place place : places) {
    const RequestText text = request_text(style, phones_.size(), place);
    phones_.push_back({.begin = texts_.size(),
                       .bytes = static_cast<std::uint32_t>(text.bytes.size()),
                       .lat = decimals(place.lat_e7),
                       .lon = decimals(place.lon_e7),
                       .lon_units_per_m = lon_units_per_m(place),
                       .decimals_at = text.decimals_at,
                       .decimals = static_cast<std::uint16_t>(text.decimals)});
    texts_ += text.bytes;
  }
}

// Steele and Vigna's splitmix64.
std::uint64_t Requests::random() noexcept {
  std::uint64_t mixed = random_ += 0x9e3779b97f4a7c15U;
  mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9U;
  mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111ebU;
  return mixed ^ (mixed >> 31);
}

void Requests::walk(Phone& phone) {
  // 3 to 34 m each way, in units of 1/1024 m.
  const std::uint64_t chance = random();
  const auto lat_step = 3 * 1024 + static_cast<std::uint32_t>(chance & 0x7fff) % (31 * 1024 + 1);
  const auto lon_step = 3 * 1024 + static_cast<std::uint32_t>(chance >> 16 & 0x7fff) % (31 * 1024 + 1);
  phone.lat = moved(phone.lat, lat_step * lat_units_per_m / 1024, (chance >> 32 & 1) != 0);
  phone.lon = moved(phone.lon, lon_step * phone.lon_units_per_m / 1024, (chance >> 33 & 1) != 0);
  for (std::size_t i = 0; i < phone.decimals; ++i) {
    write_decimals(&texts_[phone.begin + phone.decimals_at[i]], i % 2 == 0 ? phone.lat : phone.lon);
  }
}

std::string_view Requests::next() {
  Phone& phone = phones_[next_];
  next_ = next_ + 1 == phones_.size() ? 0 : next_ + 1;
  if (phone.decimals > 0) walk(phone);
  return {texts_.data() + phone.begin, phone.bytes};
}

}  // namespace geomatch::load
