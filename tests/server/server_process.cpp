#include "server_process.hpp"

#include <array>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <set>
#include <sstream>
#include <stdexcept>

#include <fcntl.h>
#include <poll.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support/connection.hpp"

namespace geomatch::test {
namespace {

std::string binary() {
  const char* given = std::getenv("GEOMATCH_TEST_BINARY");
  return given != nullptr ? given : GEOMATCH_BINARY;
}

std::string contents(const std::filesystem::path& file) {
  std::ostringstream text;
  text << std::ifstream{file}.rdbuf();
  return text.str();
}

std::string read_line(int from) {
  std::string line;
  for (char c = 0; ::read(from, &c, 1) == 1 && c != '\n';) line += c;
  return line;
}

std::string read_all(int from) {
  std::string text;
  std::array<char, 4096> chunk{};
  for (ssize_t got = 0; (got = ::read(from, chunk.data(), chunk.size())) > 0;) {
    text.append(chunk.data(), static_cast<std::size_t>(got));
  }
  return text;
}

std::vector<std::string> on_any_port(std::vector<std::string> flags) {
  flags.insert(flags.begin(), {"--listen=127.0.0.1:0", "--admin-listen=127.0.0.1:0"});
  return flags;
}

// Whether the process ends within this time. By the system call: the header of glibc 2.36 is for C alone.
bool has_ended(pid_t process, int patience_ms) {
  pollfd ended{.fd = static_cast<int>(syscall(SYS_pidfd_open, process, 0)), .events = POLLIN, .revents = 0};
  const bool has = poll(&ended, 1, patience_ms) > 0;
  ::close(ended.fd);
  return has;
}

// Where a process listens on IPv4.
std::vector<std::uint16_t> listening_ports(pid_t process) {
  const std::filesystem::path folder = "/proc/" + std::to_string(process);
  std::set<std::string> own;
  for (const auto& entry : std::filesystem::directory_iterator{folder / "fd"}) {
    std::error_code closed_meanwhile;
    own.insert(std::filesystem::read_symlink(entry.path(), closed_meanwhile));
  }
  std::vector<std::uint16_t> ports;
  std::ifstream sockets{folder / "net" / "tcp"};
  for (std::string line; std::getline(sockets, line);) {
    std::uint16_t port = 0;
    unsigned state = 0;
    unsigned long inode = 0;
    constexpr unsigned listen = 0x0a;
    if (std::sscanf(line.c_str(), " %*[^:]: %*[^:]:%hx %*s %x %*s %*s %*s %*s %*s %lu", &port, &state,
                    &inode) == 3 &&
        state == listen && own.contains("socket:[" + std::to_string(inode) + "]")) {
      ports.push_back(port);
    }
  }
  return ports;
}

}  // namespace

ServerProcess::ServerProcess(std::vector<std::string> flags, const PrepareChild& prepare, Unready) {
  std::string err_name = (std::filesystem::temp_directory_path() / "geomatch-err-XXXXXX").string();
  const int err = mkostemp(err_name.data(), O_CLOEXEC);
  err_file_ = err_name;
  std::array<int, 2> out{};
  if (pipe2(out.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe");

  flags.insert(flags.begin(), binary());
  std::vector<char*> argv;
  for (std::string& flag : flags) argv.push_back(flag.data());
  argv.push_back(nullptr);
  pid_ = fork();
  if (pid_ == 0) {
    dup2(out[1], STDOUT_FILENO);
    dup2(err, STDERR_FILENO);
    if (prepare) prepare();
    execv(argv[0], argv.data());
    _exit(127);
  }
  ::close(out[1]);
  ::close(err);
  out_ = out[0];
  if (pid_ < 0) throw std::runtime_error("can't start " + flags[0]);
}

ServerProcess::ServerProcess(std::vector<std::string> flags, const PrepareChild& prepare)
    : ServerProcess(on_any_port(std::move(flags)), prepare, Unready{}) {
  first_line_ = read_line(out_);
  char end = 0;
  if (std::sscanf(first_line_.c_str(), "geomatch listening on 127.0.0.1:%hu (admin 127.0.0.1:%hu%c", &port_,
                  &admin_port_, &end) != 3 ||
      end != ')') {
    throw std::runtime_error("not serving: '" + first_line_ + "' " + contents(err_file_));
  }
}

ServerProcess ServerProcess::unread(std::vector<std::string> flags, const PrepareChild& prepare) {
  return ServerProcess{std::move(flags), prepare, Unread{}};
}

ServerProcess::ServerProcess(std::vector<std::string> flags, const PrepareChild& prepare, Unread)
    : ServerProcess(on_any_port(std::move(flags)), prepare, Unready{}) {
  await_ports();
  while (Connection{admin_port_}.request("GET", "/readyz").status != 200) {
    if (has_ended(pid_, 5)) throw std::runtime_error("not serving: " + err());
  }
}

ServerProcess::ServerProcess(std::vector<std::string> flags, NotServing)
    : ServerProcess(on_any_port(std::move(flags)), {}, Unready{}) {
  await_ports();
}

void ServerProcess::await_ports() {
  std::vector<std::uint16_t> ports;
  while ((ports = listening_ports(pid_)).size() < 2) {
    if (has_ended(pid_, 5)) throw std::runtime_error("no ports: " + err());
  }
  for (const std::uint16_t port : ports) {
    const bool is_admin = Connection{port}.request("GET", "/readyz").status != 404;
    (is_admin ? admin_port_ : port_) = port;
  }
}

ServerProcess::~ServerProcess() {
  kill();
  ::close(out_);
  std::error_code ignored;
  std::filesystem::remove(err_file_, ignored);
}

std::string ServerProcess::err() const {
  return contents(err_file_);
}

void ServerProcess::signal(int number) {
  if (pid_ > 0) ::kill(pid_, number);
}

bool ServerProcess::ends_within(int milliseconds) const {
  return has_ended(pid_, milliseconds);
}

Ended ServerProcess::wait() {
  constexpr int patience_ms = 120'000;
  Ended ended;
  if (!has_ended(pid_, patience_ms)) signal(SIGKILL);
  ended.out = read_all(out_);
  int status = 0;
  waitpid(pid_, &status, 0);
  pid_ = -1;
  ended.status = WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
  ended.err = contents(err_file_);
  return ended;
}

void ServerProcess::kill() {
  if (pid_ <= 0) return;
  signal(SIGKILL);
  waitpid(pid_, nullptr, 0);
  pid_ = -1;
}

Ended ServerProcess::terminate() {
  signal(SIGTERM);
  return wait();
}

Ended ServerProcess::run(std::vector<std::string> flags, const PrepareChild& prepare) {
  return ServerProcess{std::move(flags), prepare, Unready{}}.wait();
}

}  // namespace geomatch::test
