#pragma once

#include <mutex>
#include <thread>
#include <vector>

#include <geomatch/net/limits.hpp>
#include <geomatch/net/traffic.hpp>

#include "file_descriptor.hpp"
#include "machine_time.hpp"
#include "reactor.hpp"
#include "session_host.hpp"
#include "waker.hpp"

namespace geomatch::net {

/// An I/O thread with its reactor, and the sessions that live on it. Methods may be called on any thread.
class Worker {
 public:
  /// Throws boost::system::system_error.
  Worker(const Limits& limits, Traffic& traffic, const http::Router& router);
  ~Worker();

  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  /// Starts the thread. Once.
  void start();
  /// Has every connection finish and close.
  void drain();
  /// Closes all connections, completes what was settled, and ends the thread. Waits.
  void stop();
  /// Serves `socket`, which doesn't block, from now on.
  void adopt(FileDescriptor socket);

 private:
  using Clock = std::chrono::steady_clock;

  // What others ask of the thread.
  struct Orders {
    std::vector<FileDescriptor> adopt;
    bool drain = false;
    bool stop = false;
  };

  template <class Change>
  void order(Change change);

  // All that follows is called on the thread.
  void run();
  void obey();
  void serve(FileDescriptor socket);

  const MachineTime time_;
  Reactor reactor_;
  Waker waker_{reactor_};
  SessionHost sessions_;
  std::mutex mutex_;
  Orders orders_;  // under the mutex
  bool stopped_ = false;
  std::thread thread_;
};

}  // namespace geomatch::net
