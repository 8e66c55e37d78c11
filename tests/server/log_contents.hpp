#pragma once

#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include <geomatch/publish/record.hpp>

namespace geomatch::test {

/// All records of a journal, in its order.
std::vector<publish::Record> journal_contents(const std::filesystem::path& file);

/// The brokers of the Kafka that the tests may use, or nullptr.
inline const char* kafka_brokers() {
  return std::getenv("GEOMATCH_TEST_KAFKA");
}

/// All records of a topic, in the order of each partition, as a client that isn't librdkafka reads them;
/// without those that say nothing.
std::vector<publish::Record> topic_contents(const std::string& topic);

}  // namespace geomatch::test
