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
  char* at = received.data() - carried_bytes_;
  const char* const end = received.data() + received.size();
  std::memcpy(at, carried_.data(), carried_bytes_);
  std::size_t found = 0;
  // memmem is what glibc has made fast; std::string_view::find is four times slower here.
  while (void* line = memmem(at, static_cast<std::size_t>(end - at), line_end.data(), line_end.size())) {
    ++found;
    at = static_cast<char*>(line) + line_end.size();
  }
  carry_end_of({at, static_cast<std::size_t>(end - at)});
  return found;
}

void RequestLines::carry_end_of(std::span<const char> bytes) {
  const std::string_view text{bytes.data(), bytes.size()};
  for (carried_bytes_ = std::min(room_bytes, text.size()); carried_bytes_ > 0; --carried_bytes_) {
    const auto end = text.substr(text.size() - carried_bytes_);
    if (line_end.starts_with(end)) {
      std::memcpy(carried_.data(), end.data(), end.size());
      return;
    }
  }
}

}  // namespace geomatch::bench
