#pragma once

#include <memory>
#include <string>

#include <geomatch/codec/post.hpp>
#include <geomatch/match/reservation.hpp>
#include <geomatch/match/upsert_result.hpp>

#include "logged_operation.hpp"

namespace geomatch::http {

/// A post on its way: recorded, moved on the map, matched. One that is over is used again, with all its
/// memory, by the next post of its thread.
class MatchOperation final : public LoggedOperation {
 public:
  /// One to begin with: fill its `post`, then give it to `begin`.
  [[nodiscard]] static std::unique_ptr<MatchOperation> take(const Services& services,
                                                            publish::CompletionQueue& completions);

  /// Instead of `begin`: nothing comes of it.
  static void drop(std::unique_ptr<MatchOperation> operation) noexcept { operation.release()->dispose(); }

  /// Whatever an earlier use has left in it.
  [[nodiscard]] codec::Post& post() noexcept { return post_; }

  /// Records and answers its post. `reservation` is for the post's entity.
  static void begin(std::unique_ptr<MatchOperation> operation, match::Reservation reservation,
                    Responder respond);

 private:
  using LoggedOperation::LoggedOperation;

  void apply() noexcept override;
  void judge() noexcept override;
  void prepare() override;
  [[nodiscard]] const Reply& answer(bool duplicate) override;
  void dispose() noexcept override;
  [[nodiscard]] bool is_large() const noexcept;

  match::Reservation reservation_;
  match::UpsertResult result_ = match::UpsertResult::accepted;
  codec::Post post_;
  std::string matches_json_;
  Reply reply_;
};

}  // namespace geomatch::http
