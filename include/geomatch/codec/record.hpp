#pragma once

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

/// Appends the record's value as the log keeps it: compact JSON of `id`, `lat`, `lon`, `timestamp` and
/// `received_at` in epoch milliseconds, then what else was given.
void append_record(std::string& out, const Post& post);

/// Reads such a value back into `record`, whatever it held before: its memory is used again. False where the
/// value isn't one; then what `record` holds is unspecified. Members it doesn't know are skipped, so that a
/// log written by a newer version can be read. Thread-safe.
[[nodiscard]] bool decode_record(std::string_view value, Record& record);

}  // namespace geomatch::codec
