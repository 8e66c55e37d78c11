#include "../../src/net/reply_writer.hpp"

#include <gtest/gtest.h>

namespace geomatch::net {
namespace {

using boost::beast::http::status;

std::string written(const http::Reply& reply, const ReplyFrame& frame) {
  std::string out;
  append_reply(out, reply, frame, "D");
  return out;
}

TEST(ReplyWriter, WritesAnAnswer) {
  EXPECT_EQ(written({.body = "{}"}, {}),
            "HTTP/1.1 200 OK\r\nDate: D\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}");
}

TEST(ReplyWriter, NoContentHasNeitherTypeNorLength) {
  EXPECT_EQ(written({.status = status::no_content}, {}), "HTTP/1.1 204 No Content\r\nDate: D\r\n\r\n");
}

TEST(ReplyWriter, SaysWhatTheClientMayDo) {
  const http::Reply reply{.status = status::service_unavailable,
                          .content_type = "t",
                          .allow = "GET",
                          .accept_encoding = "identity",
                          .retry_after = std::chrono::seconds{1}};
  EXPECT_EQ(written(reply, {.close = true}),
            "HTTP/1.1 503 Service Unavailable\r\nDate: D\r\nContent-Type: t\r\nContent-Length: 0\r\n"
            "Allow: GET\r\nAccept-Encoding: identity\r\nRetry-After: 1\r\nConnection: close\r\n\r\n");
}

TEST(ReplyWriter, SaysThatAnOldConnectionStaysOpen) {
  EXPECT_NE(written({}, {.http_1_0 = true}).find("Connection: keep-alive\r\n"), std::string::npos);
}

TEST(ReplyWriter, AHeadHasTheLengthButNotTheBody) {
  const std::string out = written({.body = "abc"}, {.head_only = true});
  EXPECT_NE(out.find("Content-Length: 3\r\n"), std::string::npos);
  EXPECT_TRUE(out.ends_with("\r\n\r\n"));
}

}  // namespace
}  // namespace geomatch::net
