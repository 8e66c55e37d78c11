#pragma once

#include <array>
#include <cstddef>

#include "attributes.hpp"
#include "member_rule.hpp"

/// What posts and records have in common: the fix and its uuid.
namespace geomatch::codec::fix_members {

/// Of `role`, and of `seek`, which names one.
inline constexpr std::size_t max_role_bytes = 32;

// As MemberRule::Read.
[[nodiscard]] bool read_id(JsonScanner& in, Draft& draft);
[[nodiscard]] bool read_lat(JsonScanner& in, Draft& draft);
[[nodiscard]] bool read_lon(JsonScanner& in, Draft& draft);
[[nodiscard]] bool read_uuid(JsonScanner& in, Draft& draft);
[[nodiscard]] bool read_accuracy(JsonScanner& in, Draft& draft);
[[nodiscard]] bool read_altitude(JsonScanner& in, Draft& draft);
[[nodiscard]] bool read_speed(JsonScanner& in, Draft& draft);
[[nodiscard]] bool read_heading(JsonScanner& in, Draft& draft);
[[nodiscard]] bool read_role(JsonScanner& in, Draft& draft);
[[nodiscard]] bool read_ttl(JsonScanner& in, Draft& draft);

inline constexpr std::array rules{
    MemberRule{"id", "a string of 1 to 128 bytes without control characters", read_id, true},
    MemberRule{"lat", "a number from -90 to 90", read_lat, true},
    MemberRule{"lon", "a number from -180 to 180", read_lon, true},
    MemberRule{"uuid", "a string of up to 64 bytes", read_uuid},
    MemberRule{"accuracy", "a number of metres, or null", read_accuracy},
    MemberRule{"altitude", "a number of metres, or null", read_altitude},
    MemberRule{"speed", "a number of metres per second, or null", read_speed},
    MemberRule{"heading", "a number of degrees from 0 to 360, or null", read_heading},
    MemberRule{"role", "a string of up to 32 bytes", read_role},
    MemberRule{"ttl_s", "a number of seconds from 1 to 86400", read_ttl},
    MemberRule{"attributes", "an object of up to 16 strings, numbers and booleans", read_attributes},
};

}  // namespace geomatch::codec::fix_members
