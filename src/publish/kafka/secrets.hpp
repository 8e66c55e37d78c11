#pragma once

#include <string>
#include <vector>

#include <geomatch/publish/kafka_settings.hpp>

namespace geomatch::publish {

/// The values among the properties that nobody may read: passwords, keys, tokens. Const and so thread-safe.
class KafkaSecrets {
 public:
  explicit KafkaSecrets(const KafkaSettings& settings);

  /// `text` with `***` in place of each.
  [[nodiscard]] std::string removed_from(std::string text) const;

 private:
  std::vector<std::string> values_;  // the longest first: one may hold another
};

}  // namespace geomatch::publish
