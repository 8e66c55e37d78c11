#pragma once

#include <string>

#include "support/load.hpp"

namespace geomatch::bench {

/// What our publisher is measured against: one thread that hands records to librdkafka and takes their
/// reports in batches, and does nothing else. Idempotent, acknowledged by all, Nagle off. Ends the program if
/// a record isn't delivered.
[[nodiscard]] Measured measure_librdkafka_alone(const std::string& brokers, const std::string& topic,
                                                const std::string& linger_ms, const Load& load);

}  // namespace geomatch::bench
