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
  record = {.key = post.fix.id, .value = codec::encode_record(post), .received_at = post.fix.received_at};
  uuid = post.uuid;
  fix_ = std::make_shared<const model::Fix>(std::move(post.fix));
  wanted_ = std::move(post);
}

void MatchOperation::apply() noexcept {
  result_ = services().matcher.upsert(fix_);
}

void MatchOperation::prepare() {
  const match::Query query{.center = fix_->position,
                           .radius_m = wanted_.radius_m,
                           .limit = wanted_.limit,
                           .except_id = fix_->id,
                           .role = wanted_.seek,
                           .max_age = wanted_.max_age,
                           .where = &wanted_.where,
                           .now = fix_->received_at};
  matches_json_ = encode(services().matcher.nearest(query), query.now);
}

Reply MatchOperation::answer(bool duplicate) {
  const bool stale = result_ == match::UpsertResult::stale;
  const std::string_view status = duplicate ? "duplicate" : stale ? "stale" : "accepted";
  return {.body = codec::encode_match_reply(fix_->id, status, matches_json_)};
}

}  // namespace geomatch::http
