#include "populated.hpp"

#include <algorithm>
#include <array>

namespace geomatch::bench {
namespace {

struct Offset {
  double north_m, east_m;
};

// From each to the next, and from the last to the first.
constexpr std::array<Offset, 8> a_few_metres{
    {{0, 0}, {2, 1}, {4, 1}, {5, 3}, {4, 5}, {2, 6}, {0, 5}, {-1, 2}}};
constexpr std::array<Offset, 4> half_a_kilometre{{{0, 0}, {500, 0}, {500, 500}, {0, 500}}};

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
    : crowd_(count, [](std::uint64_t number) { return city.place(number); }) {}

void MovingCity::write_next(model::Fix& fix, Step step, std::uint64_t nth, std::uint64_t part,
                            std::uint64_t parts) const {
  constexpr std::uint64_t prime =
      15'485'863;  // with no factor in common with the count: each is met once a round
  const std::uint64_t of_part = crowd_.count() / parts;
  const std::uint64_t number = nth * prime % of_part * parts + part;
  const std::uint64_t round = nth / of_part;
  const Offset& offset = step == Step::a_few_metres ? a_few_metres[round % a_few_metres.size()]
                                                    : half_a_kilometre[round % half_a_kilometre.size()];
  write_fix(fix, number, moved(city.place(number), offset.north_m, offset.east_m), nth);
}

MovingCity& moving_city() {
  static MovingCity one;
  return one;
}

}  // namespace geomatch::bench
