#pragma once

#include <optional>
#include <string>

#include <geomatch/model/time.hpp>

namespace geomatch::publish {

/// One entry of the log.
struct Record {
  std::string key = {};                   ///< the entity's id: records of one key keep their order
  std::optional<std::string> value = {};  ///< compact JSON; none: a tombstone, the entity was deleted
  model::TimePoint received_at = {};

  friend bool operator==(const Record&, const Record&) = default;
};

}  // namespace geomatch::publish
