#include "recovery.hpp"

#include <algorithm>
#include <thread>

#include <spdlog/spdlog.h>

#include <geomatch/match/matcher.hpp>
#include <geomatch/publish/log_reader.hpp>

#include "lanes.hpp"
#include "log_view.hpp"

namespace geomatch::app {
namespace {

std::size_t lane_count() {
  constexpr std::size_t most = 16;  // beyond, the one that reads is what they wait for
  return std::clamp<std::size_t>(std::thread::hardware_concurrency(), 1, most);
}

bool replay(publish::LogReader& reader, LogView& view, model::TimePoint since) {
  Lanes lanes{view, lane_count()};
  return reader.replay(since, [&lanes](const publish::Record& record) { lanes.add(record); });
}

void tell(const LogView& view, const match::Matcher& matcher, std::chrono::duration<double> took) {
  const std::size_t marks = matcher.deletion_marks();
  spdlog::info("recovered {} entities and {} deletion marks from {} records of the log in {:.2f} s",
               matcher.size() - marks, marks, view.applied(), took.count());
  if (view.not_understood() != 0) {
    spdlog::warn("{} records of the log are not ours and were skipped", view.not_understood());
  }
  if (view.without_room() != 0) {
    spdlog::warn("{} records of the log found the map full; raise --max-entities", view.without_room());
  }
}

}  // namespace

bool recover(publish::LogReader& reader, LogView& view, match::Matcher& matcher, model::TimePoint since,
             model::TimePoint now) {
  const auto began = std::chrono::steady_clock::now();
  view.make_room_as_of(now);
  if (!replay(reader, view, since)) return false;
  view.make_room_as_of(std::nullopt);
  matcher.expire(now);
  tell(view, matcher, std::chrono::steady_clock::now() - began);
  return true;
}

}  // namespace geomatch::app
