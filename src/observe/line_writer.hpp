#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <thread>

namespace geomatch::observe {

/// Writes lines to a descriptor from a thread of its own, so that nobody else ever waits for whoever reads
/// them. Beyond max_waiting lines the oldest are dropped; so are those that can't be written. Thread-safe.
class LineWriter {
 public:
  static constexpr std::size_t max_waiting = 8192;

  /// Throws std::system_error if there is no thread to be had. `descriptor` stays the caller's, and open: a
  /// thread that is left behind has it until the process ends.
  explicit LineWriter(int descriptor);
  /// Writes what is left, as long as it is taken. A thread that nobody lets go on is left behind.
  ~LineWriter();

  LineWriter(const LineWriter&) = delete;
  LineWriter& operator=(const LineWriter&) = delete;

  /// `line` ends with its newline.
  void write(std::string line);

 private:
  struct Shared;

  static void run(Shared& shared);

  const std::shared_ptr<Shared> shared_;  // the thread's as well: it may outlive this
  std::thread thread_;
};

}  // namespace geomatch::observe
