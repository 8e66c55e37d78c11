#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>

#include "histogram.hpp"

namespace geomatch::load {

/// What came of the requests that were due while it was measured.
struct Measurements {
  Histogram latency;    ///< from when a request was due to its whole answer; the unanswered count as long as
                        ///< waited for
  Histogram sent_late;  ///< how long the generator itself kept a request that was due and had a connection

  std::uint64_t answered = 0;
  std::uint64_t answered_in_time =
      0;  ///< whenever due, answers that came while it was measured: what requests/s means
  std::uint64_t unanswered = 0;  ///< when it was given up, or because they could never be sent
  std::uint64_t lost = 0;        ///< on connections that the server closed; all through the run
  std::uint64_t closings = 0;  ///< by the server, unannounced or with requests under way; all through the run
  std::uint64_t reopened = 0;  ///< connections, because the server closed them; all through the run
  std::array<std::uint64_t, 600> by_status{};
  std::string first_error;  ///< the body, or its beginning, of the first answer from 400 on

  std::uint64_t reply_bytes = 0;
  std::uint64_t sampled = 0;          ///< answers in which matches were counted
  std::uint64_t sampled_matches = 0;  ///< in those

  std::chrono::nanoseconds elapsed{0};        ///< while it was measured
  std::chrono::nanoseconds generator_cpu{0};  ///< of this program's, meanwhile
};

}  // namespace geomatch::load
