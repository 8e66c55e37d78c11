#include "checkpoint_pass.hpp"

#include "sqlite_connection.hpp"

namespace geomatch::publish {

CheckpointPass checkpoint(SqliteConnection& connection) {
  CheckpointPass pass;
  const int result = sqlite3_wal_checkpoint_v2(connection.handle(), "main", SQLITE_CHECKPOINT_PASSIVE,
                                               &pass.frames, &pass.copied);
  // Busy: an operator's shell is making one, or is waiting for nothing but this: as good as a reader.
  if (result == SQLITE_BUSY) {
    pass.copied = -1;
  } else if (result != SQLITE_OK) {
    pass.failure = connection.failure();
  }
  return pass;
}

}  // namespace geomatch::publish
