#include <algorithm>
#include <cstdint>

#include <geomatch/app/log_target.hpp>

#include "numbers.hpp"

namespace geomatch::app {
namespace {

constexpr std::string_view sqlite_prefix = "sqlite:";
constexpr std::string_view kafka_prefix = "kafka:";

template <typename Predicate>
bool all_of(std::string_view text, Predicate allowed) {
  return !text.empty() && std::all_of(text.begin(), text.end(), allowed);
}

bool is_alphanumeric(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

// Kafka's own rule.
bool is_topic(std::string_view text) {
  constexpr std::size_t longest = 249;
  return text.size() <= longest && text != "." && text != ".." &&
         all_of(text, [](char c) { return is_alphanumeric(c) || c == '.' || c == '_' || c == '-'; });
}

bool is_host(std::string_view text) {
  if (text.size() > 2 && text.front() == '[' && text.back() == ']') {
    return all_of(text.substr(1, text.size() - 2),
                  [](char c) { return is_alphanumeric(c) || c == ':' || c == '.' || c == '%'; });
  }
  return all_of(text, [](char c) { return is_alphanumeric(c) || c == '.' || c == '-' || c == '_'; });
}

bool is_broker(std::string_view text) {
  const auto colon = text.rfind(':');
  return colon != std::string_view::npos && is_host(text.substr(0, colon)) &&
         parse_number<std::uint16_t>(text.substr(colon + 1)).value_or(0) != 0;
}

bool is_broker_list(std::string_view text) {
  for (auto comma = text.find(','); comma != std::string_view::npos; comma = text.find(',')) {
    if (!is_broker(text.substr(0, comma))) {
      return false;
    }
    text.remove_prefix(comma + 1);
  }
  return is_broker(text);
}

}  // namespace

std::optional<LogTarget> LogTarget::parse(std::string_view text) {
  if (text == "none") {
    return LogTarget{None{}};
  }
  if (text.starts_with(sqlite_prefix)) {
    text.remove_prefix(sqlite_prefix.size());
    // SQLite takes these two for a database that is gone with the process: no journal.
    if (text.empty() || text == ":memory:") {
      return std::nullopt;
    }
    return LogTarget{Sqlite{std::string(text)}};
  }
  if (text.starts_with(kafka_prefix)) {
    text.remove_prefix(kafka_prefix.size());
    const auto slash = text.find('/');
    if (slash == std::string_view::npos || !is_broker_list(text.substr(0, slash)) ||
        !is_topic(text.substr(slash + 1))) {
      return std::nullopt;
    }
    return LogTarget{Kafka{std::string(text.substr(0, slash)), std::string(text.substr(slash + 1))}};
  }
  return std::nullopt;
}

std::string LogTarget::text() const {
  if (const auto* const sqlite = std::get_if<Sqlite>(&kind)) {
    return std::string(sqlite_prefix) + sqlite->file;
  }
  if (const auto* const kafka = std::get_if<Kafka>(&kind)) {
    return std::string(kafka_prefix) + kafka->brokers + '/' + kafka->topic;
  }
  return "none";
}

}  // namespace geomatch::app
