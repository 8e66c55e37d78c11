#include <geomatch/publish/null_publisher.hpp>
#include <geomatch/publish/settlement.hpp>

namespace geomatch::publish {

bool NullPublisher::publish(Publication& publication) noexcept {
  // Relaxed: a flag on its own, nothing is read by way of it.
  if (stopped_.load(std::memory_order_relaxed)) return false;
  Settlement settlement{resends_};
  settlement.settle(publication, Outcome::published);
  return true;
}

void NullPublisher::stop(std::chrono::milliseconds /*deadline*/) noexcept {
  stopped_.store(true, std::memory_order_relaxed);
}

}  // namespace geomatch::publish
