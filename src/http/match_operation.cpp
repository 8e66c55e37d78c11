#include "match_operation.hpp"

#include <string_view>
#include <utility>
#include <vector>

#include <geomatch/codec/record.hpp>
#include <geomatch/codec/replies.hpp>
#include <geomatch/match/matcher.hpp>
#include <geomatch/publish/log.hpp>

namespace geomatch::http {
namespace {

constexpr std::size_t most_spare = 1024;
constexpr std::size_t usual_bytes = 8192;  // a larger one is rare, and gives its memory back

// An operation ends on the thread that began it, so nobody else is met here.
std::vector<std::unique_ptr<MatchOperation>>& spare_operations() {
  thread_local std::vector<std::unique_ptr<MatchOperation>> spare;
  return spare;
}

}  // namespace

std::unique_ptr<MatchOperation> MatchOperation::take(const Services& services,
                                                     publish::CompletionQueue& completions) {
  auto& spare = spare_operations();
  if (spare.empty()) return std::unique_ptr<MatchOperation>{new MatchOperation{services, completions}};
  auto operation = std::move(spare.back());
  spare.pop_back();
  operation->renew(services, completions);
  return operation;
}

void MatchOperation::begin(std::unique_ptr<MatchOperation> operation, match::Reservation reservation,
                           Responder respond) {
  MatchOperation& self = *operation;
  const model::Fix& fix = self.post_.fix;
  self.reservation_ = std::move(reservation);
  self.uuid = self.post_.uuid;
  self.record.key = fix.id;
  self.record.received_at = fix.received_at;
  if (!self.record.value) self.record.value.emplace();
  self.record.value->clear();
  if (self.services().log.publisher().keeps_values()) codec::append_record(*self.record.value, self.post_);
  start(std::move(operation), std::move(respond));
}

void MatchOperation::apply() noexcept {
  result_ = services().matcher.upsert(post_.fix);
}

void MatchOperation::judge() noexcept {
  result_ =
      services().matcher.is_stale(post_.fix) ? match::UpsertResult::stale : match::UpsertResult::accepted;
}

void MatchOperation::prepare() {
  const match::Query query{.center = post_.fix.position,
                           .radius_m = post_.radius_m,
                           .limit = post_.limit,
                           .except_id = post_.fix.id,
                           .role = post_.seek,
                           .max_age = post_.max_age,
                           .where = &post_.where,
                           .now = post_.fix.received_at};
  matches_json_.clear();
  // Each is written as it lies on the map, while the query goes on.
  codec::append_matches(matches_json_, query.now,
                        [&](model::MatchVisitor visit) { services().matcher.visit_nearest(query, visit); });
}

const Reply& MatchOperation::answer(bool duplicate) {
  const bool stale = result_ == match::UpsertResult::stale;
  const std::string_view status = duplicate ? "duplicate" : stale ? "stale" : "accepted";
  reply_.body.clear();
  codec::append_match_reply(reply_.body, post_.fix.id, status, matches_json_);
  return reply_;
}

void MatchOperation::dispose() noexcept {
  std::unique_ptr<MatchOperation> self{this};
  reservation_ = {};
  auto& spare = spare_operations();
  if (spare.size() < most_spare && !is_large()) spare.push_back(std::move(self));
}

bool MatchOperation::is_large() const noexcept {
  const std::size_t record_bytes = record.value ? record.value->capacity() : 0;
  return record_bytes > usual_bytes || matches_json_.capacity() > usual_bytes;
}

}  // namespace geomatch::http
