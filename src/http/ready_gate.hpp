#pragma once

#include <optional>

#include <geomatch/http/readiness.hpp>
#include <geomatch/http/reply.hpp>

namespace geomatch::http {

/// The answer to a phone while the server isn't ready; nullopt while it is.
[[nodiscard]] std::optional<Reply> refusal_unless_ready(const Readiness& readiness);

}  // namespace geomatch::http
