#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <string_view>

#include <CLI/CLI.hpp>

#include <geomatch/app/settings_parser.hpp>
#include <geomatch/app/version.hpp>

#include "durations.hpp"
#include "environment_layer.hpp"
#include "given.hpp"
#include "toml_lines.hpp"

namespace geomatch::app {
namespace {

constexpr int wrong_configuration = 2;

std::string help_of(const Setting& setting) {
  auto help = setting.meaning + '\n';
  if (!setting.range.empty()) {
    help += setting.range + (setting.range.size() < 32 ? "; " : "\n");
  }
  if (!setting.default_text.empty()) {
    help += "default " + setting.default_text + "; ";
  }
  return help + setting.variable();
}

// CLI11 would take the next argument for the value, whatever that is.
void refuse_missing_values(int argc, const char* const* argv) {
  for (int i = 1; i < argc; ++i) {
    std::string_view argument = argv[i];
    if (!argument.starts_with("--")) {
      continue;
    }
    const bool empty = argument.ends_with('=');
    argument.remove_suffix(empty ? 1 : 0);
    const auto* setting = find_setting(argument.substr(2));
    if (setting != nullptr && (empty || i + 1 == argc || std::string_view(argv[i + 1]).starts_with("--"))) {
      throw wrong_value({setting, "", ""});
    }
  }
}

using Options = std::vector<std::pair<const Setting*, const CLI::Option*>>;

Options add_options(CLI::App& app) {
  Options options;
  for (const auto& setting : setting_table()) {
    const CLI::callback_t read_later = [](const CLI::results_t&) { return true; };
    auto* option = app.add_option("--" + setting.name, read_later, help_of(setting));
    option->multi_option_policy(setting.repeatable ? CLI::MultiOptionPolicy::TakeAll
                                                   : CLI::MultiOptionPolicy::TakeLast);
    option->option_text(setting.placeholder)->group(setting.group);
    options.emplace_back(&setting, option);
  }
  app.set_help_flag("-h,--help", "Print this and exit")->group("Operation");
  app.set_version_flag("--version", "geomatch " + std::string(version), "Print the version and exit")
      ->group("Operation");
  app.footer(
      "\nA DURATION is a whole number with its unit: ms, s, min, h or d. A FILE's keys are the flags' "
      "names.");
  app.get_formatter()->column_width(32);
  return options;
}

// Throws CLI::Success's kinds for --help and --version.
Layer read_flags(CLI::App& app, int argc, const char* const* argv) {
  const auto options = add_options(app);
  app.allow_extras();
  refuse_missing_values(argc, argv);
  app.parse(argc, argv);
  if (!app.remaining().empty()) {
    throw SettingError("'" + app.remaining().front() + "' is no setting; --help lists them");
  }
  Layer layer;
  for (const auto& [setting, option] : options) {
    for (const auto& value : option->results()) {
      layer.push_back({setting, value, ""});
    }
  }
  return layer;
}

std::string read_whole(const Given& config) {
  std::error_code ignored;
  std::ifstream file(config.value, std::ios::binary);
  std::ostringstream text;
  if (!file || std::filesystem::is_directory(config.value, ignored)) {
    throw wrong_value(config);
  }
  text << file.rdbuf();
  return text.str();
}

Layer read_file(const Given& config) {
  std::istringstream text(plain_toml(read_whole(config), config.value));
  CLI::ConfigTOML toml;
  toml.comment('\0');  // gone already, and '#' may be in a string
  Layer layer;
  std::set<std::string> seen;
  for (const auto& item : toml.from_config(text)) {
    const auto name = item.fullname();
    const auto* setting = find_setting(name);
    if (setting == nullptr || name == "config") {
      throw SettingError("'" + name + "' in " + config.value + " is no setting; --help lists them");
    }
    if (!seen.insert(name).second || (!setting->repeatable && item.inputs.size() != 1)) {
      throw SettingError("--" + name + " (from " + config.value + ") takes one value, not " +
                         (item.inputs.empty() ? "none" : "several"));
    }
    for (const auto& value : item.inputs) {
      layer.push_back({setting, value, config.value});
    }
  }
  return layer;
}

// The last one given goes over all before it.
const Given* last_of(const std::string& name, const Layer& layer) {
  const auto found = std::find_if(layer.rbegin(), layer.rend(),
                                  [&](const Given& given) { return given.setting->name == name; });
  return found == layer.rend() ? nullptr : &*found;
}

void check_together(const Settings& settings) {
  if (std::holds_alternative<LogTarget::Kafka>(settings.publish.kind) &&
      settings.delivery_timeout >= settings.answer_timeout) {
    throw SettingError("--delivery-timeout takes a duration below --answer-timeout (" +
                       duration_text(settings.answer_timeout) + "), not '" +
                       duration_text(settings.delivery_timeout) + "'");
  }
  if (std::holds_alternative<LogTarget::Sqlite>(settings.publish.kind) &&
      settings.journal_retention < settings.recovery_horizon()) {
    throw SettingError(
        "--journal-retention takes what a restart reads at least, " +
        duration_text(settings.recovery_horizon()) +
        " (a day and --max-clock-skew, or --dedupe-window or --delete-memory if that is longer), not '" +
        duration_text(settings.journal_retention) + "'");
  }
  if (settings.listen == settings.admin_listen && settings.listen.port != 0) {
    throw SettingError("--admin-listen takes another ADDR:PORT than --listen, not '" +
                       settings.admin_listen.text() + "' for both");
  }
}

Settings settings_of(const Layer& given) {
  Settings settings;
  for (const auto& value : given) {
    const bool used = value.setting->repeatable || last_of(value.setting->name, given) == &value;
    if (used && !value.setting->set(settings, value.value)) {
      throw wrong_value(value);
    }
  }
  check_together(settings);
  return settings;
}

}  // namespace

std::variant<Settings, EarlyExit> parse_settings(int argc, const char* const* argv,
                                                 const char* const* environment) {
  CLI::App app("Records where phones are and answers with whom they may be matched.", "geomatch");
  try {
    const auto flags = read_flags(app, argc, argv);
    auto given = read_environment(environment);
    given.insert(given.end(), flags.begin(), flags.end());
    if (const auto* config = last_of("config", given)) {
      auto file = read_file(*config);
      given.insert(given.begin(), file.begin(), file.end());
    }
    return settings_of(given);
  } catch (const CLI::CallForHelp&) {
    return EarlyExit{0, app.help(), ""};
  } catch (const CLI::CallForVersion& request) {
    return EarlyExit{0, std::string(request.what()) + '\n', ""};
  } catch (const SettingError& error) {
    return EarlyExit{wrong_configuration, "", "geomatch: " + std::string(error.what()) + '\n'};
  } catch (const CLI::Error& error) {
    return EarlyExit{wrong_configuration, "", "geomatch: " + std::string(error.what()) + '\n'};
  }
}

}  // namespace geomatch::app
