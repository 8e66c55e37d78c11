#pragma once

namespace geomatch::publish {

/// What became of a record that was to be published.
enum class Outcome {
  published,      ///< the log has it, and will have it after any crash
  duplicate,      ///< the log had it already (same id and uuid); nothing was written
  not_published,  ///< the log certainly doesn't have it
  too_large,      ///< the same, and never will: the log takes no record of that size
  unknown,        ///< it was sent and no report came: the log may have it
};

}  // namespace geomatch::publish
