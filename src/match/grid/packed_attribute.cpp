#include "packed_attribute.hpp"

#include <cstdint>
#include <cstring>
#include <string>

namespace geomatch::match {
namespace {

// The length of a name, the type and the length of the value, the name, the value.
using Length = std::uint32_t;

struct Head {
  Length name_bytes;
  Length value_bytes;
  std::uint8_t type;  // the index in the variant
};

template <typename T>
std::string_view bytes_of(const T& value) noexcept {
  return {reinterpret_cast<const char*>(&value), sizeof value};
}

std::string_view bytes_of(const std::string& text) noexcept {
  return text;
}

std::string_view value_bytes(const model::AttributeValue& value) noexcept {
  return std::visit([](const auto& held) { return bytes_of(held); }, value);
}

template <typename T>
T value_at(const char* from) noexcept {
  T value;
  std::memcpy(&value, from, sizeof value);
  return value;
}

}  // namespace

std::size_t PackedAttribute::bytes_for(const model::Attribute& attribute) noexcept {
  return sizeof(Head) + attribute.name.size() + value_bytes(attribute.value).size();
}

char* PackedAttribute::write(const model::Attribute& attribute, char* to) noexcept {
  const std::string_view value = value_bytes(attribute.value);
  const Head head{.name_bytes = static_cast<Length>(attribute.name.size()),
                  .value_bytes = static_cast<Length>(value.size()),
                  .type = static_cast<std::uint8_t>(attribute.value.index())};
  for (const std::string_view part : {bytes_of(head), std::string_view{attribute.name}, value}) {
    std::memcpy(to, part.data(), part.size());
    to += part.size();
  }
  return to;
}

PackedAttribute PackedAttribute::read(const char*& from) noexcept {
  const auto head = value_at<Head>(from);
  const char* const name = from + sizeof head;
  const char* const value = name + head.name_bytes;
  from = value + head.value_bytes;
  PackedAttribute attribute{.name = {name, head.name_bytes}, .value = {}};
  switch (head.type) {
    case 0:
      attribute.value = value_at<bool>(value);
      break;
    case 1:
      attribute.value = value_at<double>(value);
      break;
    default:
      attribute.value = std::string_view{value, head.value_bytes};
  }
  return attribute;
}

void PackedAttribute::copy_to(model::Attribute& attribute) const {
  attribute.name.assign(name);
  if (const auto* text = std::get_if<std::string_view>(&value)) {
    if (auto* own = std::get_if<std::string>(&attribute.value)) {
      own->assign(*text);
    } else {
      attribute.value.emplace<std::string>(*text);
    }
  } else if (const auto* number = std::get_if<double>(&value)) {
    attribute.value = *number;
  } else {
    attribute.value = std::get<bool>(value);
  }
}

}  // namespace geomatch::match
