#include <utility>

#include <geomatch/publish/log.hpp>
#include <geomatch/publish/publication.hpp>
#include <geomatch/publish/settlement.hpp>

namespace geomatch::publish {

Log::Log(std::unique_ptr<ResendWindow> resends, std::unique_ptr<Publisher> publisher,
         std::unique_ptr<LogReader> reader)
    : resends_(std::move(resends)), publisher_(std::move(publisher)), reader_(std::move(reader)) {}

Submission Log::submit(Publication& publication) noexcept {
  Settlement settlement{*resends_};
  switch (resends_->admit(publication)) {
    case ResendWindow::Admission::fresh:
      if (!publisher_->fits(publication.record)) {
        settlement.settle(publication, Outcome::too_large);
        return Submission::refused;
      }
      if (publisher_->publish(publication)) return Submission::enqueued;
      settlement.settle(publication, Outcome::not_published);
      return Submission::refused;
    case ResendWindow::Admission::duplicate:
      settlement.settle(publication, Outcome::duplicate);
      return Submission::duplicate;
    case ResendWindow::Admission::doubtful:
      settlement.settle(publication, Outcome::unknown);
      return Submission::doubtful;
    case ResendWindow::Admission::waiting:
      break;
  }
  return Submission::waiting;
}

}  // namespace geomatch::publish
