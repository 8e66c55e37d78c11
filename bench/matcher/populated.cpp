#include "populated.hpp"

#include <algorithm>
#include <array>

namespace geomatch::bench {
namespace {

struct Step {
  double north_m, east_m;
};

// A few metres, and corners of a square of 500 m: from each to the next.
constexpr std::array<Step, 8> little{{{0, 0}, {2, 1}, {4, 1}, {5, 3}, {4, 5}, {2, 6}, {0, 5}, {-1, 2}}};
constexpr std::array<Step, 4> far{{{0, 0}, {500, 0}, {500, 500}, {0, 500}}};

geo::Position place_after(std::uint64_t number, std::uint8_t steps) noexcept {
  const Step& a = little[steps % little.size()];
  const Step& b = far[steps / little.size() % far.size()];
  return moved(city.place(number), a.north_m + b.north_m, a.east_m + b.east_m);
}

}  // namespace

Populated::Populated(std::size_t count, const Place& place, std::string_view role, std::size_t room)
    : grid_(std::make_unique<match::Grid>(std::max(count, room))) {
  add(count, place, role);
}

void Populated::add(std::size_t count, const Place& place, std::string_view role) {
  model::Fix fix;
  fix.role = role;
  for (const std::size_t end = count_ + count; count_ < end; ++count_) {
    write_fix(fix, count_, place(count_), 0);
    grid_->upsert(fix);
  }
}

MovingCity::MovingCity(std::size_t count)
    : crowd_(count, [](std::uint64_t number) { return city.place(number); }), steps_(count) {}

void MovingCity::move_a_little(model::Fix& fix, std::uint64_t number, std::uint64_t nth) {
  std::uint8_t& steps = steps_[number];
  steps = static_cast<std::uint8_t>((steps & ~(little.size() - 1)) | ((steps + 1) & (little.size() - 1)));
  write_fix(fix, number, place_after(number, steps), nth);
  grid().upsert(fix);
}

void MovingCity::move_far(model::Fix& fix, std::uint64_t number, std::uint64_t nth) {
  std::uint8_t& steps = steps_[number];
  steps = static_cast<std::uint8_t>(steps + little.size());
  write_fix(fix, number, place_after(number, steps), nth);
  grid().upsert(fix);
}

MovingCity& moving_city() {
  static MovingCity one;
  return one;
}

}  // namespace geomatch::bench
