#include "../../src/net/request_reader.hpp"

#include <cstring>

#include <gtest/gtest.h>

namespace geomatch::net {
namespace {

using Status = RequestReader::Status;
namespace beast_http = boost::beast::http;

void feed(RequestReader& reader, std::string_view bytes) {
  while (!bytes.empty()) {
    ASSERT_TRUE(reader.has_room());
    const auto room = reader.prepare();
    const std::size_t some = std::min(room.size(), bytes.size());
    std::memcpy(room.data(), bytes.data(), some);
    reader.commit(some);
    bytes.remove_prefix(some);
  }
}

constexpr std::string_view post =
    "POST /match HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 5\r\n\r\nhello";

TEST(RequestReader, ReadsARequest) {
  const Limits limits;
  RequestReader reader{limits};
  EXPECT_FALSE(reader.in_request());
  feed(reader, post);
  EXPECT_TRUE(reader.in_request());
  ASSERT_EQ(reader.next(), Status::complete);
  EXPECT_FALSE(reader.in_request()) << "it has arrived whole";
  EXPECT_EQ(reader.request().method, beast_http::verb::post);
  EXPECT_EQ(reader.request().target, "/match");
  EXPECT_EQ(reader.request().content_type, "application/json");
  EXPECT_EQ(reader.request().body, "hello");
  EXPECT_TRUE(reader.keep_alive());
  EXPECT_EQ(reader.next(), Status::needs_more);
  EXPECT_FALSE(reader.in_request());
}

TEST(RequestReader, HowTheBytesAreCutMakesNoDifference) {
  const std::string two = std::string{post} +
                          "POST /match HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: "
                          "chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n";
  for (std::size_t cut = 1; cut < two.size(); ++cut) {
    const Limits limits;
    RequestReader reader{limits};
    std::string bodies;
    const auto take = [&] {
      for (Status status = reader.next(); status != Status::needs_more; status = reader.next()) {
        ASSERT_EQ(status, Status::complete) << "cut at " << cut;
        bodies += std::string{reader.request().body} + "|";
      }
    };
    feed(reader, std::string_view{two}.substr(0, cut));
    take();
    feed(reader, std::string_view{two}.substr(cut));
    take();
    ASSERT_EQ(bodies, "hello|abcde|") << "cut at " << cut;
  }
}

TEST(RequestReader, ByteByByte) {
  const Limits limits;
  RequestReader reader{limits};
  for (std::size_t i = 0; i + 1 < post.size(); ++i) {
    feed(reader, post.substr(i, 1));
    ASSERT_EQ(reader.next(), Status::needs_more);
    ASSERT_TRUE(reader.in_request());
  }
  feed(reader, post.substr(post.size() - 1));
  EXPECT_EQ(reader.next(), Status::complete);
}

TEST(RequestReader, TellsOnceThatTheClientWaits) {
  const Limits limits;
  RequestReader reader{limits};
  feed(reader, "POST /match HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
  EXPECT_EQ(reader.next(), Status::expects_continue);
  EXPECT_EQ(reader.next(), Status::needs_more);
  feed(reader, "{}");
  EXPECT_EQ(reader.next(), Status::complete);
}

unsigned refused(std::string_view bytes, Limits limits = {}) {
  RequestReader reader{limits};
  feed(reader, bytes);
  if (reader.next() != Status::malformed) return 0;
  return static_cast<unsigned>(reader.refusal().status);
}

TEST(RequestReader, RefusesWhatIsNotHttp) {
  EXPECT_EQ(refused("hello\r\n\r\n"), 400U);
  EXPECT_EQ(refused("GET / HTTP/1.1 x\r\n\r\n"), 400U);
  EXPECT_EQ(refused("GET /a b HTTP/1.1\r\nHost: a\r\n\r\n"), 400U);
  EXPECT_EQ(refused("GET / HTTP/1.1\r\nHost: a\r\nbad header\r\n\r\n"), 400U);
  EXPECT_EQ(refused("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n"), 400U);
  EXPECT_EQ(refused("\x16\x03\x01\x02"), 400U);
}

TEST(RequestReader, RefusesOtherVersions) {
  EXPECT_EQ(refused("GET / HTTP/2.0\r\n\r\n"), 505U);
  EXPECT_EQ(refused("GET / HTTP/1.2\r\nHost: a\r\n\r\n"), 505U);
  EXPECT_EQ(refused("GET / HTTQ/1.1\r\nHost: a\r\n\r\n"), 400U);
}

TEST(RequestReader, RefusesAmbiguousFraming) {
  const std::string head = "POST / HTTP/1.1\r\nHost: a\r\n";
  EXPECT_EQ(refused(head + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"), 400U);
  EXPECT_EQ(refused(head + "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n"), 400U);
  EXPECT_EQ(refused(head + "Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd"), 400U);
  EXPECT_EQ(refused(head + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"), 501U);
  EXPECT_EQ(refused(head + "Transfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n"), 501U);
  EXPECT_EQ(refused("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"), 400U);
  EXPECT_EQ(refused("GET / HTTP/1.1\r\n\r\n"), 400U);
  EXPECT_EQ(refused("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"), 400U);
}

TEST(RequestReader, APostNeedsALength) {
  EXPECT_EQ(refused("POST /match HTTP/1.1\r\nHost: a\r\n\r\n"), 411U);
  EXPECT_EQ(refused("GET /match HTTP/1.1\r\nHost: a\r\n\r\n"), 0U);
}

TEST(RequestReader, BoundsHeaderAndBody) {
  Limits limits;
  limits.max_header_bytes = 300;
  limits.max_body_bytes = 10;
  const std::string head = "POST / HTTP/1.1\r\nHost: a\r\n";
  EXPECT_EQ(refused(head + "X: " + std::string(400, 'x') + "\r\n", limits), 431U);
  EXPECT_EQ(refused("GET /" + std::string(400, 'x'), limits), 431U);
  EXPECT_EQ(refused(head + "Content-Length: 11\r\n\r\n", limits), 413U);
  EXPECT_EQ(refused(head + "Transfer-Encoding: chunked\r\n\r\nb\r\n01234567890\r\n0\r\n\r\n", limits), 413U);
  EXPECT_EQ(refused(head + "Content-Length: 10\r\n\r\n0123456789", limits), 0U);
}

constexpr std::string_view chunked_head = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";

// What comes of bytes that are followed by more and more of `rest`.
unsigned refused_in_the_end(std::string_view begun, char rest, const Limits& limits) {
  RequestReader reader{limits};
  feed(reader, begun);
  for (int i = 0; i < 1'000'000 && reader.has_room(); ++i) {
    if (reader.next() == Status::malformed) return static_cast<unsigned>(reader.refusal().status);
    feed(reader, {&rest, 1});
  }
  return 0;
}

TEST(RequestReader, BoundsChunkHeadersAndTrailers) {
  Limits limits;
  limits.max_header_bytes = 300;
  const std::string head{chunked_head};
  for (const char* begun : {"", "5", "5;", "5;a=", "5;a=\"", "5\r\nhello\r\n", "5\r\nhello\r\n5;a"}) {
    EXPECT_EQ(refused_in_the_end(head + begun, '0', limits), 431U) << begun;
  }
  for (const char* begun : {"0\r\n", "0;a=b\r\n", "0\r\nA: b\r\n", "5\r\nhello\r\n0\r\nA: "}) {
    EXPECT_EQ(refused_in_the_end(head + begun, 'x', limits), 431U) << begun;
  }
}

TEST(RequestReader, BoundsAllChunkExtensionsTogether) {
  Limits limits;
  limits.max_header_bytes = 300;
  const std::string extension = "1;" + std::string(90, 'x') + "\r\na\r\n";
  std::string body{chunked_head};
  for (int i = 0; i < 3; ++i) body += extension;
  EXPECT_EQ(refused(body + "0\r\n\r\n", limits), 0U);
  EXPECT_EQ(refused(body + extension + "0\r\n\r\n", limits), 431U);
  EXPECT_EQ(refused(body + "0\r\nA: " + std::string(90, 'x') + "\r\n\r\n", limits), 431U) << "trailers too";
}

TEST(RequestReader, ABodyMayComeInManySmallChunks) {
  Limits limits;
  limits.max_header_bytes = 300;
  std::string body{chunked_head};
  for (int i = 0; i < 1000; ++i) body += "1\r\na\r\n";
  RequestReader reader{limits};
  feed(reader, body + "0\r\n\r\n");
  ASSERT_EQ(reader.next(), Status::complete);
  EXPECT_EQ(reader.request().body, std::string(1000, 'a'));
}

TEST(RequestReader, AnEmptyChunkedBodyMayComeByteByByte) {
  const Limits limits;
  RequestReader reader{limits};
  const std::string request = std::string{chunked_head} + "0\r\n\r\n";
  for (std::size_t i = 0; i + 1 < request.size(); ++i) {
    feed(reader, request.substr(i, 1));
    ASSERT_EQ(reader.next(), Status::needs_more) << i;
  }
  feed(reader, request.substr(request.size() - 1));
  ASSERT_EQ(reader.next(), Status::complete);
  EXPECT_EQ(reader.request().body, "");
}

TEST(RequestReader, TrailersChangeNothing) {
  const Limits limits;
  RequestReader reader{limits};
  feed(reader, std::string{chunked_head} +
                   "1\r\na\r\n0\r\nContent-Type: text/plain\r\nContent-Encoding: gzip\r\nHost: b\r\n\r\n");
  ASSERT_EQ(reader.next(), Status::complete);
  EXPECT_EQ(reader.request().content_type, "");
  EXPECT_EQ(reader.request().content_encoding, "");
}

TEST(RequestReader, KnowsHttp10) {
  const Limits limits;
  RequestReader reader{limits};
  feed(reader, "GET / HTTP/1.0\r\n\r\nGET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
  ASSERT_EQ(reader.next(), Status::complete);
  EXPECT_TRUE(reader.is_http_1_0());
  EXPECT_FALSE(reader.keep_alive());
  ASSERT_EQ(reader.next(), Status::complete);
  EXPECT_TRUE(reader.keep_alive());
}

}  // namespace
}  // namespace geomatch::net
