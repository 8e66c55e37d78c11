#include <geomatch/publish/completion_queue.hpp>
#include <geomatch/publish/publication.hpp>

namespace geomatch::publish {

void CompletionQueue::push(Publication& first, Publication& last) noexcept {
  if (queue_.push(first, last) && attended_ != this) wake_();
}

void CompletionQueue::drain() noexcept {
  for (Publication* publication = queue_.take_all(); publication != nullptr;) {
    Publication* following = PublicationQueue::next(*publication);  // before it may destroy itself
    publication->complete();
    publication = following;
  }
}

}  // namespace geomatch::publish
