#include "fixed_reply.hpp"

#include <stdexcept>

namespace geomatch::bench {
namespace {

constexpr std::size_t most_bytes = 1 << 20;
constexpr std::size_t length_digits = 7;  // of most_bytes

// Of one size whatever the length: spaces make up for its digits.
std::string head(std::size_t body_bytes) {
  const std::string length = std::to_string(body_bytes);
  return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " +
         std::string(length_digits - length.size(), ' ') + length + "\r\n\r\n";
}

std::string reply(std::size_t bytes) {
  const std::size_t head_bytes = head(0).size();
  if (bytes < head_bytes || bytes > most_bytes) {
    throw std::invalid_argument("--reply-bytes takes " + std::to_string(head_bytes) + " to " +
                                std::to_string(most_bytes));
  }
  return head(bytes - head_bytes) + std::string(bytes - head_bytes, 'x');
}

}  // namespace

FixedReply::FixedReply(std::size_t bytes) : bytes_{bytes} {
  const std::string one = reply(bytes);
  replies_.reserve(bytes * most_at_once);
  for (std::size_t count = 0; count < most_at_once; ++count) replies_ += one;
}

}  // namespace geomatch::bench
