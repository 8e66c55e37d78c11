#include <geomatch/match/matcher.hpp>
#include <geomatch/match/reservation.hpp>

namespace geomatch::match {

Reservation::~Reservation() {
  if (matcher_ != nullptr) matcher_->release(entity_);
}

}  // namespace geomatch::match
