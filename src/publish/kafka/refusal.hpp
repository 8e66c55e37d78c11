#pragma once

#include <stdexcept>
#include <string>

#include <geomatch/publish/kafka_settings.hpp>

namespace geomatch::publish {

/// What to throw when librdkafka doesn't make a client with `settings` and says `why`: one line that names
/// the property that it is about. Where no single one can be told, those that were given and are related.
[[nodiscard]] std::invalid_argument client_refused(const KafkaSettings& settings, const std::string& why);

/// The same for a property whose name is known.
[[nodiscard]] std::invalid_argument property_refused(const KafkaSettings& settings, const std::string& key,
                                                     const std::string& why);

}  // namespace geomatch::publish
