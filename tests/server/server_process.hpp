#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include <sys/types.h>

namespace geomatch::test {

/// What a server accepts.
inline constexpr const char* some_post = R"({"id":"a","lat":1,"lon":2})";

/// How a process ended.
struct Ended {
  int status = -1;  ///< the exit status, or minus the signal
  std::string out;
  std::string err;
};

/// What a supervisor does to its child between fork and exec; it may do only what is async-signal-safe.
/// Standard output is a pipe to the test by then, and standard error a file.
using PrepareChild = std::function<void()>;

/// The server as its users start it: the real program, on ports it picks. Killed with this if it still runs.
class ServerProcess {
 public:
  /// Starts it with `flags` and waits until it serves. Throws std::runtime_error with what it said if it
  /// doesn't.
  explicit ServerProcess(std::vector<std::string> flags, const PrepareChild& prepare = {});
  /// The same for a server whose standard output the test doesn't read: its ports are learnt from the system.
  static ServerProcess unread(std::vector<std::string> flags, const PrepareChild& prepare);
  struct NotServing {};
  /// The same, and waits only until its ports are open.
  ServerProcess(std::vector<std::string> flags, NotServing);
  ~ServerProcess();

  ServerProcess(const ServerProcess&) = delete;
  ServerProcess& operator=(const ServerProcess&) = delete;

  [[nodiscard]] std::string err() const;  ///< what it has written to standard error so far
  [[nodiscard]] pid_t pid() const noexcept { return pid_; }
  [[nodiscard]] std::uint16_t port() const noexcept { return port_; }
  [[nodiscard]] std::uint16_t admin_port() const noexcept { return admin_port_; }
  [[nodiscard]] const std::string& first_line() const noexcept { return first_line_; }

  void signal(int number);
  [[nodiscard]] bool ends_within(int milliseconds) const;
  /// Until it ends by itself; one that doesn't within two minutes is killed.
  Ended wait();
  void kill();        ///< as a crash would: no chance to say goodbye
  Ended terminate();  ///< SIGTERM, and wait

  /// Runs the program to its end, with flags it shouldn't serve with.
  static Ended run(std::vector<std::string> flags, const PrepareChild& prepare = {});

 private:
  struct Unready {};
  struct Unread {};
  ServerProcess(std::vector<std::string> flags, const PrepareChild& prepare, Unready);
  ServerProcess(std::vector<std::string> flags, const PrepareChild& prepare, Unread);
  void await_ports();

  pid_t pid_ = -1;
  int out_ = -1;
  std::filesystem::path err_file_;
  std::string first_line_;
  std::uint16_t port_ = 0;
  std::uint16_t admin_port_ = 0;
};

}  // namespace geomatch::test
