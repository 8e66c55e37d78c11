#pragma once

#include <map>

#include <geomatch/http/reply_sink.hpp>

namespace geomatch::http {

/// Keeps what a connection would have sent.
class RecordingSink final : public ReplySink {
 public:
  bool reply(std::uint64_t sequence, const Reply& reply) noexcept override {
    return replies.emplace(sequence, reply).second;
  }

  std::map<std::uint64_t, Reply> replies;
};

}  // namespace geomatch::http
