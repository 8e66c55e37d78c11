#pragma once

#include <string_view>

namespace geomatch::http {

/// Whether a Content-Type is one of JSON: application/json or any +json (RFC 6839), parameters aside. A body
/// without one is taken for JSON.
[[nodiscard]] bool is_json(std::string_view content_type) noexcept;

}  // namespace geomatch::http
