#include "server_process.hpp"

#include <array>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

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

}  // namespace

ServerProcess::ServerProcess(std::vector<std::string> flags, Unready) {
  std::string err_name = (std::filesystem::temp_directory_path() / "geomatch-err-XXXXXX").string();
  ::close(mkstemp(err_name.data()));
  err_file_ = err_name;
  std::array<int, 2> out{};
  if (pipe2(out.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe");

  flags.insert(flags.begin(), binary());
  std::vector<char*> argv;
  for (std::string& flag : flags) argv.push_back(flag.data());
  argv.push_back(nullptr);
  posix_spawn_file_actions_t actions{};
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, err_name.c_str(), O_WRONLY | O_TRUNC, 0600);
  const int failed = posix_spawn(&pid_, argv[0], &actions, nullptr, argv.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  ::close(out[1]);
  out_ = out[0];
  if (failed != 0) throw std::runtime_error("can't start " + flags[0]);
}

ServerProcess::ServerProcess(std::vector<std::string> flags)
    : ServerProcess(
          [&] {
            flags.insert(flags.begin(), {"--listen=127.0.0.1:0", "--admin-listen=127.0.0.1:0"});
            return flags;
          }(),
          Unready{}) {
  first_line_ = read_line(out_);
  char end = 0;
  if (std::sscanf(first_line_.c_str(), "geomatch listening on 127.0.0.1:%hu (admin 127.0.0.1:%hu%c", &port_,
                  &admin_port_, &end) != 3 ||
      end != ')') {
    throw std::runtime_error("not serving: '" + first_line_ + "' " + contents(err_file_));
  }
}

ServerProcess::~ServerProcess() {
  kill();
  ::close(out_);
  std::error_code ignored;
  std::filesystem::remove(err_file_, ignored);
}

void ServerProcess::signal(int number) {
  if (pid_ > 0) ::kill(pid_, number);
}

Ended ServerProcess::wait() {
  Ended ended;
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

Ended ServerProcess::run(std::vector<std::string> flags) {
  return ServerProcess{std::move(flags), Unready{}}.wait();
}

}  // namespace geomatch::test
