#pragma once

#include <utility>

#include <unistd.h>

namespace geomatch::net {

/// A file descriptor, closed with its owner.
class FileDescriptor {
 public:
  FileDescriptor() = default;
  explicit FileDescriptor(int number) noexcept : number_(number) {}
  FileDescriptor(FileDescriptor&& other) noexcept : number_(std::exchange(other.number_, none)) {}
  FileDescriptor& operator=(FileDescriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  ~FileDescriptor() { close(); }

  [[nodiscard]] int number() const noexcept { return number_; }
  [[nodiscard]] bool is_open() const noexcept { return number_ != none; }

  void close() noexcept {
    if (is_open()) ::close(std::exchange(number_, none));
  }

 private:
  static constexpr int none = -1;

  int number_ = none;
};

}  // namespace geomatch::net
