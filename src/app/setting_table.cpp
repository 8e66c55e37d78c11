#include "setting_table.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "durations.hpp"
#include "numbers.hpp"

namespace geomatch::app {
namespace {

using namespace std::chrono_literals;
using Duration = Settings::Duration;

struct Label {
  const char* group;
  const char* name;
  const char* meaning;
};

Setting make(Label label, std::string placeholder, std::string takes, std::string range,
             std::string default_text, std::function<bool(Settings&, const std::string&)> set) {
  return {label.group,      label.name,       std::move(placeholder),  label.meaning,
          std::move(takes), std::move(range), std::move(default_text), std::move(set)};
}

std::string from_to(const std::string& least, const std::string& most) {
  return least + " to " + most;
}

const Settings& defaults() {
  static const Settings settings;
  return settings;
}

// A value type that has parse, text and takes.
template <typename Value>
Setting value(Label label, const char* placeholder, std::string_view range, Value Settings::*member) {
  return make(label, placeholder, std::string(Value::takes), std::string(range), (defaults().*member).text(),
              [member](Settings& settings, const std::string& text) {
                auto parsed = Value::parse(text);
                if (parsed) {
                  settings.*member = std::move(*parsed);
                }
                return parsed.has_value();
              });
}

Setting count(Label label, const char* placeholder, std::size_t Settings::*member, std::size_t least,
              std::size_t most) {
  const auto range = from_to(std::to_string(least), std::to_string(most));
  return make(label, placeholder, "a whole number from " + range, range, std::to_string(defaults().*member),
              [=](Settings& settings, const std::string& text) {
                const auto parsed = parse_number<std::size_t>(text);
                settings.*member = parsed.value_or(0);
                return parsed && *parsed >= least && *parsed <= most;
              });
}

Setting duration(Label label, Duration Settings::*member, Duration least, Duration most) {
  const auto range = from_to(duration_text(least), duration_text(most));
  return make(label, "DURATION", "a whole number with its unit (ms, s, min, h or d) from " + range, range,
              duration_text(defaults().*member), [=](Settings& settings, const std::string& text) {
                const auto parsed = parse_duration(text);
                settings.*member = parsed.value_or(Duration::zero());
                return parsed && *parsed >= least && *parsed <= most;
              });
}

// One of an enumeration's names, which are in the order of its values from 0.
template <typename Enum, std::size_t N>
Setting choice(Label label, const char* placeholder, Enum Settings::*member,
               const std::array<std::string_view, N>& names) {
  std::string takes;
  for (const auto name : names) {
    takes.append(takes.empty() ? "" : (name == names.back() ? " or " : ", ")).append(name);
  }
  return make(label, placeholder, takes, takes,
              std::string(names.at(static_cast<std::size_t>(defaults().*member))),
              [member, names](Settings& settings, const std::string& text) {
                const auto* const found = std::find(names.begin(), names.end(), text);
                settings.*member = static_cast<Enum>(found - names.begin());
                return found != names.end();
              });
}

bool set_radius(Settings& settings, const std::string& text) {
  settings.max_radius_m = parse_number<double>(text).value_or(0);
  return settings.max_radius_m >= 1 && settings.max_radius_m <= 50'000;
}

bool add_property(Settings& settings, const std::string& text) {
  const auto equals = text.find('=');
  if (equals == std::string::npos || equals == 0 || text.front() == '-') {
    return false;
  }
  settings.kafka.emplace_back(text.substr(0, equals), text.substr(equals + 1));
  return true;
}

Setting with_secrets(Setting setting) {
  setting.may_hold_secrets = true;
  return setting;
}

Setting repeatable(Setting setting) {
  setting.repeatable = true;
  return setting;
}

constexpr std::array<std::string_view, 2> acks{"published", "enqueued"};
constexpr std::array<std::string_view, 6> log_levels{"trace", "debug", "info", "warn", "error", "off"};

std::vector<Setting> make_table() {
  const auto* const serving = "Serving";
  const auto* const log = "Log";
  const auto* const map = "Map";
  const auto* const limits = "Limits";
  const auto* const timeouts = "Timeouts";
  const auto* const operation = "Operation";
  using S = Settings;
  return {
      value({serving, "listen", "Phones' side; port 0 picks one"}, "ADDR:PORT", "", &S::listen),
      value({serving, "admin-listen", "Operators' side: health and metrics"}, "ADDR:PORT", "",
            &S::admin_listen),
      count({serving, "threads", "I/O threads; the default is the machine's cores"}, "N", &S::threads, 1,
            S::most_threads),

      value({log, "publish", "Where each accepted fix is recorded"}, "LOG", LogTarget::takes, &S::publish),
      choice({log, "ack", "Answer 200 once the log has the record, or once it is queued for it"}, "WHEN",
             &S::ack, acks),
      with_secrets(repeatable(
          make({log, "kafka", "A librdkafka property; repeatable, in the environment separated by ';'"},
               "KEY=VALUE", "KEY=VALUE", "", "", add_property))),
      count({log, "publish-queue", "Records waiting for the log, at most; then 503"}, "N", &S::publish_queue,
            1, 10'000'000),
      duration(
          {log, "delivery-timeout", "Posts are refused while Kafka takes none for; below --answer-timeout"},
          &S::delivery_timeout, 10ms, 1h),
      duration({log, "journal-retention", "The journal keeps records for; what a restart reads at least"},
               &S::journal_retention, 24h, 24h * 3650),
      duration({log, "dedupe-window", "A uuid is remembered for, so that a resend isn't logged again"},
               &S::dedupe_window, 1s, 24h * 7),
      count({log, "dedupe-entries", "Uuids remembered, at most; the oldest are forgotten early"}, "N",
            &S::dedupe_entries, 1, 100'000'000),

      count({map, "max-entities", "Entities on the map, at most; then 503"}, "N", &S::max_entities, 1,
            S::most_entities),
      make({map, "max-radius-m", "The widest search, in metres"}, "METRES",
           "a number of metres from 1 to 50000", "1 to 50000", "50000", set_radius),
      count({map, "max-attributes-bytes", "Names and texts of one entity's attributes together"}, "BYTES",
            &S::max_attributes_bytes, 0, 65'536),
      duration({map, "max-clock-skew", "A timestamp further ahead counts as the time of arrival"},
               &S::max_clock_skew, 0ms, 24h),
      duration({map, "delete-memory", "A fix measured before a delete is stale for so long after it"},
               &S::delete_memory, 1s, 24h * 7),

      count({limits, "max-connections", "Phones connected at once"}, "N", &S::max_connections, 1, 1'000'000),
      count({limits, "max-in-flight", "Requests being answered at once, whole server; then 503"}, "N",
            &S::max_in_flight, 1, 1'000'000),
      count({limits, "max-pipelined", "Requests being answered at once, one connection; then it waits"}, "N",
            &S::max_pipelined, 1, 1024),
      count({limits, "max-header-bytes", "Header of a request; then 431"}, "BYTES", &S::max_header_bytes, 256,
            1'048'576),
      count({limits, "max-body-bytes", "Body of a request; then 413"}, "BYTES", &S::max_body_bytes, 256,
            16'777'216),

      duration({timeouts, "request-timeout", "A whole request has to arrive within; then 408"},
               &S::request_timeout, 10ms, 1h),
      duration({timeouts, "idle-timeout", "A connection without requests is closed after"}, &S::idle_timeout,
               10ms, 24h),
      duration({timeouts, "write-timeout", "A reply has to be taken within"}, &S::write_timeout, 10ms, 1h),
      duration({timeouts, "answer-timeout", "A post's outcome has to be known within; then 504"},
               &S::answer_timeout, 10ms, 1h),
      duration({timeouts, "shutdown-deadline", "From SIGTERM to the exit, at most"}, &S::shutdown_deadline,
               10ms, 1h),

      make({operation, "config", "These settings as TOML; flag over environment over file"}, "FILE",
           "a file that can be read", "", "", [](Settings&, const std::string&) { return true; }),
      choice({operation, "log-level", "What goes to standard error"}, "LEVEL", &S::log_level, log_levels),
  };
}

}  // namespace

std::string Setting::variable() const {
  std::string variable = "GEOMATCH_" + name;
  std::transform(variable.begin(), variable.end(), variable.begin(), [](char c) {
    return c == '-' ? '_' : (c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c);
  });
  return variable;
}

const std::vector<Setting>& setting_table() {
  static const auto table = make_table();
  return table;
}

}  // namespace geomatch::app
