#include <geomatch/match/reservation.hpp>

#include <geomatch/match/matcher.hpp>

namespace geomatch::match {

Reservation::~Reservation() {
  if (matcher_ != nullptr) matcher_->release(id_);
}

}  // namespace geomatch::match
