#pragma once

#include <memory>

#include <geomatch/app/settings.hpp>

namespace geomatch::app {

/// The whole server: builds the parts, starts and stops them in order. One in a process, for it takes the
/// process's signals. Owned by one thread.
class Server {
 public:
  /// Opens the log and binds the ports. Throws std::exception with the remedy.
  explicit Server(const Settings& settings);
  ~Server();

  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  /// Recovers the map from the log, says on standard output that it serves, and serves until SIGTERM or
  /// SIGINT; then finishes what is in flight. Throws std::exception with the remedy if the log can't be
  /// recovered.
  void run();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace geomatch::app
