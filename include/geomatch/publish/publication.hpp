#pragma once

#include <string>

#include <geomatch/publish/outcome.hpp>
#include <geomatch/publish/record.hpp>

namespace geomatch::publish {

class CompletionQueue;

/// A record on its way into the log, and who wants to know how it ended.
///
/// Whoever makes one keeps it alive until `complete` was called; from `Log::submit` until then it belongs to
/// the log and nobody else touches it.
class Publication {
 public:
  /// `home` is the queue of the I/O thread on which `complete` is to run; it has to outlive the publication.
  explicit Publication(CompletionQueue& home) noexcept : home_(&home) {}
  virtual ~Publication() = default;

  Publication(const Publication&) = delete;
  Publication& operator=(const Publication&) = delete;

  Record record;
  std::string uuid;  ///< tells a resend from a new fix; empty: none

  /// How it ended; valid from `complete` on.
  [[nodiscard]] Outcome outcome() const noexcept { return outcome_; }

 protected:
  /// To use a publication that was completed for another record: as if it had been made with `home` again.
  void renew(CompletionQueue& home) noexcept {
    home_ = &home;
    next_ = waiters_ = nullptr;
    outcome_ = Outcome::unknown;
  }

 private:
  friend class CompletionQueue;
  friend class PublicationQueue;
  friend class ResendWindow;
  friend class Settlement;

  /// The log has the record. Called at most once, before `complete`, on whichever thread the log settles on,
  /// and for records of one key in the order of the log: the place to bring a view of the log up to date.
  virtual void on_published() noexcept = 0;

  /// The same, in place of `on_published`, where a reader of the log has brought the view up to date with
  /// this record before its outcome came.
  virtual void on_applied() noexcept {}

  /// The end: called exactly once, on the home queue's thread. May destroy the publication.
  virtual void complete() noexcept = 0;

  CompletionQueue* home_;
  Publication* next_ = nullptr;     // in whichever intrusive list holds it at the time
  Publication* waiters_ = nullptr;  // resends that share its outcome; guarded by ResendWindow
  Outcome outcome_ = Outcome::unknown;
};

}  // namespace geomatch::publish
