#include "response_check.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <stdexcept>
#include <string>

#include <nlohmann/json.hpp>

#include "support/scrape.hpp"

namespace geomatch::fuzz {
namespace {

constexpr std::array known_statuses{100, 200, 204, 400, 404, 405, 408, 411, 413,
                                    415, 422, 431, 500, 501, 503, 504, 505};
constexpr std::string_view status_line = "HTTP/1.1 ";

void require(bool holds, std::string_view what, std::string_view bytes) {
  if (!holds) throw std::logic_error(std::string{what} + ":\n" + std::string{bytes});
}

std::string_view field(std::string_view head, std::string_view name) {
  const auto at = head.find(name);
  if (at == std::string_view::npos) return {};
  const auto value = head.substr(at + name.size());
  return value.substr(0, value.find("\r\n"));
}

void check_body(std::string_view head, std::string_view body) {
  const std::string_view type = field(head, "\r\nContent-Type: ");
  if (type.find("json") != std::string_view::npos) {
    require(nlohmann::json::accept(body), "the body is no JSON", body);
  } else if (type.find("version=0.0.4") != std::string_view::npos) {
    const test::Scrape strict{body};
  }
}

}  // namespace

void check_responses(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto end = bytes.find("\r\n\r\n");
    if (end == std::string_view::npos) return;  // cut off
    const std::string_view head = bytes.substr(0, end + 2);
    require(head.starts_with(status_line), "no status line", bytes);
    const int status = std::atoi(std::string{head.substr(status_line.size(), 3)}.c_str());
    require(std::ranges::find(known_statuses, status) != known_statuses.end(), "an unknown status", head);
    bytes.remove_prefix(end + 4);
    const std::string length_text{field(head, "\r\nContent-Length: ")};
    const std::size_t length = std::strtoul(length_text.c_str(), nullptr, 10);
    // Asked for with HEAD, or cut off: no body of ours begins like a response.
    if (bytes.size() < length || bytes.starts_with(status_line)) continue;
    check_body(head, bytes.substr(0, length));
    bytes.remove_prefix(length);
  }
}

}  // namespace geomatch::fuzz
