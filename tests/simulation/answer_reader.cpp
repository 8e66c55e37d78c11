#include "answer_reader.hpp"

#include <cstdlib>

namespace geomatch::simulation {
namespace {

std::size_t length_of(std::string_view header) {
  constexpr std::string_view name = "\r\nContent-Length: ";
  const auto at = header.find(name);
  return at == std::string_view::npos ? 0 : std::strtoul(header.data() + at + name.size(), nullptr, 10);
}

}  // namespace

std::optional<AnswerReader::Answer> AnswerReader::next(bool head_only) {
  for (;;) {
    const auto end = bytes_.find("\r\n\r\n");
    if (end == std::string::npos) return std::nullopt;
    const std::string_view header = std::string_view{bytes_}.substr(0, end + 2);
    Answer answer;
    answer.status = std::atoi(bytes_.c_str() + std::string_view{"HTTP/1.1 "}.size());
    const std::size_t length = head_only ? 0 : length_of(header);
    if (bytes_.size() < end + 4 + length) return std::nullopt;
    answer.closes = header.find("\r\nConnection: close\r\n") != std::string_view::npos;
    answer.body = bytes_.substr(end + 4, length);
    bytes_.erase(0, end + 4 + length);
    if (answer.status != 100) return answer;
  }
}

}  // namespace geomatch::simulation
