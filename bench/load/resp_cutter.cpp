#include "resp_cutter.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>

namespace geomatch::load {
namespace {

constexpr std::string_view line_end = "\r\n";
constexpr std::int64_t most_bytes = 1 << 30;  // of one bulk string, or values of one array

bool parse_count(std::string_view text, std::int64_t& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc{} && end == text.data() + text.size() && number >= -1 && number <= most_bytes;
}

}  // namespace

// A line without its end, or none while it isn't whole.
std::optional<std::string_view> RespCutter::take_line(std::string_view& bytes) {
  if (line_.empty()) {
    const std::size_t end = bytes.find(line_end);
    if (end != std::string_view::npos) {
      const std::string_view line = bytes.substr(0, end);
      bytes.remove_prefix(end + line_end.size());
      reply_.bytes += end + line_end.size();
      return line;
    }
  }
  const std::size_t before = line_.size();
  line_.append(bytes);
  const std::size_t end = line_.find(line_end, before == 0 ? 0 : before - 1);
  if (end == std::string::npos) {
    bytes = {};
    if (line_.size() > most_line_bytes) wrong_ = "the answer isn't Redis'";
    return std::nullopt;
  }
  bytes.remove_prefix(end + line_end.size() - before);
  reply_.bytes += end + line_end.size();
  whole_line_.assign(line_, 0, end);
  line_.clear();
  return whole_line_;
}

bool RespCutter::read_line(std::string_view line) {
  const char type = line.empty() ? '\0' : line.front();
  const std::string_view rest = line.empty() ? line : line.substr(1);
  const bool outermost = values_ == 0;
  if (outermost) values_ = 1;
  std::int64_t count = 0;
  switch (type) {
    case '+':
    case ':':
      break;
    case '-':
      reply_.status = 500;
      reply_.body = rest;
      break;
    case '$':
      if (!parse_count(rest, count)) return false;
      if (count >= 0) skip_ = static_cast<std::size_t>(count) + line_end.size();
      break;
    case '*':
      if (!parse_count(rest, count)) return false;
      count = std::max<std::int64_t>(count, 0);
      if (outermost) reply_.matches = static_cast<std::size_t>(count);
      values_ += static_cast<std::size_t>(count);
      break;
    default:
      return false;
  }
  --values_;
  return true;
}

void RespCutter::skip(std::string_view& bytes) {
  const std::size_t skipped = std::min(skip_, bytes.size());
  bytes.remove_prefix(skipped);
  reply_.bytes += skipped;
  skip_ -= skipped;
}

std::optional<Reply> RespCutter::next(std::string_view& bytes) {
  while (wrong_ == nullptr && !bytes.empty()) {
    if (skip_ == 0) {
      if (values_ == 0 && line_.empty()) {
        reply_ = {};
        reply_.status = 200;
      }
      const auto line = take_line(bytes);
      if (!line) return std::nullopt;
      if (!read_line(*line)) {
        wrong_ = "the answer isn't Redis'";
        return std::nullopt;
      }
    }
    skip(bytes);
    if (values_ == 0 && skip_ == 0) return reply_;
  }
  return std::nullopt;
}

}  // namespace geomatch::load
