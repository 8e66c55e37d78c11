#pragma once

#include <geomatch/model/fix.hpp>

namespace geomatch::match {

/// Whether `fix` comes too late to move an entity whose fix is `known` (null: none). Judged as of the moment
/// it was received, so that a replayed log decides as the live server did.
[[nodiscard]] inline bool is_stale(const model::Fix& fix, const model::Fix* known) noexcept {
  if (!fix.alive_at(fix.received_at)) return true;
  return known != nullptr && known->alive_at(fix.received_at) && fix.timestamp < known->timestamp;
}

}  // namespace geomatch::match
