#pragma once

namespace geomatch::app {

/// Puts right what a supervisor, a container's runtime, a shell or cron may have left of descriptors, signals
/// and limits, so that the rest of the program need not think of it. Call it first in main, before there are
/// other threads and before anything is opened:
/// - standard input, output and error refer to something, if only to /dev/null;
/// - no signal is blocked, and a write to a pipe without a reader, or beyond the largest size of a file, is
/// an
///   error and not a signal that ends the process; nor does SIGHUP end it;
/// - threads have stacks of at least a megabyte.
void prepare_process() noexcept;

}  // namespace geomatch::app
