#pragma once

#include <optional>
#include <string_view>

#include <geomatch/codec/decode_error.hpp>
#include <geomatch/codec/decode_limits.hpp>
#include <geomatch/codec/post.hpp>
#include <geomatch/model/time.hpp>

namespace geomatch::codec {

/// Decodes the body of a `POST /match` that arrived at `received_at` into `post`, whatever it held before.
/// Use one post for many bodies: its memory is used again. With an error, what it holds is unspecified.
///
/// Every wrong member is in the error, not only the first. Members it doesn't know are skipped, whatever
/// they hold. Bounded by the size of `body`: nesting takes no stack. Thread-safe.
[[nodiscard]] std::optional<DecodeError> decode_post(std::string_view body, model::TimePoint received_at,
                                                     const DecodeLimits& limits, Post& post);

}  // namespace geomatch::codec
