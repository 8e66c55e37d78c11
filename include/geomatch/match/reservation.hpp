#pragma once

#include <string>
#include <utility>

namespace geomatch::match {

class Matcher;

/// Room for one entity, kept until this is destroyed: while it lives, an upsert of that id isn't refused for
/// lack of room. Has to be gone before its matcher. Movable; one thread at a time.
class Reservation {
 public:
  Reservation() noexcept = default;
  Reservation(Matcher& matcher, std::string id) noexcept : matcher_(&matcher), id_(std::move(id)) {}
  ~Reservation();

  Reservation(Reservation&& other) noexcept
      : matcher_(std::exchange(other.matcher_, nullptr)), id_(std::move(other.id_)) {}
  Reservation& operator=(Reservation&& other) noexcept {
    std::swap(matcher_, other.matcher_);
    std::swap(id_, other.id_);
    return *this;
  }

 private:
  Matcher* matcher_ = nullptr;
  std::string id_;
};

}  // namespace geomatch::match
