#include <algorithm>
#include <string>

#include <geomatch/publish/publication.hpp>
#include <geomatch/publish/resend_window.hpp>

namespace geomatch::publish {
namespace {

// An id holds no control characters, so the zero byte tells where the uuid begins. Valid until the thread's
// next one.
std::string_view key_of(std::string_view id, std::string_view uuid) {
  thread_local std::string key;
  key.assign(id).push_back('\0');
  key.append(uuid);
  return key;
}

}  // namespace

ResendWindow::ResendWindow(model::Milliseconds window, std::size_t capacity)
    : window_(window),
      shard_capacity_(std::max<std::size_t>(1, capacity / std::tuple_size_v<decltype(shards_)>)) {}

ResendWindow::Shard& ResendWindow::shard_of(std::string_view key) noexcept {
  return shards_[Hash{}(key) % shards_.size()];
}

ResendWindow::Admission ResendWindow::admit(Publication& publication) {
  if (publication.uuid.empty()) return Admission::fresh;
  const std::string_view key = key_of(publication.record.key, publication.uuid);
  Shard& shard = shard_of(key);
  const std::lock_guard lock{shard.mutex};
  forget_old(shard, publication.record.received_at);
  const auto found = shard.entries.find(key);
  if (found == shard.entries.end()) {
    shard.entries.emplace(key, Entry{State::in_flight, &publication});
    return Admission::fresh;
  }
  Entry& entry = found->second;
  if (entry.state == State::logged) return Admission::duplicate;
  if (entry.state == State::doubtful) return Admission::doubtful;
  publication.next_ = entry.in_flight->waiters_;
  entry.in_flight->waiters_ = &publication;
  return Admission::waiting;
}

Publication* ResendWindow::settle(Publication& publication, Outcome outcome) {
  if (publication.uuid.empty()) return nullptr;
  const std::string_view key = key_of(publication.record.key, publication.uuid);
  Shard& shard = shard_of(key);
  const std::lock_guard lock{shard.mutex};
  const auto found = shard.entries.find(key);
  if (found == shard.entries.end() || found->second.in_flight != &publication) return nullptr;
  Entry& entry = found->second;
  entry.in_flight = nullptr;
  if (outcome == Outcome::published || entry.state == State::in_flight_and_logged) {
    keep(shard, &*found, publication.record.received_at);
  } else if (outcome == Outcome::unknown) {
    entry.state = State::doubtful;
  } else {
    shard.entries.erase(found);  // a resend gets its own chance
  }
  return publication.waiters_;
}

void ResendWindow::remember(std::string_view id, std::string_view uuid, model::TimePoint received_at) {
  if (uuid.empty()) return;
  const std::string_view key = key_of(id, uuid);
  Shard& shard = shard_of(key);
  const std::lock_guard lock{shard.mutex};
  auto found = shard.entries.find(key);
  if (found == shard.entries.end()) found = shard.entries.emplace(key, Entry{State::doubtful, nullptr}).first;
  if (found->second.state == State::in_flight) {
    found->second.state = State::in_flight_and_logged;  // whatever is reported of it
  } else if (found->second.state == State::doubtful) {
    keep(shard, &*found, received_at);
  }
}

void ResendWindow::resolve(std::string_view id, std::string_view uuid) {
  const std::string_view key = key_of(id, uuid);
  Shard& shard = shard_of(key);
  const std::lock_guard lock{shard.mutex};
  const auto found = shard.entries.find(key);
  if (found != shard.entries.end() && found->second.state == State::doubtful) shard.entries.erase(found);
}

void ResendWindow::keep(Shard& shard, Entries::pointer entry, model::TimePoint received_at) {
  entry->second.state = State::logged;
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
