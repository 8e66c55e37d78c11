#pragma once

#include <cstdint>
#include <string_view>

#include "cell_tree.hpp"

namespace geomatch::match {

/// Which of the trees entities of `role` are in: so that who looks for a rare role doesn't pass by everyone
/// else. Roles that fall together only cost time; the roles of the README's examples don't.
[[nodiscard]] constexpr unsigned cell_class_of(std::string_view role) noexcept {
  std::uint32_t hash = 2'166'136'261;  // FNV-1a
  for (const char c : role) hash = (hash ^ static_cast<unsigned char>(c)) * 16'777'619;
  return hash % CellTree::classes;
}

}  // namespace geomatch::match
