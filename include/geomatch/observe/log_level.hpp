#pragma once

namespace geomatch::observe {

/// The least important lines that are still logged.
enum class LogLevel { trace, debug, info, warn, error, off };

}  // namespace geomatch::observe
