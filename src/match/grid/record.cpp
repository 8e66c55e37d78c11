#include "record.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>
#include <optional>

#include "packed_attribute.hpp"

namespace geomatch::match {
namespace {

constexpr std::array measures{&model::Fix::accuracy_m, &model::Fix::altitude_m, &model::Fix::speed_mps,
                              &model::Fix::heading_deg};

void put(char*& to, std::string_view text) noexcept {
  std::copy(text.begin(), text.end(), to);
  to += text.size();
}

}  // namespace

std::size_t Record::bytes_for(std::string_view id) noexcept {
  return sizeof(Record) + id.size();
}

std::size_t Record::bytes_for(const model::Fix& fix) noexcept {
  std::size_t bytes = bytes_for(std::string_view{fix.id}) + fix.role.size();
  for (const auto measure : measures) bytes += (fix.*measure).has_value() ? sizeof(double) : 0;
  for (const auto& attribute : fix.attributes) bytes += PackedAttribute::bytes_for(attribute);
  return bytes;
}

void Record::write(std::string_view id, unsigned size) noexcept {
  size_ = size & 15U;
  id_bytes_ = static_cast<std::uint8_t>(id.size());
  char* to = payload();
  put(to, id);
}

void Record::write(const model::Fix& fix, unsigned size) noexcept {
  write(std::string_view{fix.id}, size);
  // Relaxed: published with the rest of the record.
  word.store(static_cast<std::uint32_t>(fix.ttl.count()), std::memory_order_relaxed);
  position_ = fix.position;
  timestamp_ms_ = fix.timestamp.time_since_epoch().count();
  using Narrow = std::numeric_limits<std::int32_t>;
  receipt_delay_ms_ = static_cast<std::int32_t>(
      std::clamp<std::int64_t>((fix.received_at - fix.timestamp).count(), Narrow::min(), Narrow::max()));
  role_bytes_ = static_cast<std::uint8_t>(fix.role.size());
  unsigned given = 0;
  attributes_ = static_cast<std::uint8_t>(fix.attributes.size());
  char* to = payload() + id_bytes_;
  put(to, fix.role);
  for (std::size_t i = 0; i < measures.size(); ++i) {
    const std::optional<double>& measure = fix.*measures[i];
    if (!measure) continue;
    given |= 1U << i;
    std::memcpy(to, &*measure, sizeof(double));
    to += sizeof(double);
  }
  measures_ = given & 15U;
  for (const auto& attribute : fix.attributes) to = PackedAttribute::write(attribute, to);
}

model::Milliseconds Record::ttl() const noexcept {
  return model::Milliseconds{word.load(std::memory_order_relaxed)};  // immutable since it was published
}

bool Record::satisfies(const model::Where& where) const noexcept {
  const char* const first = payload() + id_bytes_ + role_bytes_ +
                            sizeof(double) * static_cast<std::size_t>(__builtin_popcount(measures_));
  return std::ranges::all_of(where, [&](const model::Condition& condition) {
    const char* from = first;
    for (int left = attributes_; left != 0; --left) {
      const PackedAttribute attribute = PackedAttribute::read(from);
      if (attribute.name == condition.name) return model::meets(attribute.value, condition.requirement);
    }
    return false;
  });
}

void Record::read(model::Fix& fix) const {
  fix.id.assign(id());
  fix.role.assign(role());
  fix.position = position_;
  fix.timestamp = timestamp();
  fix.received_at = fix.timestamp + model::Milliseconds{receipt_delay_ms_};
  fix.ttl = ttl();
  const char* from = payload() + id_bytes_ + role_bytes_;
  for (std::size_t i = 0; i < measures.size(); ++i) {
    std::optional<double>& measure = fix.*measures[i];
    measure.reset();
    if ((measures_ & 1U << i) == 0) continue;
    std::memcpy(&measure.emplace(), from, sizeof(double));
    from += sizeof(double);
  }
  fix.attributes.resize(attributes_);
  for (model::Attribute& attribute : fix.attributes) PackedAttribute::read(from).copy_to(attribute);
}

}  // namespace geomatch::match
