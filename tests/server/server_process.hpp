#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include <sys/types.h>

namespace geomatch::test {

/// How a process ended.
struct Ended {
  int status = -1;  ///< the exit status, or minus the signal
  std::string out;
  std::string err;
};

/// The server as its users start it: the real program, on ports it picks. Killed with this if it still runs.
class ServerProcess {
 public:
  /// Starts it with `flags` and waits until it serves. Throws std::runtime_error with what it said if it
  /// doesn't.
  explicit ServerProcess(std::vector<std::string> flags);
  ~ServerProcess();

  ServerProcess(const ServerProcess&) = delete;
  ServerProcess& operator=(const ServerProcess&) = delete;

  [[nodiscard]] pid_t pid() const noexcept { return pid_; }
  [[nodiscard]] std::uint16_t port() const noexcept { return port_; }
  [[nodiscard]] std::uint16_t admin_port() const noexcept { return admin_port_; }
  [[nodiscard]] const std::string& first_line() const noexcept { return first_line_; }

  void signal(int number);
  Ended wait();       ///< until it ends by itself
  void kill();        ///< as a crash would: no chance to say goodbye
  Ended terminate();  ///< SIGTERM, and wait

  /// Runs the program to its end, with flags it shouldn't serve with.
  static Ended run(std::vector<std::string> flags);

 private:
  struct Unready {};
  ServerProcess(std::vector<std::string> flags, Unready);

  pid_t pid_ = -1;
  int out_ = -1;
  std::filesystem::path err_file_;
  std::string first_line_;
  std::uint16_t port_ = 0;
  std::uint16_t admin_port_ = 0;
};

}  // namespace geomatch::test
