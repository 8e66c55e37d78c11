#include <algorithm>
#include <functional>

#include <geomatch/publish/publication.hpp>
#include <geomatch/publish/resend_window.hpp>

namespace geomatch::publish {
namespace {

// An id holds no control characters, so the zero byte tells where the uuid begins.
std::string key_of(std::string_view id, std::string_view uuid) {
  std::string key;
  key.reserve(id.size() + 1 + uuid.size());
  key.append(id).push_back('\0');
  key.append(uuid);
  return key;
}

}  // namespace

ResendWindow::ResendWindow(model::Milliseconds window, std::size_t capacity)
    : window_(window),
      shard_capacity_(std::max<std::size_t>(1, capacity / std::tuple_size_v<decltype(shards_)>)) {}

ResendWindow::Shard& ResendWindow::shard_of(const std::string& key) noexcept {
  return shards_[std::hash<std::string>{}(key) % shards_.size()];
}

ResendWindow::Admission ResendWindow::admit(Publication& publication) {
  if (publication.uuid.empty()) return Admission::fresh;
  std::string key = key_of(publication.record.key, publication.uuid);
  Shard& shard = shard_of(key);
  const std::lock_guard lock{shard.mutex};
  forget_old(shard, publication.record.received_at);
  const auto [entry, inserted] = shard.entries.try_emplace(std::move(key), &publication);
  if (inserted) return Admission::fresh;
  Publication* in_flight = entry->second;
  if (in_flight == nullptr) return Admission::duplicate;
  publication.next_ = in_flight->waiters_;
  in_flight->waiters_ = &publication;
  return Admission::waiting;
}

Publication* ResendWindow::settle(Publication& publication, Outcome outcome) {
  if (publication.uuid.empty()) return nullptr;
  const std::string key = key_of(publication.record.key, publication.uuid);
  Shard& shard = shard_of(key);
  const std::lock_guard lock{shard.mutex};
  const auto entry = shard.entries.find(key);
  if (entry == shard.entries.end() || entry->second != &publication) return nullptr;
  if (outcome == Outcome::published) {
    entry->second = nullptr;
    keep(shard, &*entry, publication.record.received_at);
  } else {
    shard.entries.erase(entry);  // a resend gets its own chance
  }
  return publication.waiters_;
}

void ResendWindow::remember(std::string_view id, std::string_view uuid, model::TimePoint received_at) {
  if (uuid.empty()) return;
  std::string key = key_of(id, uuid);
  Shard& shard = shard_of(key);
  const std::lock_guard lock{shard.mutex};
  const auto [entry, inserted] = shard.entries.try_emplace(std::move(key), nullptr);
  if (inserted) keep(shard, &*entry, received_at);
}

void ResendWindow::keep(Shard& shard, Entries::const_pointer entry, model::TimePoint received_at) {
  shard.logged.push_back({.entry = entry, .received_at = received_at});
  forget_old(shard, received_at);
}

void ResendWindow::forget_old(Shard& shard, model::TimePoint now) {
  auto& logged = shard.logged;
  while (!logged.empty() && (now - logged.front().received_at > window_ || logged.size() > shard_capacity_)) {
    shard.entries.erase(shard.entries.find(logged.front().entry->first));
    logged.pop_front();
  }
}

}  // namespace geomatch::publish
