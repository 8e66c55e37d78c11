#include <chrono>

#include <geomatch/codec/rfc3339.hpp>

#include "text_scanner.hpp"
#include "time_range.hpp"

namespace geomatch::codec {
namespace {

using namespace std::chrono;

struct TimeOfDay {
  int hour = 0;
  int minute = 0;
  int second = 0;
  milliseconds fraction{};

  [[nodiscard]] bool valid() const noexcept { return hour <= 23 && minute <= 59 && second <= 60; }
  [[nodiscard]] bool leap() const noexcept { return second == 60; }
  [[nodiscard]] milliseconds since_midnight() const noexcept {
    return hours{hour} + minutes{minute} + seconds{second} + (leap() ? milliseconds{} : fraction);
  }
};

struct Offset {
  int sign = 1;
  int hour = 0;
  int minute = 0;

  [[nodiscard]] bool valid() const noexcept { return hour <= 23 && minute <= 59; }
  [[nodiscard]] minutes value() const noexcept { return sign * (hours{hour} + minutes{minute}); }
};

year_month_day read_date(TextScanner& in) noexcept {
  const year y{in.digits(4)};
  in.one_of("-");
  const month m{static_cast<unsigned>(in.digits(2))};
  in.one_of("-");
  return {y, m, day{static_cast<unsigned>(in.digits(2))}};
}

// Any number of digits, of which three count.
milliseconds read_fraction(TextScanner& in) noexcept {
  milliseconds fraction{};
  int weight = 100;
  do {
    fraction += milliseconds{weight * in.digits(1)};
    weight /= 10;
  } while (in.next_is_digit());
  return fraction;
}

TimeOfDay read_time(TextScanner& in) noexcept {
  TimeOfDay time;
  time.hour = in.digits(2);
  in.one_of(":");
  time.minute = in.digits(2);
  in.one_of(":");
  time.second = in.digits(2);
  if (in.next_is(".")) {
    in.one_of(".");
    time.fraction = read_fraction(in);
  }
  return time;
}

Offset read_offset(TextScanner& in) noexcept {
  Offset offset;
  const char direction = in.one_of("Zz+-");
  if (direction == '+' || direction == '-') {
    offset.sign = direction == '+' ? 1 : -1;
    offset.hour = in.digits(2);
    if (in.next_is(":")) {
      in.one_of(":");
    }
    offset.minute = in.digits(2);
  }
  return offset;
}

// A leap second ends a month of UTC, so what follows it is a month's first moment.
bool begins_month(model::TimePoint moment) noexcept {
  const auto today = floor<days>(moment);
  return moment == today && year_month_day{today}.day() == day{1};
}

}  // namespace

std::optional<model::TimePoint> parse_rfc3339(std::string_view text) noexcept {
  TextScanner in{text};
  const auto date = read_date(in);
  in.one_of("Tt ");
  const auto time = read_time(in);
  const auto offset = read_offset(in);
  if (!in.finished() || !date.ok() || date.year() < year{1} || !time.valid() || !offset.valid()) {
    return std::nullopt;
  }
  const model::TimePoint moment = sys_days{date} + time.since_midnight() - offset.value();
  if (!time_range::contains(moment) || (time.leap() && !begins_month(moment))) {
    return std::nullopt;
  }
  return moment;
}

}  // namespace geomatch::codec
