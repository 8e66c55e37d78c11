#pragma once

#include <cerrno>

#include <boost/system/error_code.hpp>

namespace geomatch::net {

/// Why the last system call of this thread failed.
[[nodiscard]] inline boost::system::error_code last_error() noexcept {
  return {errno, boost::system::system_category()};
}

}  // namespace geomatch::net
