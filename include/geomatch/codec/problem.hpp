#pragma once

#include <span>
#include <string>
#include <string_view>

#include <geomatch/codec/decode_error.hpp>

namespace geomatch::codec {

/// A problem detail object of RFC 9457. The views have to outlive it. `detail` and `errors` may have bytes that
/// are no UTF-8: of these U+FFFD is written.
struct Problem {
  std::string_view type = "about:blank";
  std::string_view title = {};
  int status = 0;
  std::string_view detail = {};   ///< empty: left out
  std::string_view outcome = {};  ///< what is known of the record ("not_published"); empty: left out
  std::span<const MemberError> errors = {};     ///< empty: left out
  std::string_view errors_locator = "pointer";  ///< what an error is found by: "parameter" in a query
};

/// `{"type":…,"title":…,"status":…,"detail":…,"outcome":…,"errors":[{"pointer":…,"detail":…}]}`
[[nodiscard]] std::string encode_problem(const Problem& problem);

}  // namespace geomatch::codec
