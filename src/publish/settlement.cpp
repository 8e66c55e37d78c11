#include <algorithm>

#include <geomatch/publish/completion_queue.hpp>
#include <geomatch/publish/publication.hpp>
#include <geomatch/publish/resend_window.hpp>
#include <geomatch/publish/settlement.hpp>

namespace geomatch::publish {

void Settlement::settle(Publication& publication, Outcome outcome) noexcept {
  // Before resends are told: whoever gets an answer finds the record's effect on the map.
  if (outcome == Outcome::published) publication.on_published();
  end(publication, outcome);
}

void Settlement::settle_applied(Publication& publication) noexcept {
  publication.on_applied();
  end(publication, Outcome::published);
}

void Settlement::end(Publication& publication, Outcome outcome) noexcept {
  Publication* waiter = resends_.settle(publication, outcome);
  publication.outcome_ = outcome;
  append(publication);
  while (waiter != nullptr) {
    Publication* following = waiter->next_;
    waiter->outcome_ = outcome == Outcome::published ? Outcome::duplicate : outcome;
    append(*waiter);
    waiter = following;
  }
}

void Settlement::append(Publication& publication) noexcept {
  publication.next_ = nullptr;
  const auto chain = std::ranges::find(chains_, publication.home_, &Chain::home);
  if (chain == chains_.end()) {
    chains_.push_back({.home = publication.home_, .first = &publication, .last = &publication});
    return;
  }
  chain->last->next_ = &publication;
  chain->last = &publication;
}

void Settlement::flush() noexcept {
  for (const Chain& chain : chains_) chain.home->push(*chain.first, *chain.last);
  chains_.clear();
}

}  // namespace geomatch::publish
