#pragma once

#include <memory>

#include <geomatch/app/settings.hpp>
#include <geomatch/publish/log.hpp>

namespace geomatch::app {

/// The log that `--publish` names. Throws std::exception with the remedy.
[[nodiscard]] std::unique_ptr<publish::Log> open_log(const Settings& settings);

}  // namespace geomatch::app
