#pragma once

#include <optional>
#include <string>

#include <geomatch/match/upsert_result.hpp>
#include <geomatch/publish/outcome.hpp>

#include "scheduler.hpp"

namespace geomatch::simulation {

/// One post or removal that a client sent, a resend being one of its own; and what became of it.
struct Attempt {
  using TimePoint = Scheduler::Clock::time_point;

  std::string id = {};
  std::string uuid = {};
  bool is_post = true;
  std::size_t connection = 0;
  TimePoint sent_at = {};
  bool whole = false;  // the session has read all of it

  bool handed = false;  // the publisher accepted it
  std::optional<std::size_t> log_index = {};
  std::optional<publish::Outcome> reported = {};  // what the publisher said in the end
  TimePoint reported_at = {};
  std::optional<match::UpsertResult> moved = {};  // what the oracle of the map made of it
  std::optional<std::size_t> map_position = {};   // among all that was done to its entity there

  std::optional<TimePoint> answered_at = {};
  int status = 0;
};

}  // namespace geomatch::simulation
