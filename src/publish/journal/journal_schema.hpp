#pragma once

#include <cstddef>

namespace geomatch::publish {

class SqliteConnection;

/// After how many records there is a mark at the latest: as many as a search may read too many of.
inline constexpr std::size_t records_in_segment = 4096;

/// Writes the version: in a journal that is prepared, a page as it is.
inline constexpr const char* set_version = "PRAGMA user_version = 2";

/// Makes a journal of the file that `connection` has open: sets it up if it is empty, brings one of an older
/// version up to date, and sees that commits to it are durable. Throws std::runtime_error with the remedy.
void prepare_journal(SqliteConnection& connection);

}  // namespace geomatch::publish
