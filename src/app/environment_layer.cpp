#include "environment_layer.hpp"

#include <algorithm>
#include <string_view>

namespace geomatch::app {
namespace {

constexpr std::string_view prefix = "GEOMATCH_";

// What Kubernetes and Docker's links put into every container near a service whose name starts with
// "geomatch".
bool is_of_a_service(std::string_view name, std::string_view value) {
  constexpr std::string_view port = "_PORT_";
  if (name.ends_with("_SERVICE_HOST") || name.find("_SERVICE_PORT") != std::string_view::npos) return true;
  if (name.ends_with("_PORT")) return value.find("://") != std::string_view::npos;
  const auto found = name.find(port);
  if (found == std::string_view::npos) return false;
  const auto number = name.substr(found + port.size());
  const auto digits = std::min(number.find_first_not_of("0123456789"), number.size());
  const auto protocol = number.substr(digits);
  return digits != 0 &&
         (protocol.starts_with("_TCP") || protocol.starts_with("_UDP") || protocol.starts_with("_SCTP"));
}

bool is_for_tests(std::string_view name) {
  return name.starts_with("GEOMATCH_TEST_") || name == "GEOMATCH_SHARED_DATA";
}

void add(Layer& layer, const Setting& setting, std::string value, const std::string& name) {
  while (setting.repeatable) {
    const auto separator = value.find(';');
    if (separator == std::string::npos) {
      break;
    }
    layer.push_back({&setting, value.substr(0, separator), name});
    value.erase(0, separator + 1);
  }
  layer.push_back({&setting, std::move(value), name});
}

}  // namespace

Layer read_environment(const char* const* environment) {
  Layer layer;
  for (; *environment != nullptr; ++environment) {
    const std::string_view entry = *environment;
    const auto equals = entry.find('=');
    if (!entry.starts_with(prefix) || equals == std::string_view::npos) {
      continue;
    }
    const std::string name(entry.substr(0, equals));
    std::string value(entry.substr(equals + 1));
    const auto& table = setting_table();
    const auto setting = std::find_if(table.begin(), table.end(),
                                      [&](const Setting& known) { return known.variable() == name; });
    if (setting != table.end()) {
      add(layer, *setting, std::move(value), name);
    } else if (!is_for_tests(name) && !is_of_a_service(name, value)) {
      throw SettingError(name + " in the environment is no setting; --help lists them");
    }
  }
  return layer;
}

}  // namespace geomatch::app
