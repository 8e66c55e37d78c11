#pragma once

#include <string_view>
#include <vector>

#include <geomatch/codec/decode_error.hpp>
#include <geomatch/http/reply.hpp>
#include <geomatch/publish/outcome.hpp>

/// The answers that aren't good ones, as problem details (RFC 9457): all of them, in one place.
namespace geomatch::http::problems {

[[nodiscard]] Reply bad_request(std::string_view detail);  // 400
[[nodiscard]] Reply bad_query(std::string_view detail,
                              const std::vector<codec::MemberError>& parameters);  // 400
[[nodiscard]] Reply bad_body(const codec::DecodeError& error);                     // 400 or 422
[[nodiscard]] Reply not_found(std::string_view detail);                            // 404
[[nodiscard]] Reply method_not_allowed(std::string_view allow);                    // 405
[[nodiscard]] Reply request_timeout();                                             // 408
[[nodiscard]] Reply length_required();                                             // 411
[[nodiscard]] Reply body_too_large();                                              // 413
[[nodiscard]] Reply unsupported_media_type(std::string_view detail);               // 415
[[nodiscard]] Reply unsupported_encoding();                                        // 415
[[nodiscard]] Reply header_too_large();                                            // 431
[[nodiscard]] Reply not_implemented(std::string_view detail);                      // 501
[[nodiscard]] Reply unavailable(std::string_view detail);                          // 503, not published
[[nodiscard]] Reply not_ready(std::string_view detail);                            // 503, for probes
[[nodiscard]] Reply outcome_unknown();                                             // 504
[[nodiscard]] Reply version_not_supported();                                       // 505

/// The answer for a record that isn't in the log or may not be. `outcome`: not_published, too_large or unknown.
[[nodiscard]] Reply not_logged(publish::Outcome outcome);

}  // namespace geomatch::http::problems
