#include "logged_operation.hpp"

#include <geomatch/http/problems.hpp>
#include <geomatch/publish/log.hpp>

namespace geomatch::http {

using publish::Outcome;
using publish::Submission;

void LoggedOperation::start(std::unique_ptr<LoggedOperation> operation, Responder respond) {
  LoggedOperation& self =
      *operation.release();  // complete() takes it back, on this thread and so not before we return
  self.respond_ = std::move(respond);
  const Submission submission = self.services().log.submit(self);
  if (submission == Submission::refused || submission == Submission::doubtful) return;
  self.prepare();
  if (self.services().acknowledgement == Acknowledgement::published) return;
  if (submission == Submission::enqueued) self.apply();
  self.acknowledge(submission != Submission::enqueued);
}

void LoggedOperation::on_published() noexcept {
  if (services().acknowledgement == Acknowledgement::published) apply();
}

void LoggedOperation::on_applied() noexcept {
  if (services().acknowledgement == Acknowledgement::published) judge();
}

void LoggedOperation::complete() noexcept {
  if (!acknowledged_) tell();
  respond_.reset();
  dispose();
}

void LoggedOperation::tell() {
  switch (outcome()) {
    case Outcome::published:
    case Outcome::duplicate:
      return acknowledge(outcome() == Outcome::duplicate);
    case Outcome::not_published:
    case Outcome::too_large:
    case Outcome::unknown:
      (*respond_)(problems::not_logged(outcome()));
  }
}

void LoggedOperation::acknowledge(bool duplicate) {
  acknowledged_ = true;
  (*respond_)(answer(duplicate));
}

}  // namespace geomatch::http
