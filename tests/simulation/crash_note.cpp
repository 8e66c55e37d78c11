#include "crash_note.hpp"

#include <array>
#include <charconv>
#include <csignal>
#include <string_view>

#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#include <sanitizer/common_interface_defs.h>
#define GEOMATCH_SANITIZED
#endif

namespace geomatch::simulation {
namespace {

std::uint64_t running = 0;

void print(std::string_view text) {
  static_cast<void>(!write(STDERR_FILENO, text.data(), text.size()));
}

// Only what a signal handler may do.
void print_seed() {
  std::array<char, 20> digits{};
  const auto end = std::to_chars(digits.begin(), digits.end(), running).ptr;
  print("rerun with GEOMATCH_TEST_SEED=");
  print({digits.begin(), end});
  print("\n");
}

void on_signal(int number) {
  print_seed();
  std::signal(number, SIG_DFL);
  std::raise(number);
}

bool install() {
  std::signal(SIGABRT, on_signal);
#if defined(GEOMATCH_SANITIZED)
  __sanitizer_set_death_callback(print_seed);
#else
  std::signal(SIGSEGV, on_signal);
  std::signal(SIGBUS, on_signal);
#endif
  return true;
}

}  // namespace

CrashNote::CrashNote(std::uint64_t seed) {
  static const bool installed = install();
  running = installed ? seed : 0;
}

}  // namespace geomatch::simulation
