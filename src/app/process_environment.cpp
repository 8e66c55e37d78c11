#include <algorithm>
#include <csignal>

#include <fcntl.h>
#include <pthread.h>
#include <sys/resource.h>
#include <unistd.h>

#include <geomatch/app/process_environment.hpp>

namespace geomatch::app {
namespace {

// What is opened next takes the lowest number that is free: else log lines would end up in the journal's lock
// or go to a phone.
void open_standard_streams() noexcept {
  for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (fcntl(stream, F_GETFD) != -1) continue;
    // Without a /dev, in a bare container, something that can't be written to keeps the number as well.
    if (::open("/dev/null", O_RDWR) < 0) static_cast<void>(::open("/", O_PATH));
  }
}

void take_signals() noexcept {
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
  std::signal(SIGHUP, SIG_IGN);   // until Signals takes it
  std::signal(SIGCHLD, SIG_DFL);  // librdkafka may start a program, and waits for it
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
}

void raise_stack_limits() noexcept {
  constexpr std::size_t least = 1 << 20;
  rlimit limit{};
  if (getrlimit(RLIMIT_STACK, &limit) == 0 && limit.rlim_cur < least) {  // the main thread's
    limit.rlim_cur = std::min<rlim_t>(least, limit.rlim_max);
    setrlimit(RLIMIT_STACK, &limit);
  }
  pthread_attr_t attributes;
  if (pthread_getattr_default_np(&attributes) != 0) return;
  std::size_t bytes = 0;
  if (pthread_attr_getstacksize(&attributes, &bytes) == 0 && bytes < least &&
      pthread_attr_setstacksize(&attributes, least) == 0) {
    pthread_setattr_default_np(&attributes);
  }
  pthread_attr_destroy(&attributes);
}

}  // namespace

void prepare_process() noexcept {
  open_standard_streams();
  take_signals();
  raise_stack_limits();
}

}  // namespace geomatch::app
