#include <cstddef>

#include <geomatch/codec/entity_id.hpp>

#include "utf8.hpp"
#include "values.hpp"

namespace geomatch::codec {

bool is_entity_id(std::string_view text) noexcept {
  return has_size_of_id(text) && utf8::is_valid(text) && !has_control_characters(text);
}

}  // namespace geomatch::codec
