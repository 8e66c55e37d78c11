#include "record.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>
#include <optional>

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

std::size_t Record::bytes_for(const model::Fix& fix, DeletedAt deleted_at) noexcept {
  std::size_t bytes = bytes_for(std::string_view{fix.id}) + fix.role.size();
  if (deleted_at) bytes += sizeof(std::int64_t);
  for (const auto measure : measures) bytes += (fix.*measure).has_value() ? sizeof(double) : 0;
  return bytes + model::PackedAttributes::bytes_for(fix.attributes);
}

void Record::write(std::string_view id, unsigned size, DeletedAt deleted_at) noexcept {
  size_ = size & 15U;
  word.store(0, std::memory_order_relaxed);  // published with the rest of the record
  id_bytes_ = static_cast<std::uint8_t>(id.size());
  was_deleted_ = deleted_at ? 1 : 0;
  if (deleted_at) timestamp_ms_ = deleted_at->time_since_epoch().count();
  char* to = payload();
  put(to, id);
}

void Record::write(const model::Fix& fix, unsigned size, DeletedAt deleted_at) noexcept {
  write(std::string_view{fix.id}, size);
  if (deleted_at) {
    was_deleted_ = 1;
    const std::int64_t mark_ms = deleted_at->time_since_epoch().count();
    std::memcpy(reinterpret_cast<char*>(this) + mark_offset(), &mark_ms, sizeof mark_ms);
  }
  // Relaxed: published with the rest of the record.
  word.store(static_cast<std::uint32_t>(fix.ttl.count()), std::memory_order_relaxed);
  position_ = fix.position;
  timestamp_ms_ = fix.timestamp.time_since_epoch().count();
  using Narrow = std::numeric_limits<std::int32_t>;
  receipt_delay_ms_ = static_cast<std::int32_t>(
      std::clamp<std::int64_t>((fix.received_at - fix.timestamp).count(), Narrow::min(), Narrow::max()));
  role_bytes_ = static_cast<std::uint8_t>(fix.role.size());
  unsigned given = 0;
  attributes_ = fix.attributes.size() & 127U;
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
  model::PackedAttributes::pack(fix.attributes, to);
}

model::Milliseconds Record::ttl() const noexcept {
  return model::Milliseconds{word.load(std::memory_order_relaxed)};  // immutable since it was published
}

model::TimePoint Record::mark_behind_fix() const noexcept {
  std::int64_t mark_ms = 0;
  std::memcpy(&mark_ms, reinterpret_cast<const char*>(this) + mark_offset(), sizeof mark_ms);
  return model::TimePoint{model::Milliseconds{mark_ms}};
}

bool Record::satisfies(const model::Where& where) const noexcept {
  return std::ranges::all_of(where, [&](const model::Condition& condition) {
    for (const model::AttributeView& attribute : attributes()) {
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
  const char* from = packed_measures();
  for (std::size_t i = 0; i < measures.size(); ++i) {
    std::optional<double>& measure = fix.*measures[i];
    measure.reset();
    if ((measures_ & 1U << i) == 0) continue;
    std::memcpy(&measure.emplace(), from, sizeof(double));
    from += sizeof(double);
  }
  attributes().copy_to(fix.attributes);
}

}  // namespace geomatch::match
