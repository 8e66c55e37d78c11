#pragma once

namespace geomatch::app {

/// Raises this process's limit of open files as far as it may: a connection takes one, and the customary
/// 1,024 are fewer than --max-connections.
void raise_open_files_limit() noexcept;

}  // namespace geomatch::app
