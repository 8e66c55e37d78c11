#pragma once

#include <cstddef>
#include <iterator>

#include <geomatch/model/attribute.hpp>
#include <geomatch/model/attribute_view.hpp>

namespace geomatch::model {

/// An entity's facts, packed one behind another in memory that is somebody else's and has to outlive this
/// and what it shows. A range of AttributeView, in the order they were given.
class PackedAttributes {
 public:
  class Iterator;

  PackedAttributes() noexcept = default;
  /// `count` of them, as `pack` has left them at `first`.
  PackedAttributes(const char* first, std::size_t count) noexcept : first_(first), count_(count) {}

  [[nodiscard]] static std::size_t bytes_for(const Attributes& attributes) noexcept;
  /// Packs `attributes` at `to`, where there are bytes_for of them.
  static void pack(const Attributes& attributes, char* to) noexcept;

  [[nodiscard]] bool empty() const noexcept { return count_ == 0; }
  [[nodiscard]] std::size_t size() const noexcept { return count_; }
  [[nodiscard]] Iterator begin() const noexcept;
  [[nodiscard]] std::default_sentinel_t end() const noexcept { return {}; }

  /// Sets `attributes` to them. Where there is the room already, nothing is allocated.
  void copy_to(Attributes& attributes) const;

 private:
  const char* first_ = nullptr;
  std::size_t count_ = 0;
};

/// Reads them one after the other.
class PackedAttributes::Iterator {
 public:
  using value_type = AttributeView;
  using difference_type = std::ptrdiff_t;

  Iterator(const char* at, std::size_t left) noexcept : next_(at), left_(left) { read(); }

  [[nodiscard]] const AttributeView& operator*() const noexcept { return current_; }
  [[nodiscard]] const AttributeView* operator->() const noexcept { return &current_; }
  Iterator& operator++() noexcept {
    --left_;
    read();
    return *this;
  }
  void operator++(int) noexcept { ++*this; }
  [[nodiscard]] friend bool operator==(const Iterator& at, std::default_sentinel_t /*end*/) noexcept {
    return at.left_ == 0;
  }

 private:
  void read() noexcept;

  const char* next_;  // behind `current_`
  std::size_t left_;  // `current_` included
  AttributeView current_;
};

inline PackedAttributes::Iterator PackedAttributes::begin() const noexcept {
  return {first_, count_};
}

}  // namespace geomatch::model
