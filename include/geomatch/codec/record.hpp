#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <geomatch/codec/post.hpp>
#include <geomatch/model/fix.hpp>

namespace geomatch::codec {

/// What a record of the log tells about an entity.
struct Record {
  model::Fix fix;
  std::string uuid;  ///< empty: none
};

/// The record's value as the log keeps it: compact JSON of `id`, `lat`, `lon`, `timestamp` and `received_at`
/// in epoch milliseconds, then what else was given.
[[nodiscard]] std::string encode_record(const Post& post);

/// Reads such a value back; nullopt where it isn't one. Members it doesn't know are skipped, so that a log
/// written by a newer version can be read.
[[nodiscard]] std::optional<Record> decode_record(std::string_view value);

}  // namespace geomatch::codec
