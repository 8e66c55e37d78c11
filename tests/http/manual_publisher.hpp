#pragma once

#include <utility>
#include <vector>

#include <geomatch/publish/publication.hpp>
#include <geomatch/publish/publisher.hpp>
#include <geomatch/publish/settlement.hpp>

namespace geomatch::publish {

/// A log that settles when the test says so.
class ManualPublisher final : public Publisher {
 public:
  explicit ManualPublisher(ResendWindow& resends) : resends_(resends) {}

  [[nodiscard]] bool publish(Publication& publication) noexcept override {
    if (full) return false;
    pending_.push_back(&publication);
    return true;
  }
  [[nodiscard]] std::string unavailable_reason() const override { return {}; }
  [[nodiscard]] std::size_t pending() const noexcept override { return pending_.size(); }
  void stop(std::chrono::milliseconds /*deadline*/) noexcept override {}

  void settle_all(Outcome outcome) {
    Settlement settlement{resends_};
    for (Publication* publication : std::exchange(pending_, {})) {
      settled.push_back(publication->record);
      settlement.settle(*publication, outcome);
    }
  }

  /// As if a reader of the log had brought what was given before its outcome came.
  void settle_all_applied() {
    Settlement settlement{resends_};
    for (Publication* publication : std::exchange(pending_, {})) settlement.settle_applied(*publication);
  }

  bool full = false;
  std::vector<Record> settled;

 private:
  ResendWindow& resends_;
  std::vector<Publication*> pending_;
};

}  // namespace geomatch::publish
