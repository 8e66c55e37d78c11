#include "checked_map.hpp"

#include <algorithm>

namespace geomatch::simulation {
namespace {

std::size_t attempt_of(const model::Fix& fix) {
  const auto label = std::ranges::find(fix.attributes, "attempt", &model::Attribute::name);
  if (label == fix.attributes.end()) return Ledger::none;
  return static_cast<std::size_t>(std::get<double>(label->value));
}

std::string text(const std::optional<model::Fix>& fix) {
  return fix ? fmt::format("attempt {}", attempt_of(*fix)) : "nothing";
}

}  // namespace

std::optional<match::Reservation> CheckedMap::reserve(std::string_view id) {
  auto in_grid = grid_.reserve(id);
  auto in_oracle = ledger_.map().reserve(id);
  if (in_grid.has_value() != in_oracle.has_value()) {
    world_.verdict.violated(fmt::format("guarantee 6: room for {} is kept: {}, should be: {}", id,
                                        in_grid.has_value(), in_oracle.has_value()));
  }
  if (!in_grid || !in_oracle) return std::nullopt;
  const std::uint64_t number = next_held_++;
  held_.emplace(number, Held{std::move(*in_grid), std::move(*in_oracle)});
  return match::Reservation{*this, number};
}

void CheckedMap::release(std::uint64_t entity) noexcept {
  held_.erase(entity);
  check_size();
}

match::UpsertResult CheckedMap::upsert(const model::Fix& fix) {
  const std::size_t number = attempt_of(fix);
  if (!ledger_.may_be_shown(number)) {
    world_.verdict.violated(
        fmt::format("guarantee 8: attempt {} moves {} on the map before the log has it", number, fix.id));
  }
  const match::UpsertResult result = grid_.upsert(fix);
  if (world_.verdict.good() && ledger_.attempt(number).moved != result) {
    world_.verdict.violated(fmt::format("guarantee 8: attempt {} moved {}: {}, by the log: {}", number,
                                        fix.id, static_cast<int>(result),
                                        static_cast<int>(ledger_.attempt(number).moved.value_or(result))));
  }
  check(fix.id);
  return result;
}

bool CheckedMap::erase(std::string_view id, model::TimePoint at) {
  const bool marked = grid_.erase(id, at);
  if (!marked) world_.verdict.violated(fmt::format("guarantee 9: the deletion of {} isn't remembered", id));
  check(id);
  return marked;
}

void CheckedMap::check(std::string_view id) const {
  const auto shown = grid_.find(id, {});
  const auto logged = ledger_.map().find(id, {});
  if (shown != logged) {
    world_.verdict.violated(
        fmt::format("guarantee 8: of {} the map shows {}, the log {}", id, text(shown), text(logged)));
  }
}

std::optional<model::Fix> CheckedMap::find(std::string_view id, model::TimePoint now) const {
  check(id);
  return grid_.find(id, now);
}

void CheckedMap::visit_nearest(const match::Query& query, model::MatchVisitor visit) const {
  match::Matches found;
  grid_.visit_nearest(query, [&](const model::MatchView& match) {
    found.append().assign(match);
    visit(match);
  });
  match::Matches expected;
  ledger_.map().nearest(query, expected);
  if (!std::ranges::equal(found, expected)) {
    world_.verdict.violated(fmt::format("guarantee 8: {} matches by the map, other {} by the log",
                                        found.size(), expected.size()));
  }
}

void CheckedMap::expire(model::TimePoint now) {
  grid_.expire(now);
  ledger_.map().expire(now);
  check_size();
}

void CheckedMap::check_size() const {
  const match::BruteForce& oracle = ledger_.map();
  if (grid_.size() != oracle.size()) {
    world_.verdict.violated(
        fmt::format("guarantee 6: {} entities on the map, {} in the oracle", grid_.size(), oracle.size()));
  }
  if (grid_.deletion_marks() != oracle.deletion_marks()) {
    world_.verdict.violated(fmt::format("guarantee 9: {} deletion marks, {} in the oracle",
                                        grid_.deletion_marks(), oracle.deletion_marks()));
  }
}

}  // namespace geomatch::simulation
