#include <exception>
#include <stdexcept>

#include <fmt/format.h>

#include <geomatch/app/server.hpp>
#include <geomatch/app/settings_parser.hpp>
#include <geomatch/observe/logging.hpp>

int main(int argc, char** argv) {
  using namespace geomatch;
  const auto parsed = app::parse_settings(argc, argv);
  if (const auto* exit = std::get_if<app::EarlyExit>(&parsed)) {
    fmt::print(stdout, "{}", exit->out);
    fmt::print(stderr, "{}", exit->err);
    return exit->status;
  }
  const auto& settings = std::get<app::Settings>(parsed);
  try {
    const observe::Logging logging{settings.log_level};
    app::Server server{settings};
    server.run();
  } catch (const std::invalid_argument& wrong_setting) {  // that only the part it is for could tell
    fmt::print(stderr, "geomatch: {}\n", wrong_setting.what());
    return 2;
  } catch (const std::exception& failure) {
    fmt::print(stderr, "geomatch: {}\n", failure.what());
    return 1;
  }
  return 0;
}
