#include "workload.hpp"

namespace geomatch::simulation {
namespace {

constexpr std::string_view json = "Content-Type: application/json\r\n";

std::string request(std::string_view line, std::string_view fields, std::string_view body) {
  return fmt::format("{} HTTP/1.1\r\nHost: a\r\n{}Content-Length: {}\r\n\r\n{}", line, fields, body.size(),
                     body);
}

std::string read_request(std::string_view method, std::string_view target) {
  return fmt::format("{} {} HTTP/1.1\r\nHost: a\r\n\r\n", method, target);
}

std::string chunked(std::string_view body) {
  const std::size_t half = body.size() / 2;
  return fmt::format(
      "POST /match HTTP/1.1\r\nHost: a\r\n{}Transfer-Encoding: "
      "chunked\r\n\r\n{:x}\r\n{}\r\n{:x}\r\n{}\r\n0\r\n\r\n",
      json, half, body.substr(0, half), body.size() - half, body.substr(half));
}

}  // namespace

Asked Workload::next(std::size_t connection) {
  if (world_.random.percent(world_.scenario.odd_requests)) return wrong();
  const auto dice = world_.random.below(100);
  if (dice < 60) return post(connection);
  return dice < 70 ? removal(connection) : read();
}

std::string Workload::some_id() {
  return fmt::format("e{}", world_.random.below(world_.scenario.ids));
}

std::string Workload::place() {
  const auto degrees = [&](int whole) {
    return fmt::format("{}.23{:05}", whole, world_.random.below(100'000));
  };
  return fmt::format("\"lat\":{},\"lon\":{}", degrees(31), degrees(121));
}

Asked Workload::post(std::size_t connection) {
  Asked asked;
  asked.id = some_id();
  std::string uuid;
  if (!with_uuid_.empty() && world_.random.percent(world_.scenario.resend)) {
    const Attempt& again = ledger_.attempt(with_uuid_[world_.random.below(with_uuid_.size())]);
    asked.id = again.id;
    uuid = again.uuid;
  } else if (world_.random.percent(world_.scenario.with_uuid)) {
    uuid = fmt::format("u{}", world_.random.below(100));  // others may have chosen it too
  }
  asked.attempt = ledger_.begin({.id = asked.id, .uuid = uuid, .is_post = true, .connection = connection});
  if (!uuid.empty()) with_uuid_.push_back(asked.attempt);
  const std::string body = post_body(asked, uuid);
  if (world_.random.percent(10)) {
    asked.bytes = chunked(body);
  } else {
    asked.is_last = world_.random.percent(3);
    const char* expects = world_.random.percent(5) ? "Expect: 100-continue\r\n" : "";
    const char* closes = asked.is_last ? "Connection: close\r\n" : "";
    asked.bytes = request("POST /match", fmt::format("{}{}{}", json, expects, closes), body);
  }
  return asked;
}

std::string Workload::post_body(const Asked& asked, const std::string& uuid) {
  std::string body =
      fmt::format("{{\"id\":\"{}\",{},\"attributes\":{{\"attempt\":{}}}", asked.id, place(), asked.attempt);
  if (!uuid.empty()) body += fmt::format(",\"uuid\":\"{}\"", uuid);
  if (world_.random.percent(40)) {
    const auto at = world_.clock.now() + model::Milliseconds{world_.random.between(-90'000, 40'000)};
    body += fmt::format(",\"timestamp\":{}", at.time_since_epoch().count());
  }
  if (world_.random.percent(50)) body += fmt::format(",\"ttl_s\":{}", world_.random.pick({1, 5, 60, 86'400}));
  if (world_.random.percent(50))
    body += world_.random.percent(50) ? ",\"role\":\"driver\"" : ",\"seek\":\"driver\"";
  if (world_.random.percent(20)) body += ",\"max_age_s\":20";
  return body + "}";
}

Asked Workload::removal(std::size_t connection) {
  Asked asked{.kind = Asked::Kind::removal, .id = some_id()};
  asked.attempt = ledger_.begin({.id = asked.id, .is_post = false, .connection = connection});
  asked.bytes = read_request("DELETE", "/entities/" + asked.id);
  return asked;
}

Asked Workload::read() {
  if (world_.random.percent(40)) {
    return {.kind = Asked::Kind::nearby,
            .bytes = read_request("GET", "/nearby?lat=31.235&lon=121.235&limit=100")};
  }
  const bool head = world_.random.percent(20);
  Asked asked{.kind = head ? Asked::Kind::head : Asked::Kind::entity, .id = some_id()};
  asked.bytes = read_request(head ? "HEAD" : "GET", "/entities/" + asked.id);
  asked.known_change = ledger_.known_change(asked.id);
  return asked;
}

Asked Workload::wrong() {
  const auto refused = [](std::string bytes, int status) {
    return Asked{.kind = Asked::Kind::wrong, .bytes = std::move(bytes), .refusal = status};
  };
  switch (world_.random.below(8)) {
    case 0:
      return refused(request("POST /match", json, "{\"id\":"), 400);
    case 1:
      return refused(request("POST /match", json, "{\"id\":\"e0\",\"lat\":91,\"lon\":0}"), 422);
    case 2:
      return refused(request("POST /match", "Content-Type: text/plain\r\n", "{}"), 415);
    case 3:
      return refused(read_request("GET", "/nothing"), 404);
    case 4:
      return refused(read_request("DELETE", "/match"), 405);
    case 5:
      return {.kind = Asked::Kind::malformed, .bytes = "nonsense\r\n\r\n", .refusal = 400, .is_last = true};
    case 6:
      return {.kind = Asked::Kind::too_large,
              .bytes = request("POST /match", json, std::string(3000, ' ')),
              .refusal = 413,
              .is_last = true};
    default:
      return {.kind = Asked::Kind::incomplete,
              .bytes = "POST /match HTTP/1.1\r\nHost: a\r\nContent-Le",
              .refusal = 408,
              .is_last = true};
  }
}

}  // namespace geomatch::simulation
