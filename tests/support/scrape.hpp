#pragma once

#include <map>
#include <string>
#include <string_view>

namespace geomatch::test {

/// A page in Prometheus' text format 0.0.4, read as strictly as its rules allow; nothing is passed over.
///
/// Throws std::runtime_error, naming the line, if a line isn't HELP, TYPE or a sample; if a family has no
/// HELP and TYPE before its samples, has them twice, or comes in two places; if a sample belongs to no
/// family, its labels or value can't be read, or its series has been there; if a counter is negative; or if a
/// histogram's buckets don't ascend, lack +Inf, or differ from its count.
class Scrape {
 public:
  explicit Scrape(std::string_view page);

  /// The value of a series, as it is written: `name{label="value"}`. Throws std::out_of_range.
  [[nodiscard]] double at(const std::string& series) const { return values_.at(series); }
  [[nodiscard]] bool has(const std::string& series) const { return values_.contains(series); }

 private:
  std::map<std::string, double> values_;
};

}  // namespace geomatch::test
