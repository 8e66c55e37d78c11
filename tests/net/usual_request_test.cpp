#include "../../src/net/usual_request.hpp"

#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "../../src/net/framing.hpp"
#include "../../src/net/request_parser.hpp"
#include "support/scale.hpp"
#include "support/seed.hpp"

namespace geomatch::net {
namespace {

struct Read {
  std::size_t taken = 0;
  RequestHead head;
  std::string body;
};

Read read_usual(std::string_view bytes, const Limits& limits = {}) {
  Read read;
  std::string_view body;
  read.taken = read_usual_request(bytes, limits, read.head, body);
  if (read.taken != 0) read.body = body;
  return read;
}

// That Beast's parser makes the same of what was taken.
void expect_what_beast_reads(std::string_view bytes, const Read& usual) {
  const Limits limits;
  RequestHead head;
  std::string pieces;
  RequestParser parser{head, pieces, limits.max_header_bytes};
  parser.eager(true);
  parser.header_limit(static_cast<std::uint32_t>(limits.max_header_bytes));
  parser.body_limit(limits.max_body_bytes);
  boost::system::error_code error;
  const std::size_t taken = parser.put({bytes.data(), bytes.size()}, error);
  ASSERT_FALSE(error) << error.message() << "\n" << bytes;
  ASSERT_TRUE(parser.is_done()) << bytes;
  ASSERT_EQ(taken, usual.taken) << bytes;
  ASSERT_EQ(parser.body(), usual.body) << bytes;
  ASSERT_TRUE(parser.keep_alive()) << bytes;
  ASSERT_FALSE(refuse_framing(head)) << bytes;
  ASSERT_EQ(head.version, 11) << bytes;
  ASSERT_EQ(head.method, usual.head.method) << bytes;
  ASSERT_EQ(head.target, usual.head.target) << bytes;
  ASSERT_EQ(head.content_type, usual.head.content_type) << bytes;
  ASSERT_EQ(head.content_encoding, usual.head.content_encoding) << bytes;
  ASSERT_EQ(head.expect, usual.head.expect) << bytes;
}

const std::vector<std::string> usual_requests{
    "POST /match HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
    "5\r\n\r\nhello",
    "POST /match HTTP/1.1\r\nHost: api.example.com\r\nUser-Agent: okhttp/4.12.0\r\nAccept-Encoding: gzip\r\n"
    "Connection: Keep-Alive\r\ncontent-type:application/json; charset=utf-8  \r\ncontent-length:   "
    "2\r\n\r\n{}",
    "POST /match HTTP/1.1\r\nHost: a\r\nAccept: */*\r\nContent-Type: application/json\r\nAccept-Language: "
    "de-DE,de;q=0.9\r\nContent-Length: 0\r\nX-Empty:\r\n\r\n",
    "GET /nearby?lat=1&lon=2 HTTP/1.1\r\nHost: a\r\nAccept: */*\r\n\r\n",
};

TEST(UsualRequest, TakesWhatPhonesSend) {
  for (const std::string& request : usual_requests) {
    const Read read = read_usual(request + "POST /match");
    EXPECT_EQ(read.taken, request.size()) << request;
    expect_what_beast_reads(request, read);
  }
}

TEST(UsualRequest, LeavesTheRestToTheParser) {
  const std::string usual = usual_requests.front();
  for (std::size_t bytes = 0; bytes < usual.size(); ++bytes) {
    EXPECT_EQ(read_usual(std::string_view{usual}.substr(0, bytes)).taken, 0U) << bytes;
  }
  for (const char* const field : {"Connection: close", "Transfer-Encoding: chunked", "Expect: 100-continue",
                                  "Upgrade: websocket", "Content-Encoding: gzip", "Content-Length: 5",
                                  "Host: b", " folded", "Bad Name: x", "X: a\tb", "X: \x80", "no colon"}) {
    std::string request = usual;
    request.insert(request.find("Content-Type"), std::string{field} + "\r\n");
    EXPECT_EQ(read_usual(request).taken, 0U) << field;
  }
  EXPECT_EQ(read_usual(usual, {.max_header_bytes = 40}).taken, 0U);
  EXPECT_EQ(read_usual(usual, {.max_body_bytes = 4}).taken, 0U);
  EXPECT_EQ(read_usual("GET / HTTP/1.0\r\nHost: a\r\n\r\n").taken, 0U);
  EXPECT_EQ(read_usual("GET / HTTP/1.1\r\n\r\n").taken, 0U);
  EXPECT_EQ(read_usual("POST / HTTP/1.1\r\nHost: a\r\n\r\n").taken, 0U);
  EXPECT_EQ(read_usual("DELETE /entities/a HTTP/1.1\r\nHost: a\r\n\r\n").taken, 0U);
}

// A request put together by chance, mostly of what is usual, and then broken a little.
class RandomRequest {
 public:
  explicit RandomRequest(std::mt19937_64& random) : random_(random) {}

