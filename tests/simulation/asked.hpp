#pragma once

#include <string>

#include "ledger.hpp"

namespace geomatch::simulation {

/// A request that a client sent, and what it needs to judge the answer.
struct Asked {
  enum class Kind { post, removal, entity, head, nearby, wrong, malformed, too_large, incomplete };

  Kind kind = Kind::post;
  std::string bytes = {};
  std::string id = {};
  std::size_t attempt = Ledger::none;            // of a post or a removal
  int refusal = 0;                               // the status of one that is wrong
  bool is_last = false;                          // nothing after it on its connection is a request
  std::size_t ends_at = 0;                       // bytes into its connection
  Scheduler::Clock::time_point arrived_at = {};  // whole
  std::size_t known_change = 0;                  // of its entity, when it was sent
};

}  // namespace geomatch::simulation
