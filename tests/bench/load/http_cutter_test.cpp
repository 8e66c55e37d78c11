#include "load/http_cutter.hpp"

#include <gtest/gtest.h>

#include "cutting.hpp"

namespace geomatch::load {
namespace {

Cut cut_http(std::string_view stream) {
  return cut<HttpCutter>({stream});
}

TEST(HttpCutterTest, CutsAtEveryByteAlike) {
  const std::string_view stream =
      "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nhello"
      "HTTP/1.1 204 No Content\r\n\r\n"
      "HTTP/1.1 503 Busy\r\ncontent-length:0\r\nCONNECTION: Close\r\n\r\n"
      "HTTP/1.1 404 Not Found\r\nContent-Length:  2 \r\n\r\nno";
  const Cut whole = cut_http(stream);
  ASSERT_EQ(whole.replies.size(), 4U);
  EXPECT_EQ(whole.replies[0].status, 200);
  EXPECT_EQ(whole.bodies[0], "hello");
  EXPECT_EQ(whole.replies[0].bytes, 69U);
  EXPECT_FALSE(whole.replies[0].closes);
  EXPECT_EQ(whole.replies[1].status, 204);
  EXPECT_EQ(whole.replies[2].status, 503);
  EXPECT_TRUE(whole.replies[2].closes);
  EXPECT_EQ(whole.replies[3].status, 404);
  EXPECT_EQ(whole.bodies[3], "no");
  expect_same_in_pieces<HttpCutter>(stream, whole);
}

TEST(HttpCutterTest, PassesOverWhatOnlyAnnouncesTheReply) {
  const std::string_view stream =
      "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx";
  const Cut whole = cut_http(stream);
  ASSERT_EQ(whole.replies.size(), 1U);
  EXPECT_EQ(whole.replies[0].status, 200);
  expect_same_in_pieces<HttpCutter>(stream, whole);
}

TEST(HttpCutterTest, ABodyThatLooksLikeAReplyIsABody) {
  const Cut whole = cut_http("HTTP/1.1 200 OK\r\nContent-Length: 19\r\n\r\nHTTP/1.1 500 X\r\n\r\n.");
  ASSERT_EQ(whole.replies.size(), 1U);
  EXPECT_EQ(whole.replies[0].status, 200);
}

TEST(HttpCutterTest, AnOldVersionClosesUnlessItSaysOtherwise) {
  EXPECT_TRUE(cut_http("HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n").replies.at(0).closes);
  EXPECT_FALSE(cut_http("HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 0\r\n\r\n")
                   .replies.at(0)
                   .closes);
}

TEST(HttpCutterTest, TellsAtOnceWhatItCantCut) {
  for (const std::string_view stream :
       {"+PONG\r\n", "SSH-2.0-OpenSSH_9.2\r\n", "H2", "HTTP/1.1 2OO OK\r\n\r\n", "HTTP/1.1 200 OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 5x\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n"}) {
    const Cut whole = cut_http(stream);
    EXPECT_TRUE(whole.wrong) << stream;
    EXPECT_EQ(whole.replies.size(), 0U) << stream;
  }
}

TEST(HttpCutterTest, AHeadWithoutAnEndIsTooMuchAtSomePoint) {
  const std::string begin = "HTTP/1.1 200 OK\r\n";
  const std::string field(1000, 'x');
  std::vector<std::string_view> pieces{begin};
  for (int i = 0; i < 100; ++i) pieces.emplace_back(field);
  EXPECT_TRUE(cut<HttpCutter>(pieces).wrong);
}

}  // namespace
}  // namespace geomatch::load
