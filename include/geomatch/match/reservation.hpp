#pragma once

#include <cstdint>
#include <utility>

namespace geomatch::match {

class Matcher;

/// Room for one entity, kept until this is destroyed: while it lives, an upsert or an erasure of that id
/// isn't refused for lack of room. Has to be gone before its matcher. Movable; one thread at a time.
class Reservation {
 public:
  Reservation() noexcept = default;
  /// `entity`: what the matcher knows it by.
  Reservation(Matcher& matcher, std::uint64_t entity) noexcept : matcher_(&matcher), entity_(entity) {}
  ~Reservation();

  Reservation(Reservation&& other) noexcept
      : matcher_(std::exchange(other.matcher_, nullptr)), entity_(other.entity_) {}
  Reservation& operator=(Reservation&& other) noexcept {
    std::swap(matcher_, other.matcher_);
    std::swap(entity_, other.entity_);
    return *this;
  }

 private:
  Matcher* matcher_ = nullptr;
  std::uint64_t entity_ = 0;
};

}  // namespace geomatch::match
