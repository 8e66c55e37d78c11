#include "kafka/secrets.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace geomatch::publish {
namespace {

constexpr std::string_view mask = "***";

// By what their names hold, so that those of later versions of librdkafka are among them.
bool is_secret(std::string_view key) {
  constexpr std::array marks{"password", "secret",    "ssl.key.pem",
                             "jaas",     "assertion", "sasl.oauthbearer.config"};
  return std::ranges::any_of(marks,
                             [&](std::string_view mark) { return key.find(mark) != std::string_view::npos; });
}

}  // namespace

KafkaSecrets::KafkaSecrets(const KafkaSettings& settings) {
  for (const auto& [key, value] : settings.properties) {
    if (is_secret(key) && !value.empty()) values_.push_back(value);
  }
  std::ranges::sort(values_, [](const auto& a, const auto& b) { return a.size() > b.size(); });
}

std::string KafkaSecrets::removed_from(std::string text) const {
  for (const auto& value : values_) {
    for (auto at = text.find(value); at != std::string::npos; at = text.find(value, at + mask.size())) {
      text.replace(at, value.size(), mask);
    }
  }
  return text;
}

}  // namespace geomatch::publish
