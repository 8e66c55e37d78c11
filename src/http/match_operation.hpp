#pragma once

#include <string>

#include <geomatch/codec/post.hpp>
#include <geomatch/match/reservation.hpp>
#include <geomatch/match/upsert_result.hpp>

#include "logged_operation.hpp"

namespace geomatch::http {

/// A post on its way: recorded, moved on the map, matched.
class MatchOperation final : public LoggedOperation {
 public:
  /// `reservation` is for the post's entity.
  MatchOperation(const Services& services, codec::Post post, match::Reservation reservation,
                 Responder respond, publish::CompletionQueue& completions);

 private:
  void apply() noexcept override;
  void judge() noexcept override;
  void prepare() override;
  [[nodiscard]] Reply answer(bool duplicate) override;

  match::Reservation reservation_;
  match::UpsertResult result_ = match::UpsertResult::accepted;
  codec::Post post_;
  std::string matches_json_;
};

}  // namespace geomatch::http
