#include "open_files.hpp"

#include <sys/resource.h>

namespace geomatch::app {

void raise_open_files_limit() noexcept {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);  // as it was, if it may not: then accepting says so when it comes to it
}

}  // namespace geomatch::app