  std::string make() {
    std::string request = pick({"POST", "POST", "POST", "GET", "PUT", "post"}) + " " +
                          pick({"/match", "/match", "/", "*", "/a?b=%20", "http://a/match", "/\x7f", ""}) +
                          " " + pick({"HTTP/1.1", "HTTP/1.1", "HTTP/1.1", "HTTP/1.0", "HTTP/2.0"}) + "\r\n";
    if (!chance(10)) request += "Host: a\r\n";
    for (auto count = random_() % 4; count != 0; --count) request += field() + "\r\n";
    const std::string body(random_() % 20, 'b');
    if (!chance(10)) request += "Content-Length: " + std::to_string(body.size()) + "\r\n";
    request += "\r\n" + body + pick({"", "", "POST /match"});
    for (auto count = chance(50) ? random_() % 3 : 0; count != 0 && !request.empty(); --count)
      mutate(request);
    return request;
  }

 private:
  bool chance(unsigned percent) { return random_() % 100 < percent; }
  std::string pick(const std::vector<std::string>& of) { return of[random_() % of.size()]; }

  std::string field() {
    return pick({"Content-Type", "content-type", "Connection", "Accept", "X-A", "CONTENT-LENGTH", "Host",
                 "Transfer-Encoding", "Expect", "Upgrade", "Content-Encoding", "Proxy-Connection", "X A",
                 ""}) +
           pick({":", ": ", ":  ", ":\t", " :", ""}) +
           pick({"application/json", "keep-alive", "close", "keep-alive, close", "chunked", "3", "03", "+3",
                 "3, 3", "", "a b ", "\xc3\xa9", "100-continue", "identity", "a\r\n b"}) +
           pick({"", "", " ", "\t"});
  }

  void mutate(std::string& request) {
    const auto at = random_() % request.size();
    switch (random_() % 3) {
      case 0:
        request.erase(at, 1);
        break;
      case 1:
        request.insert(at, 1, static_cast<char>(random_()));
        break;
      default:
        request[at] = pick({"\r", "\n", ":", " ", "\t", std::string(1, '\0'), "\x7f", "A", "0"})[0];
    }
  }

  std::mt19937_64& random_;
};

TEST(UsualRequest, IsWhatBeastReads) {
  std::mt19937_64 random{test::seed()};
  RandomRequest requests{random};
  std::size_t taken = 0;
  const std::size_t count = test::scaled(300'000);
  for (std::size_t i = 0; i < count; ++i) {
    const std::string request = requests.make();
    const Read read = read_usual(request);
    if (read.taken == 0) continue;
    ++taken;
    ASSERT_NO_FATAL_FAILURE(expect_what_beast_reads(request, read));
  }
  EXPECT_GT(taken, count / 50) << "hardly any was usual";
}

}  // namespace
}  // namespace geomatch::net
