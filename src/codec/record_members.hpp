#pragma once

#include <array>

#include "member_rule.hpp"

/// What only a record has: its times, final.
namespace geomatch::codec::record_members {

// As MemberRule::Read.
[[nodiscard]] bool read_timestamp(JsonScanner& in, Draft& draft);
[[nodiscard]] bool read_received_at(JsonScanner& in, Draft& draft);

inline constexpr std::array rules{
    MemberRule{"timestamp", "milliseconds since 1970", read_timestamp, true},
    MemberRule{"received_at", "milliseconds since 1970", read_received_at, true},
};

}  // namespace geomatch::codec::record_members
