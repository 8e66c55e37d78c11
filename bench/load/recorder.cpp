#include "recorder.hpp"

#include <algorithm>
#include <string>
#include <string_view>

namespace geomatch::load {
namespace {

constexpr std::uint64_t sampled_each = 32;  // of so many answers one is looked into

std::size_t occurrences(std::string_view text, std::string_view of) {
  std::size_t count = 0;
  for (std::size_t at = 0; (at = text.find(of, at)) != std::string_view::npos; at += of.size()) ++count;
  return count;
}

}  // namespace

Recorder::Recorder(Protocol protocol, TimePoint from, TimePoint end)
    : protocol_(protocol), from_(from), end_(end) {}

void Recorder::sent(TimePoint due, TimePoint could, TimePoint now) {
  if (measured(due)) results_->sent_late.add(now - std::max(due, could));
}

void Recorder::replied(const Reply& reply, TimePoint due, TimePoint now, bool whole) {
  if (whole && measured(now)) ++results_->answered_in_time;
  if (!measured(due)) return;
  results_->reply_bytes += reply.bytes;
  count_status(reply, whole);
  if (!whole) return;
  ++results_->answered;
  results_->latency.add(now - due);
  if (reply.status == 200) count_matches(reply);
}

void Recorder::gave_up(TimePoint due, TimePoint now) {
  if (!measured(due)) return;
  ++results_->unanswered;
  results_->latency.add(now - due);
}

void Recorder::count_status(const Reply& reply, bool whole) {
  const bool failed = reply.status >= 400;
  if (whole || failed) ++results_->by_status.at(static_cast<std::size_t>(reply.status) % 600);
  if (failed && results_->first_error.empty()) {
    results_->first_error = std::to_string(reply.status) + " " + std::string{reply.body.substr(0, 200)};
  }
}

void Recorder::count_matches(const Reply& reply) {
  if (protocol_ == Protocol::redis) {
    ++results_->sampled;
    results_->sampled_matches += reply.matches;
  } else if (protocol_ == Protocol::match && results_->answered % sampled_each == 0 && !reply.body.empty()) {
    // One is the poster's own.
    ++results_->sampled;
    results_->sampled_matches += std::max<std::size_t>(occurrences(reply.body, R"("id":")"), 1) - 1;
  }
}

}  // namespace geomatch::load
