#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <thread>
#include <vector>

#include <geomatch/publish/record.hpp>

namespace geomatch::app {

class LogView;

/// Applies records on several threads, those of one key on the same one and so in their order. Filled by one
/// thread, which waits when they can't keep up, and applies them itself where there is no other to be had.
class Lanes {
 public:
  /// `count` threads, or as many as can be started. `view` outlives this.
  Lanes(LogView& view, std::size_t count);
  /// Applies what is left.
  ~Lanes();

  Lanes(const Lanes&) = delete;
  Lanes& operator=(const Lanes&) = delete;

  void add(const publish::Record& record);

 private:
  /// Goes back and forth, so that its records keep the memory they once took.
  struct Batch {
    std::vector<publish::Record> records;
    std::size_t count = 0;  // of them, those that are filled
  };

  struct Lane {
    Batch filling;  // the filler's
    std::mutex mutex;
    std::condition_variable changed;
    std::deque<Batch> waiting;
    std::vector<Batch> empty;
    bool ended = false;
    std::thread thread;
  };

  static void hand_over(Lane& lane);
  void run(Lane& lane);

  LogView& view_;
  std::deque<Lane> lanes_;
};

}  // namespace geomatch::app
