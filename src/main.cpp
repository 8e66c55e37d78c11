#include <chrono>
#include <exception>
#include <new>
#include <stdexcept>
#include <string>
#include <system_error>

#include <unistd.h>

#include <geomatch/app/process_environment.hpp>
#include <geomatch/app/server.hpp>
#include <geomatch/app/settings_parser.hpp>
#include <geomatch/observe/logging.hpp>
#include <geomatch/observe/write_within.hpp>

namespace {

using namespace geomatch;

constexpr std::chrono::seconds patience{1};  // with whoever reads what is said; then it ends unheard

int fail(int status, const std::string& why) {
  observe::write_within(STDERR_FILENO, "geomatch: " + why + "\n", patience);
  return status;
}

}  // namespace

int main(int argc, char** argv) {
  app::prepare_process();
  const auto parsed = app::parse_settings(argc, argv);
  if (const auto* exit = std::get_if<app::EarlyExit>(&parsed)) {
    observe::write_within(STDOUT_FILENO, exit->out, patience);
    observe::write_within(STDERR_FILENO, exit->err, patience);
    return exit->status;
  }
  const auto& settings = std::get<app::Settings>(parsed);
  try {
    const observe::Logging logging{settings.log_level};
    app::Server server{settings};
    server.run();
  } catch (const std::invalid_argument& wrong_setting) {  // that only the part it is for could tell
    return fail(2, wrong_setting.what());
  } catch (const std::system_error& failure) {
    const bool is_thread = failure.code() == std::errc::resource_unavailable_try_again;
    return fail(1, is_thread ? "can't start another thread; raise the limit of processes (ulimit -u, or the "
                               "container's limit of pids), or take fewer --threads"
                             : failure.what());
  } catch (const std::bad_alloc&) {
    return fail(1, "out of memory; raise its limit (ulimit -v, or the container's), or lower --max-entities");
  } catch (const std::exception& failure) {
    return fail(1, failure.what());
  }
  return 0;
}
