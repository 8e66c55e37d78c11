#pragma once

#include <cstddef>
#include <string_view>

#include <geomatch/model/attribute.hpp>

namespace geomatch::match {

/// A fact as it lies in a record; its name and text are the record's.
struct PackedAttribute {
  std::string_view name;
  model::AttributeValueView value;

  [[nodiscard]] static std::size_t bytes_for(const model::Attribute& attribute) noexcept;
  /// Packs `attribute` at `to`; returns where the next goes.
  static char* write(const model::Attribute& attribute, char* to) noexcept;
  /// The fact at `from`, which is moved on to the next.
  static PackedAttribute read(const char*& from) noexcept;

  void copy_to(model::Attribute& attribute) const;
};

}  // namespace geomatch::match
