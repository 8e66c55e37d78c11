#pragma once

#include <string_view>

#include "draft.hpp"
#include "json_scanner.hpp"

namespace geomatch::codec {

/// How a member of the body is read.
struct MemberRule {
  /// Reads the member's value, all of it, into the draft. False: it is not what the member takes. A reader
  /// with more to say about it complains by itself and returns true.
  using Read = bool (*)(JsonScanner& in, Draft& draft);

  std::string_view name = {};
  std::string_view takes = {};  ///< for a person: "must be …", "is required: …"
  Read read = nullptr;
  bool required = false;
};

}  // namespace geomatch::codec
