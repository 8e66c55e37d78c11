#include "http_cutter.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include <strings.h>

namespace geomatch::load {
namespace {

constexpr std::string_view head_end = "\r\n\r\n";
constexpr std::string_view version = "HTTP/1.";

bool same(std::string_view a, std::string_view b) {
  return a.size() == b.size() && strncasecmp(a.data(), b.data(), a.size()) == 0;
}

std::string_view trimmed(std::string_view text) {
  const auto blank = [](char c) { return c == ' ' || c == '\t'; };
  while (!text.empty() && blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && blank(text.back())) text.remove_suffix(1);
  return text;
}

template <typename Number>
bool parse(std::string_view text, Number& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc{} && end == text.data() + text.size();
}

// Whether `bytes` can be, or become, the beginning of a reply: what isn't HTTP is told at once and not waited
// for.
bool begins_reply(std::string_view bytes) {
  const std::size_t compared = std::min(bytes.size(), version.size());
  return bytes.substr(0, compared) == version.substr(0, compared);
}

}  // namespace

// False if the end of the reply can't be told.
bool HttpCutter::read_field(std::string_view line) {
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos) return true;
  const std::string_view name = line.substr(0, colon);
  const std::string_view value = trimmed(line.substr(colon + 1));
  if (same(name, "content-length")) return parse(value, body_bytes_);
  if (same(name, "transfer-encoding")) return false;
  if (same(name, "connection")) reply_.closes = same(value, "close");
  return true;
}

bool HttpCutter::read_fields(std::string_view lines) {
  while (!lines.empty()) {
    const std::size_t end = lines.find("\r\n");
    // The few that matter begin with these; most others need no closer look.
    const int first = lines.front() | 0x20;
    if ((first == 'c' || first == 't') && !read_field(lines.substr(0, end))) return false;
    lines.remove_prefix(end + 2);
  }
  return true;
}

// `head` ends with the last field's line end.
bool HttpCutter::read_head(std::string_view head) {
  constexpr std::size_t status_at = 9;  // HTTP/1.1 200 OK
  if (!begins_reply(head) || head.size() < status_at + 3 ||
      !parse(head.substr(status_at, 3), reply_.status)) {
    wrong_ = "the answer isn't HTTP";
    return false;
  }
  constexpr std::size_t unknown = std::string_view::npos;
  reply_.closes = head[version.size()] == '0';
  body_bytes_ = unknown;
  const bool never_has_body = reply_.status < 200 || reply_.status == 204 || reply_.status == 304;
  if (!read_fields(head.substr(head.find("\r\n") + 2)) || (body_bytes_ == unknown && !never_has_body)) {
    wrong_ = "an answer without a Content-Length (chunked ones aren't taken)";
    return false;
  }
  if (never_has_body) body_bytes_ = 0;
  return true;
}

// Moves on behind the head's end, if it is there, having read it.
bool HttpCutter::take_head(std::string_view& bytes) {
  if (head_.empty()) {
    const std::size_t end = bytes.find(head_end);
    if (end != std::string_view::npos) {
      reply_ = {};
      reply_.bytes = end + head_end.size();
      return read_head(std::exchange(bytes, bytes.substr(reply_.bytes)).substr(0, end + 2));
    }
  }
  // In pieces: kept until it is whole. The end may begin in what is kept already.
  const std::size_t before = head_.size();
  head_.append(bytes);
  if (!begins_reply(head_) || head_.size() > most_head_bytes + bytes.size()) {
    wrong_ = "the answer isn't HTTP";
    return false;
  }
  const std::size_t end = head_.find(head_end, before < 3 ? 0 : before - 3);
  if (end == std::string::npos) {
    bytes = {};
    return false;
  }
  bytes.remove_prefix(end + head_end.size() - before);
  head_.resize(end + 2);
  reply_ = {};
  reply_.bytes = end + head_end.size();
  const bool good = read_head(head_);
  head_.clear();
  return good;
}

std::optional<Reply> HttpCutter::next(std::string_view& bytes) {
  while (wrong_ == nullptr && !bytes.empty()) {
    bool in_one_piece = false;
    if (!in_body_) {
      if (!take_head(bytes)) return std::nullopt;
      in_body_ = true;
      reply_.bytes += body_bytes_;
      in_one_piece = bytes.size() >= body_bytes_;
    }
    if (bytes.size() < body_bytes_) {
      body_bytes_ -= bytes.size();
      bytes = {};
      return std::nullopt;
    }
    if (in_one_piece) reply_.body = bytes.substr(0, body_bytes_);
    bytes.remove_prefix(body_bytes_);
    in_body_ = false;
    if (reply_.status >= 200) return reply_;  // 1xx only announces the reply
  }
  return std::nullopt;
}

}  // namespace geomatch::load
