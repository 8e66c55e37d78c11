#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include <geomatch/model/packed_attributes.hpp>

namespace geomatch::model {
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

std::string_view value_bytes(const AttributeValue& value) noexcept {
  return std::visit([](const auto& held) { return bytes_of(held); }, value);
}

template <typename T>
T value_at(const char* from) noexcept {
  T value;
  std::memcpy(&value, from, sizeof value);
  return value;
}

char* pack_one(const Attribute& attribute, char* to) noexcept {
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

void copy(const AttributeView& from, Attribute& to) {
  to.name.assign(from.name);
  if (const auto* text = std::get_if<std::string_view>(&from.value)) {
    if (auto* own = std::get_if<std::string>(&to.value)) {
      own->assign(*text);
    } else {
      to.value.emplace<std::string>(*text);
    }
  } else if (const auto* number = std::get_if<double>(&from.value)) {
    to.value = *number;
  } else {
    to.value = std::get<bool>(from.value);
  }
}

}  // namespace

std::size_t PackedAttributes::bytes_for(const Attributes& attributes) noexcept {
  std::size_t bytes = 0;
  for (const Attribute& attribute : attributes) {
    bytes += sizeof(Head) + attribute.name.size() + value_bytes(attribute.value).size();
  }
  return bytes;
}

void PackedAttributes::pack(const Attributes& attributes, char* to) noexcept {
  for (const Attribute& attribute : attributes) to = pack_one(attribute, to);
}

void PackedAttributes::copy_to(Attributes& attributes) const {
  attributes.resize(count_);
  auto from = begin();
  for (Attribute& attribute : attributes) {
    copy(*from, attribute);
    ++from;
  }
}

void PackedAttributes::Iterator::read() noexcept {
  if (left_ == 0) return;
  const auto head = value_at<Head>(next_);
  const char* const name = next_ + sizeof head;
  const char* const value = name + head.name_bytes;
  next_ = value + head.value_bytes;
  current_.name = {name, head.name_bytes};
  switch (head.type) {
    case 0:
      current_.value = value_at<bool>(value);
      break;
    case 1:
      current_.value = value_at<double>(value);
      break;
    default:
      current_.value = std::string_view{value, head.value_bytes};
  }
}

}  // namespace geomatch::model
