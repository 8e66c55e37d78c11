#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <geomatch/codec/record.hpp>

/// Records as values.
namespace geomatch::codec {

[[nodiscard]] inline std::string encode_record(const Post& post) {
  std::string json;
  append_record(json, post);
  return json;
}

[[nodiscard]] inline std::optional<Record> decode_record(std::string_view value) {
  Record record;
  return decode_record(value, record) ? std::optional{std::move(record)} : std::nullopt;
}

}  // namespace geomatch::codec
