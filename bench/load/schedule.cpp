#include "schedule.hpp"

namespace geomatch::load {

Schedule::Schedule(TimePoint start, double rate_per_s, Arrivals arrivals, std::uint64_t seed)
    : start_(start), interval_ns_(1e9 / rate_per_s), arrivals_(arrivals), random_(seed), due_(start) {}

void Schedule::advance() {
  elapsed_ += arrivals_ == Arrivals::even ? 1.0 : intervals_(random_);
  due_ = start_ + std::chrono::nanoseconds{static_cast<std::int64_t>(elapsed_ * interval_ns_)};
}

}  // namespace geomatch::load
