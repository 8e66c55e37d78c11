#pragma once

#include <variant>

#include <unistd.h>

#include <geomatch/app/early_exit.hpp>
#include <geomatch/app/settings.hpp>

namespace geomatch::app {

/// Reads the settings from the flags, from GEOMATCH_... in the environment and from the TOML file that
/// --config or GEOMATCH_CONFIG names. A flag goes over the environment, and that over the file; only --kafka
/// gathers: a later property of the same name wins.
///
/// Prints nothing and throws only std::bad_alloc. `environment` is a list of NAME=VALUE that ends with
/// nullptr; of GEOMATCH_..., what belongs to our tests (GEOMATCH_TEST_...) and what container runtimes set
/// for a service called geomatch (GEOMATCH_PORT, GEOMATCH_SERVICE_HOST...) is left alone, and an unknown one
/// is an error.
[[nodiscard]] std::variant<Settings, EarlyExit> parse_settings(int argc, const char* const* argv,
                                                               const char* const* environment = environ);

}  // namespace geomatch::app
