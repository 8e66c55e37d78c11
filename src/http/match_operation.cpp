#include "match_operation.hpp"

#include <string_view>

#include <geomatch/codec/record.hpp>
#include <geomatch/codec/replies.hpp>
#include <geomatch/match/matcher.hpp>

#include "found.hpp"

namespace geomatch::http {

MatchOperation::MatchOperation(const Services& services, codec::Post post, match::Reservation reservation,
                               Responder respond, publish::CompletionQueue& completions)
    : LoggedOperation(services, std::move(respond), completions), reservation_(std::move(reservation)) {
  record = {.key = post.fix.id, .value = {}, .received_at = post.fix.received_at};
  codec::append_record(record.value.emplace(), post);
  uuid = post.uuid;
  post_ = std::move(post);
}

void MatchOperation::apply() noexcept {
  result_ = services().matcher.upsert(post_.fix);
}

void MatchOperation::judge() noexcept {
  const model::Fix& fix = post_.fix;
  const auto known = services().matcher.find(fix.id, fix.received_at);
  const bool stale = !fix.alive_at(fix.received_at) || (known && known->timestamp > fix.timestamp);
  result_ = stale ? match::UpsertResult::stale : match::UpsertResult::accepted;
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
  matches_json_ = find_and_encode(services().matcher, query);
}

Reply MatchOperation::answer(bool duplicate) {
  const bool stale = result_ == match::UpsertResult::stale;
  const std::string_view status = duplicate ? "duplicate" : stale ? "stale" : "accepted";
  Reply reply;
  codec::append_match_reply(reply.body, post_.fix.id, status, matches_json_);
  return reply;
}

}  // namespace geomatch::http
