#pragma once

namespace geomatch::publish {

/// What became of a publication when it was submitted.
enum class Submission {
  enqueued,   ///< handed to the publisher
  waiting,    ///< a resend of one that is in flight: shares its outcome
  duplicate,  ///< a resend of one that the log has
  doubtful,   ///< a resend of one that the log may have: its outcome stays unknown
  refused,    ///< it is too large, the queue is full or the log stopped: certainly not in the log
};

}  // namespace geomatch::publish
