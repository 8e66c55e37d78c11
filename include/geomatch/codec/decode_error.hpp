#pragma once

#include <string>
#include <vector>

namespace geomatch::codec {

/// One member that is wrong.
struct MemberError {
  std::string pointer;  ///< JSON Pointer (RFC 6901) to it; empty for the whole document
  std::string detail;   ///< what it takes, for a person

  friend bool operator==(const MemberError&, const MemberError&) = default;
};

/// Why a body was refused.
struct DecodeError {
  enum class Kind {
    not_json,        ///< the bytes are no JSON text; `members` is empty
    not_a_location,  ///< JSON, and each of `members` is wrong
  };

  Kind kind = Kind::not_json;
  std::string detail;                ///< one sentence for a person
  std::vector<MemberError> members;  ///< all of them, in the order they were met; the missing ones last
};

}  // namespace geomatch::codec
