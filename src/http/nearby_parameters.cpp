#include "nearby_parameters.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>

#include <boost/url/pct_string_view.hpp>
#include <fmt/format.h>

namespace geomatch::http {
namespace {

// The parameters of one query, and what is wrong with them.
class Parameters {
 public:
  explicit Parameters(std::string_view target) {
    const auto question_mark = target.find('?');
    if (question_mark == std::string_view::npos) return;
    // Not Boost.URL's own view of a query: in 1.81 its last value runs on into what follows in the buffer.
    for (std::string_view rest = target.substr(question_mark + 1); !rest.empty();) {
      const auto end = std::min(rest.find('&'), rest.size());
      if (end != 0) add(rest.substr(0, end));
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  }

  void fail(std::string name, std::string detail) { errors_.push_back({std::move(name), std::move(detail)}); }

  [[nodiscard]] const std::string* text(const std::string& name) const {
    const auto value = values_.find(name);
    return value == values_.end() ? nullptr : &value->second;
  }

  // The number called `name`, or nullopt if it isn't given; a number that isn't `valid` is an error.
  template <typename Valid>
  std::optional<double> number(const std::string& name, const std::string& takes, Valid valid) {
    const std::string* value = text(name);
    if (value == nullptr) return std::nullopt;
    double number = 0;
    const char* end = value->data() + value->size();
    const auto [stop, error] = std::from_chars(value->data(), end, number);
    if (error == std::errc{} && stop == end && std::isfinite(number) && valid(number)) return number;
    fail(name, "must be " + takes);
    return std::nullopt;
  }

  double required_degrees(const std::string& name, double bound) {
    if (text(name) == nullptr) fail(name, fmt::format("is required: a number from -{0} to {0}", bound));
    return number(name, fmt::format("a number from -{0} to {0}", bound),
                  [bound](double degrees) { return std::abs(degrees) <= bound; })
        .value_or(0);
  }

  std::vector<codec::MemberError>& errors() { return errors_; }

 private:
  void add(std::string_view parameter) {
    const auto equals = std::min(parameter.find('='), parameter.size());
    const auto name = boost::urls::make_pct_string_view(parameter.substr(0, equals));
    const auto value =
        boost::urls::make_pct_string_view(parameter.substr(std::min(equals + 1, parameter.size())));
    if (!name || !value)
      return fail(std::string{parameter.substr(0, equals)}, "is not percent-encoded as it should be");
    const boost::urls::encoding_opts form{/*space_as_plus=*/true};
    const std::string decoded = name->decode(form);
    if (!values_.emplace(decoded, value->decode(form)).second) fail(decoded, "is given more than once");
  }

  std::map<std::string, std::string> values_;
  std::vector<codec::MemberError> errors_;
};

// Beyond any age there is; keeps the sum with a time in range.
constexpr double longest_age_s = 1e10;

}  // namespace

std::variant<NearbyParameters, std::vector<codec::MemberError>> parse_nearby(std::string_view target,
                                                                             double max_radius_m) {
  Parameters parameters{target};
  NearbyParameters wanted;
  const double lat_deg = parameters.required_degrees("lat", 90);
  const double lon_deg = parameters.required_degrees("lon", 180);
  wanted.center = geo::Position::from_degrees(lat_deg, lon_deg);
  wanted.radius_m = parameters
                        .number("radius_m", fmt::format("a number over 0, to {}", max_radius_m),
                                [&](double radius_m) { return radius_m > 0 && radius_m <= max_radius_m; })
                        .value_or(std::min(wanted.radius_m, max_radius_m));
  wanted.limit = static_cast<int>(
      parameters
          .number("limit", fmt::format("an integer from 0 to {}", codec::Post::max_limit),
                  [](double limit) {
                    return limit >= 0 && limit <= codec::Post::max_limit && limit == std::floor(limit);
                  })
          .value_or(wanted.limit));
  if (const auto age_s =
          parameters.number("max_age_s", "a number over 0", [](double age) { return age > 0; })) {
    const double clamped_s = std::min(*age_s, longest_age_s);
    wanted.max_age = model::Milliseconds{std::max<std::int64_t>(1, std::llround(clamped_s * 1000))};
  }
  if (const std::string* role = parameters.text("role")) wanted.role = *role;
  if (!parameters.errors().empty()) return std::move(parameters.errors());
  return wanted;
}

}  // namespace geomatch::http
