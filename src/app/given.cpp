#include "given.hpp"

#include <algorithm>
#include <cstdint>

#include "numbers.hpp"

namespace geomatch::app {
namespace {

std::string on_one_line(std::string text) {
  std::replace_if(
      text.begin(), text.end(), [](unsigned char c) { return c < ' ' || c == '\x7f'; }, '?');
  return text;
}

}  // namespace

SettingError::SettingError(const std::string& line) : std::runtime_error(on_one_line(line)) {}

SettingError wrong_value(const Given& given) {
  const auto& setting = *given.setting;
  std::string line = "--" + setting.name;
  if (!given.source.empty()) {
    line += " (from " + given.source + ")";
  }
  line += " takes " + setting.takes;
  if (setting.may_hold_secrets) {
    return SettingError(line + "; what was given isn't shown, for it may hold a password");
  }
  line += ", not '" + given.value + "'";
  if (setting.placeholder == "DURATION" && parse_number<std::uint64_t>(given.value)) {
    line += ", which has no unit";
  }
  return SettingError(line);
}

const Setting* find_setting(std::string_view name) {
  const auto& table = setting_table();
  const auto found =
      std::find_if(table.begin(), table.end(), [&](const Setting& setting) { return setting.name == name; });
  return found == table.end() ? nullptr : &*found;
}

}  // namespace geomatch::app
