#include "journal_lock.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <stdexcept>
#include <string>
#include <system_error>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

namespace geomatch::publish {
namespace {

std::string holder(int file) {
  std::array<char, 32> text{};
  const auto length = pread(file, text.data(), text.size(), 0);
  const std::string id(text.data(), length > 0 ? static_cast<std::size_t>(length) : 0);
  const std::size_t digits = std::min(id.find_first_not_of("0123456789"), id.size());
  return digits == 0 ? "another process" : "process " + id.substr(0, digits);
}

void name_holder(int file) {
  const std::string id = std::to_string(getpid()) + '\n';
  // Only for others' messages: the lock holds without it.
  static_cast<void>(ftruncate(file, 0) == 0 && pwrite(file, id.data(), id.size(), 0) > 0);
}

}  // namespace

JournalLock::JournalLock(const std::filesystem::path& journal) {
  const std::string name = journal.string() + ".lock";
  file_ = ::open(name.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (file_ < 0) {
    throw std::runtime_error(fmt::format(
        "journal {}: can't make {}: {}; --publish sqlite:FILE takes a file in a folder, both of which the "
        "server may write to",
        journal.string(), name, std::generic_category().message(errno)));
  }
  if (flock(file_, LOCK_EX | LOCK_NB) == 0) {
    name_holder(file_);
    return;
  }
  const std::string why =
      errno == EWOULDBLOCK
          ? fmt::format("{} is serving from it; stop that, or name another file to --publish", holder(file_))
          : fmt::format("can't lock {}: {}; name a file on a local disk to --publish", name,
                        std::generic_category().message(errno));
  close(file_);
  throw std::runtime_error(fmt::format("journal {}: {}", journal.string(), why));
}

JournalLock::~JournalLock() {
  close(file_);
}

}  // namespace geomatch::publish
