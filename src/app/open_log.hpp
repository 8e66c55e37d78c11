#pragma once

#include <geomatch/app/settings.hpp>
#include <geomatch/publish/log.hpp>

#include <memory>

namespace geomatch::app {

/// The log that `--publish` names. Throws std::exception with the remedy.
[[nodiscard]] std::unique_ptr<publish::Log> open_log(const Settings& settings);

}  // namespace geomatch::app
