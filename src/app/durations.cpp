#include "durations.hpp"

#include <array>
#include <limits>

#include "numbers.hpp"

namespace geomatch::app {
namespace {

using std::chrono::milliseconds;

struct Unit {
  std::string_view name;
  milliseconds length;
};

constexpr std::array units{
    Unit{"d", std::chrono::days{1}},      Unit{"h", std::chrono::hours{1}},
    Unit{"min", std::chrono::minutes{1}}, Unit{"s", std::chrono::seconds{1}},
    Unit{"ms", milliseconds{1}},
};

}  // namespace

std::optional<milliseconds> parse_duration(std::string_view text) noexcept {
  const auto digits = std::min(text.find_first_not_of("0123456789"), text.size());
  const auto count = parse_number<milliseconds::rep>(text.substr(0, digits));
  for (const auto& unit : units) {
    if (count && text.substr(digits) == unit.name &&
        *count <= std::numeric_limits<milliseconds::rep>::max() / unit.length.count()) {
      return *count * unit.length;
    }
  }
  return std::nullopt;
}

std::string duration_text(milliseconds duration) {
  for (const auto& unit : units) {
    if (duration.count() != 0 && duration % unit.length == milliseconds::zero()) {
      return std::to_string(duration / unit.length).append(unit.name);
    }
  }
  return "0s";
}

}  // namespace geomatch::app
