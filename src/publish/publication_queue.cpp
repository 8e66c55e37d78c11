#include <geomatch/publish/publication.hpp>
#include <geomatch/publish/publication_queue.hpp>

namespace geomatch::publish {
namespace {

// Turns a chain round by its links; gives its new first one.
template <auto Next>
Publication* reversed(Publication* chain) noexcept {
  Publication* turned = nullptr;
  while (chain != nullptr) {
    Publication* following = chain->*Next;
    chain->*Next = turned;
    turned = chain;
    chain = following;
  }
  return turned;
}

}  // namespace

// A stack of links, newest first, that its consumer takes whole and turns round.
//
// (1) in push: release, pairs with the acquire of (2), so that the consumer sees the publications' contents
// and
//     links. The loads before it may be relaxed: what they read is compared and stored, never followed.
// (2) in take_all: acquire, pairs with (1).
// A publication that comes back at the same address can't mislead (1): it takes nothing off, so whatever the
// head is at that moment is the right thing to build on.

bool PublicationQueue::push(Publication& first, Publication& last) noexcept {
  last.next_ = nullptr;
  reversed<&Publication::next_>(&first);
  Publication* head = newest_.load(std::memory_order_relaxed);
  do {
    first.next_ = head;
  } while (!newest_.compare_exchange_weak(head, &last, std::memory_order_release,  // (1)
                                          std::memory_order_relaxed));
  return head == nullptr;
}

Publication* PublicationQueue::take_all() noexcept {
  return reversed<&Publication::next_>(newest_.exchange(nullptr, std::memory_order_acquire));  // (2)
}

Publication* PublicationQueue::next(const Publication& publication) noexcept {
  return publication.next_;
}

}  // namespace geomatch::publish
