#include "scrape.hpp"

#include <charconv>
#include <cmath>
#include <limits>
#include <optional>
#include <set>
#include <stdexcept>
#include <utility>

namespace geomatch::test {
namespace {

using Labels = std::map<std::string, std::string>;

constexpr double infinity = std::numeric_limits<double>::infinity();

void require(bool holds, std::string_view why, std::string_view line) {
  if (!holds) throw std::runtime_error(std::string{why} + ": " + std::string{line});
}

bool is_letter(char c) noexcept {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

// Takes a name off the front of `text`; a colon may be in a metric's only.
std::string take_name(std::string_view& text, bool of_metric, std::string_view line) {
  std::size_t size = 0;
  while (size < text.size() && (is_letter(text[size]) || (of_metric && text[size] == ':') ||
                                (size != 0 && text[size] >= '0' && text[size] <= '9'))) {
    ++size;
  }
  require(size != 0, "a name is missing", line);
  std::string name{text.substr(0, size)};
  text.remove_prefix(size);
  return name;
}

void take(std::string_view& text, char expected, std::string_view line) {
  require(text.starts_with(expected), std::string{"'"} + expected + "' is missing", line);
  text.remove_prefix(1);
}

std::string take_quoted(std::string_view& text, std::string_view line) {
  take(text, '"', line);
  std::string value;
  while (!text.starts_with('"')) {
    require(!text.empty(), "a label's value doesn't end", line);
    if (text.starts_with('\\')) {
      text.remove_prefix(1);
      require(!text.empty() && std::string_view{"\\\"n"}.find(text[0]) != std::string_view::npos,
              "an unknown escape", line);
    }
    value += text[0];
    text.remove_prefix(1);
  }
  text.remove_prefix(1);
  return value;
}

Labels take_labels(std::string_view& text, std::string_view line) {
  Labels labels;
  if (!text.starts_with('{')) return labels;
  do {
    text.remove_prefix(1);
    std::string name = take_name(text, /*of_metric=*/false, line);
    take(text, '=', line);
    require(labels.emplace(std::move(name), take_quoted(text, line)).second, "a label is there twice", line);
  } while (text.starts_with(','));
  take(text, '}', line);
  return labels;
}

double number(std::string_view text, std::string_view line) {
  if (text == "+Inf") return infinity;
  if (text == "-Inf") return -infinity;
  if (text == "NaN") return std::numeric_limits<double>::quiet_NaN();
  double value = 0;
  const char* const end = text.data() + text.size();
  const auto [read_to, error] = std::from_chars(text.data(), end, value);
  require(error == std::errc{} && read_to == end && std::isfinite(value), "no number", line);
  return value;
}

// What there is of one histogram.
struct Histogram {
  double bound = -infinity;  // of its last bucket
  double bucket = 0;         // and how many are in that
  std::optional<double> sum;
  std::optional<double> count;
};

struct Family {
  std::string name;
  std::string type;
  std::map<Labels, Histogram> histograms;
};

class Reader {
 public:
  explicit Reader(std::map<std::string, double>& values) noexcept : values_(values) {}

  void read(std::string_view line) {
    if (line.starts_with(help)) return begin_family(line);
    if (line.starts_with(type)) return set_type(line);
    require(!line.starts_with('#'), "neither HELP nor TYPE", line);
    take_sample(line);
  }

  // `line`: what comes after it.
  void end_family(std::string_view line) const {
    require(family_.name.empty() || !family_.type.empty(), "no TYPE of the family before", line);
    for (const auto& [labels, histogram] : family_.histograms) {
      require(histogram.bound == infinity, "no bucket +Inf of the family before", line);
      require(histogram.sum && histogram.count, "no sum or count of the family before", line);
      require(histogram.bucket == *histogram.count, "+Inf and count of the family before differ", line);
    }
  }

 private:
  static constexpr std::string_view help = "# HELP ";
  static constexpr std::string_view type = "# TYPE ";

  void begin_family(std::string_view line) {
    end_family(line);
    std::string_view rest = line.substr(help.size());
    family_ = {.name = take_name(rest, /*of_metric=*/true, line), .type = {}, .histograms = {}};
    require(rest.starts_with(' '), "no help", line);
    require(families_.insert(family_.name).second, "the family was there before", line);
  }

  void set_type(std::string_view line) {
    std::string_view rest = line.substr(type.size());
    require(take_name(rest, /*of_metric=*/true, line) == family_.name, "TYPE of another family", line);
    require(family_.type.empty(), "a second TYPE", line);
    static const std::set<std::string_view> types{" counter", " gauge", " histogram", " summary", " untyped"};
    require(types.contains(rest), "an unknown type", line);
    family_.type = rest.substr(1);
  }

  void take_sample(std::string_view line) {
    require(!family_.type.empty(), "a sample without a TYPE before it", line);
    std::string_view rest = line;
    const std::string name = take_name(rest, /*of_metric=*/true, line);
    Labels labels = take_labels(rest, line);
    const std::string series{line.substr(0, line.size() - rest.size())};
    take(rest, ' ', line);
    const double value = number(rest, line);
    require(values_.emplace(series, value).second, "the series was there before", line);
    if (family_.type == "histogram") return take_histogram(name, std::move(labels), value, line);
    require(name == family_.name, "a sample of another family", line);
    require(family_.type != "counter" || value >= 0, "a negative counter", line);
  }

  void take_histogram(const std::string& name, Labels labels, double value, std::string_view line) {
    if (name == family_.name + "_sum") {
      family_.histograms[labels].sum = value;
    } else if (name == family_.name + "_count") {
      family_.histograms[labels].count = value;
    } else {
      require(name == family_.name + "_bucket", "a sample of another family", line);
      const auto le = labels.extract("le");
      require(!le.empty(), "a bucket without le", line);
      Histogram& histogram = family_.histograms[labels];
      const double bound = number(le.mapped(), line);
      require(bound > histogram.bound, "buckets out of order", line);
      require(value >= histogram.bucket, "less than in the bucket before", line);
      histogram.bound = bound;
      histogram.bucket = value;
    }
  }

  std::map<std::string, double>& values_;
  std::set<std::string> families_;
  Family family_;
};

}  // namespace

Scrape::Scrape(std::string_view page) {
  Reader reader{values_};
  std::string_view rest = page;
  while (!rest.empty()) {
    const auto end = rest.find('\n');
    require(end != std::string_view::npos, "no newline at the end", rest);
    reader.read(rest.substr(0, end));
    rest.remove_prefix(end + 1);
  }
  reader.end_family("the end");
}

}  // namespace geomatch::test
