#pragma once

#include <cstdint>

#include <geomatch/http/reply.hpp>

namespace geomatch::http {

/// Where the answers of one connection go.
class ReplySink {
 public:
  virtual ~ReplySink() = default;

  /// Answers the request that `sequence` names. On the connection's I/O thread only. False if the answer
  /// comes too late (the connection is gone, or the request was answered without it) and was dropped.
  virtual bool reply(std::uint64_t sequence, const Reply& reply) noexcept = 0;
};

}  // namespace geomatch::http
