#pragma once

#include <array>

#include "member_rule.hpp"
#include "where.hpp"

/// What only a post has: the phone's time, and what it wants to be matched with.
namespace geomatch::codec::post_members {

// As MemberRule::Read.
[[nodiscard]] bool read_timestamp(JsonScanner& in, Draft& draft);
[[nodiscard]] bool read_seek(JsonScanner& in, Draft& draft);
[[nodiscard]] bool read_radius(JsonScanner& in, Draft& draft);
[[nodiscard]] bool read_limit(JsonScanner& in, Draft& draft);
[[nodiscard]] bool read_max_age(JsonScanner& in, Draft& draft);

inline constexpr std::array rules{
    MemberRule{"timestamp", "RFC 3339 text or epoch milliseconds, in the years 2000 to 9999", read_timestamp},
    MemberRule{"seek", "a string of up to 32 bytes", read_seek},
    MemberRule{"radius_m", "a number of metres over 0", read_radius},
    MemberRule{"limit", "an integer from 0 to 100", read_limit},
    MemberRule{"max_age_s", "a number of seconds over 0", read_max_age},
    MemberRule{"where", "an object of up to 16 conditions", read_where},
};

}  // namespace geomatch::codec::post_members
