#pragma once

#include <optional>
#include <string_view>

#include <geomatch/model/time.hpp>

namespace geomatch::codec {

/// Reads a date and time of RFC 3339, section 5.6, for the years 0001 to 9999. A fraction of any length is
/// cut to milliseconds, a leap second is the first moment of the next minute, and the offset's colon may be
/// missing, as phones send it ("+0530"). nullopt for anything else, days that don't exist among it.
[[nodiscard]] std::optional<model::TimePoint> parse_rfc3339(std::string_view text) noexcept;

}  // namespace geomatch::codec
