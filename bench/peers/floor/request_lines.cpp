#include "request_lines.hpp"

#include <algorithm>
#include <cstring>
#include <string_view>

namespace geomatch::bench {
namespace {

constexpr std::string_view line_end = "HTTP/1.1\r\n";
static_assert(line_end.size() == RequestLines::room_bytes + 1);

}  // namespace

std::size_t RequestLines::count(std::span<char> received) {
  char* const begin = received.data() - carried_bytes_;
  std::memcpy(begin, carried_.data(), carried_bytes_);
  std::string_view bytes{begin, carried_bytes_ + received.size()};
  std::size_t found = 0;
  for (std::size_t at = bytes.find(line_end); at != bytes.npos; at = bytes.find(line_end)) {
    ++found;
    bytes.remove_prefix(at + line_end.size());
  }
  carry_end_of(bytes);
  return found;
}

void RequestLines::carry_end_of(std::string_view text) {
  for (carried_bytes_ = std::min(room_bytes, text.size()); carried_bytes_ > 0; --carried_bytes_) {
    const auto end = text.substr(text.size() - carried_bytes_);
    if (line_end.starts_with(end)) {
      std::memcpy(carried_.data(), end.data(), end.size());
      return;
    }
  }
}

}  // namespace geomatch::bench
