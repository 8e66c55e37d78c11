#include "plain_file.hpp"

#include <cstdlib>

#include <fcntl.h>
#include <unistd.h>

#include <geomatch/publish/publication.hpp>
#include <geomatch/publish/settlement.hpp>

namespace geomatch::bench {

PlainFile::PlainFile(const std::filesystem::path& path, publish::ResendWindow& resends)
    : resends_(resends),
      file_(open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644)),
      writer_([this] { write_until_stopped(); }) {}

bool PlainFile::publish(publish::Publication& publication) noexcept {
  if (queue_.push(publication)) wake();
  return true;
}

void PlainFile::wake() noexcept {
  {
    const std::lock_guard lock{mutex_};
    woken_ = true;
  }
  wakeup_.notify_all();
}

void PlainFile::write_until_stopped() {
  while (true) {
    if (publish::Publication* chain = queue_.take_all()) {
      write(chain);
      continue;
    }
    std::unique_lock lock{mutex_};
    wakeup_.wait(lock, [this] { return woken_ || stopping_; });
    if (stopping_) return;
    woken_ = false;
  }
}

void PlainFile::write(publish::Publication* chain) {
  bytes_.clear();
  for (const publish::Publication* each = chain; each != nullptr;
       each = publish::PublicationQueue::next(*each)) {
    bytes_.append(8, '\0').append(each->record.key).append(each->record.value.value_or(""));
  }
  if (::write(file_, bytes_.data(), bytes_.size()) != static_cast<ssize_t>(bytes_.size()) ||
      fdatasync(file_) != 0) {
    std::abort();
  }
  publish::Settlement settlement{resends_};
  while (chain != nullptr) {
    publish::Publication* following = publish::PublicationQueue::next(*chain);
    settlement.settle(*chain, publish::Outcome::published);
    chain = following;
  }
}

void PlainFile::stop(std::chrono::milliseconds /*deadline*/) noexcept {
  if (!writer_.joinable()) return;
  {
    const std::lock_guard lock{mutex_};
    stopping_ = true;
  }
  wakeup_.notify_all();
  writer_.join();
  close(file_);
}

}  // namespace geomatch::bench
