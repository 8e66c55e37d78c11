#pragma once

namespace geomatch::http {

/// When a post is answered with 200.
enum class Acknowledgement {
  published,  ///< once the log has the record
  enqueued,   ///< once it is handed to the publisher: faster, and a crash may lose it
};

}  // namespace geomatch::http
