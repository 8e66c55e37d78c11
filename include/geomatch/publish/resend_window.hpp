#pragma once

#include <array>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory_resource>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include <geomatch/model/time.hpp>
#include <geomatch/publish/outcome.hpp>

namespace geomatch::publish {

class Publication;

/// Remembers which (id, uuid) the log got lately, so that a resend is not logged again.
///
/// Exact: whole ids and uuids are compared. Bounded: beyond its capacity the oldest are forgotten early.
/// Thread-safe; a caller may wait for another thread's table operation, never for I/O.
class ResendWindow {
 public:
  enum class Admission {
    fresh,      ///< not known: go on and publish it, then `settle`
    waiting,    ///< a resend of one in flight: taken over, it is settled together with that one
    duplicate,  ///< the log has it already
    doubtful,   ///< the log may have it, or get it yet: publishing it could log it twice
  };

  /// Remembers for `window` after a record was received, up to `capacity` records.
  ResendWindow(model::Milliseconds window, std::size_t capacity);

  /// Decides what `publication` is. One without a uuid is always fresh.
  [[nodiscard]] Admission admit(Publication& publication);

  /// Ends the flight of a fresh `publication`, and gives the chain of those that waited for it, or nullptr.
  /// Does nothing for one that isn't in flight. After `unknown` its resends are doubtful, until `remember` or
  /// `resolve` tells: whoever settles so has to see to that.
  [[nodiscard]] Publication* settle(Publication& publication, Outcome outcome);

  /// The log has this record: for recovery, and for what is read of it later.
  void remember(std::string_view id, std::string_view uuid, model::TimePoint received_at);

  /// A doubtful one is certainly not in the log, and won't be: a resend of it is fresh again. Does nothing
  /// for others.
  void resolve(std::string_view id, std::string_view uuid);

 private:
  enum class State { in_flight, in_flight_and_logged, logged, doubtful };

  struct Entry {
    State state;
    Publication* in_flight;  // nullptr unless it is
  };
  struct Hash : std::hash<std::string_view> {
    using is_transparent = void;  // keys are looked for without making strings of them
  };
  using Entries = std::pmr::unordered_map<std::pmr::string, Entry, Hash, std::equal_to<>>;

  struct Remembered {
    Entries::pointer entry;  // map nodes stay where they are
    model::TimePoint received_at;
  };
  struct alignas(64) Shard {  // a cache line each, so that neighbours' locks don't slow one another
    std::mutex mutex;
    std::pmr::unsynchronized_pool_resource memory;  // what is forgotten makes room for what comes
    Entries entries{&memory};
    std::pmr::deque<Remembered> logged{&memory};  // what the log has, in the order in which that was learnt
  };

  [[nodiscard]] Shard& shard_of(std::string_view key) noexcept;
  void keep(Shard& shard, Entries::pointer entry, model::TimePoint received_at);
  void forget_old(Shard& shard, model::TimePoint now);

  const model::Milliseconds window_;
  const std::size_t shard_capacity_;
  std::array<Shard, 64> shards_;
};

}  // namespace geomatch::publish
