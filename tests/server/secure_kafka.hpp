#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace geomatch::test {

/// The Kafka of `scripts/kafka start --secure`, whose folder `secure` GEOMATCH_TEST_KAFKA_SECURE names.
class SecureKafka {
 public:
  using Properties = std::map<std::string, std::string>;

  [[nodiscard]] static bool there() { return std::getenv("GEOMATCH_TEST_KAFKA_SECURE") != nullptr; }

  /// HOST:PORT of a listener: PLAINTEXT, where everybody may do everything; SCRAM, MTLS.
  [[nodiscard]] std::string brokers(const std::string& listener) const {
    std::ifstream lines{folder_ / "listeners"};
    for (std::string name, address; lines >> name >> address;) {
      if (name == listener) return address;
    }
    throw std::runtime_error("no listener " + listener);
  }

  /// What `--kafka` takes for a user: scram, guest or mtls.
  [[nodiscard]] Properties properties(const std::string& user) const {
    Properties found;
    std::ifstream lines{folder_ / (user + ".properties")};
    for (std::string line; std::getline(lines, line);) {
      const auto equals = line.find('=');
      found[line.substr(0, equals)] = line.substr(equals + 1);
    }
    return found;
  }

  [[nodiscard]] std::string file(const std::string& name) const { return folder_ / name; }

 private:
  const std::filesystem::path folder_{std::getenv("GEOMATCH_TEST_KAFKA_SECURE")};
};

}  // namespace geomatch::test
