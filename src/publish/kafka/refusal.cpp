#include "kafka/refusal.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <iterator>
#include <string_view>
#include <vector>

#include <librdkafka/rdkafka.h>

#include "kafka/handles.hpp"
#include "kafka/secrets.hpp"

namespace geomatch::publish {
namespace {

using Names = std::vector<std::string>;

// What librdkafka says without naming a property, and which it may mean. The first is named if none was
// given.
struct Hint {
  std::string_view fragment;
  std::array<std::string_view, 6> candidates;
};
constexpr std::array hints{
    Hint{"SASL mechanism", {"sasl.mechanism", "sasl.mechanisms"}},
    Hint{"hash function", {"sasl.mechanism", "sasl.mechanisms"}},
    Hint{"Private key check failed",
         {"ssl.key.location", "ssl.key.pem", "ssl.certificate.location", "ssl.certificate.pem",
          "ssl.keystore.location"}},
    Hint{"engine", {"ssl.engine.location", "ssl.engine.id"}},
    Hint{"OpenSSL provider", {"ssl.providers"}},
    Hint{"OIDC", {"sasl.oauthbearer.method"}},
    Hint{"OAUTHBEARER", {"sasl.oauthbearer.config", "sasl.mechanism", "sasl.mechanisms"}},
    Hint{"GSSAPI", {"sasl.mechanism", "sasl.mechanisms"}},
    Hint{"kinit", {"sasl.kerberos.kinit.cmd"}},
    Hint{"mock cluster", {"test.mock.num.brokers"}},
    Hint{"plugin", {"plugin.library.paths"}},
};

// Reading one tells nothing: one that isn't set counts as unknown.
bool is_property(const std::string& name) {
  const KafkaHandle<rd_kafka_conf_t> scratch{rd_kafka_conf_new()};
  return rd_kafka_conf_set(scratch.get(), name.c_str(), "", nullptr, 0) != RD_KAFKA_CONF_UNKNOWN;
}

// The names of properties in a text, in its order: words in backticks, or with a dot in them.
Names names_in(const std::string& text) {
  const auto belongs = [](unsigned char c) {
    return std::islower(c) != 0 || std::isdigit(c) != 0 || c == '.';
  };
  Names names;
  for (auto begin = text.begin(); begin != text.end();) {
    begin = std::find_if(begin, text.end(), belongs);
    const auto end = std::find_if_not(begin, text.end(), belongs);
    const bool quoted = begin != text.begin() && *std::prev(begin) == '`';
    std::string word{begin, end};
    while (word.ends_with('.')) word.pop_back();
    const bool named = quoted || word.find('.') != std::string::npos;
    if (named && is_property(word)) names.push_back(std::move(word));
    begin = end;
  }
  return names;
}

bool given(const KafkaSettings& settings, std::string_view name) {
  return std::ranges::any_of(settings.properties, [&](const auto& one) { return one.first == name; });
}

Names hinted_at(const KafkaSettings& settings, const std::string& why) {
  const auto hint = std::ranges::find_if(
      hints, [&](const Hint& one) { return why.find(one.fragment) != std::string::npos; });
  if (hint == hints.end()) return {};
  Names names;
  for (const auto candidate : hint->candidates) {
    if (given(settings, candidate)) names.emplace_back(candidate);
  }
  if (names.empty()) names.emplace_back(hint->candidates.front());
  return names;
}

// The one at fault comes first in librdkafka's sentences.
Names at_fault(const KafkaSettings& settings, const std::string& why) {
  Names names = names_in(why);
  if (!names.empty()) return {names.front()};
  names = hinted_at(settings, why);
  if (!names.empty()) return names;
  for (const auto& [key, value] : settings.properties) names.push_back(key);
  return names;
}

std::string on_one_line(std::string text) {
  std::ranges::replace_if(
      text, [](unsigned char c) { return std::iscntrl(c) != 0; }, ' ');
  while (text.ends_with(' ')) text.pop_back();
  return text;
}

std::invalid_argument refused(const KafkaSettings& settings, const Names& names, const std::string& why) {
  std::string line = "kafka: ";
  for (const auto& name : names) {
    line += &name != &names.front() ? ", '" : names.size() == 1 ? "property '" : "properties '";
    line += name + "'";
  }
  if (!names.empty()) line += ": ";
  return std::invalid_argument{line + on_one_line(KafkaSecrets{settings}.removed_from(why))};
}

}  // namespace

std::invalid_argument client_refused(const KafkaSettings& settings, const std::string& why) {
  return refused(settings, at_fault(settings, why), why);
}

std::invalid_argument property_refused(const KafkaSettings& settings, const std::string& key,
                                       const std::string& why) {
  return refused(settings, {key}, why);
}

}  // namespace geomatch::publish
