#include "environment_layer.hpp"

#include <algorithm>
#include <regex>
#include <string_view>

namespace geomatch::app {
namespace {

constexpr std::string_view prefix = "GEOMATCH_";

// Our tests' own variables, and those that Kubernetes and Docker's links put into every container near a
// service whose name starts with "geomatch".
bool is_for_others(const std::string& name, const std::string& value) {
  static const std::regex service(
      "GEOMATCH_(.*_)?(SERVICE_HOST|SERVICE_PORT(_.*)?|PORT_[0-9]+_(TCP|UDP|SCTP)(_.*)?)");
  static const std::regex link("GEOMATCH_(.*_)?PORT");
  return name.starts_with("GEOMATCH_TEST_") || name == "GEOMATCH_SHARED_DATA" ||
         std::regex_match(name, service) ||
         (std::regex_match(name, link) && value.find("://") != std::string::npos);
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
    } else if (!is_for_others(name, value)) {
      throw SettingError(name + " in the environment is no setting; --help lists them");
    }
  }
  return layer;
}

}  // namespace geomatch::app
