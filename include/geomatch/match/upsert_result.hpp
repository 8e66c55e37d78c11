#pragma once

namespace geomatch::match {

/// What an upsert did.
enum class UpsertResult {
  accepted,  ///< the entity is now where the fix says
  stale,  ///< older than the fix known, than the entity's deletion or than its own time to live: the map is
          ///< as before
  full,   ///< a new entity, and no room for it: the map is as before
};

}  // namespace geomatch::match
