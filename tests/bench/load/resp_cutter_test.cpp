#include "load/resp_cutter.hpp"

#include <gtest/gtest.h>

#include "cutting.hpp"

namespace geomatch::load {
namespace {

Cut cut_resp(std::string_view stream) {
  return cut<RespCutter>({stream});
}

TEST(RespCutterTest, CutsAtEveryByteAlike) {
  const std::string_view found =
      "*2\r\n"
      "*3\r\n$2\r\na1\r\n$6\r\n12.345\r\n*2\r\n$3\r\n1.0\r\n$3\r\n2.0\r\n"
      "*3\r\n$4\r\n\r\n*9\r\n$1\r\n0\r\n*2\r\n$3\r\n1.0\r\n$3\r\n2.0\r\n";
  const std::string stream =
      ":0\r\n" + std::string{found} + "*0\r\n+OK\r\n$5\r\nhello\r\n$-1\r\n$0\r\n\r\n*-1\r\n:-1\r\n";
  const Cut whole = cut_resp(stream);
  ASSERT_EQ(whole.replies.size(), 9U);
  EXPECT_EQ(whole.replies[0].bytes, 4U);
  EXPECT_EQ(whole.replies[1].bytes, found.size());
  EXPECT_EQ(whole.replies[1].matches, 2U);
  for (const std::size_t none : {0, 2, 3, 4, 5, 6, 7, 8}) EXPECT_EQ(whole.replies[none].matches, 0U);
  for (const Reply& reply : whole.replies) EXPECT_EQ(reply.status, 200);
  expect_same_in_pieces<RespCutter>(stream, whole);
}

TEST(RespCutterTest, AnErrorIsAReply) {
  const std::string_view stream = "-ERR unknown command 'GEOSEARCH'\r\n:1\r\n";
  const Cut whole = cut_resp(stream);
  ASSERT_EQ(whole.replies.size(), 2U);
  EXPECT_EQ(whole.replies[0].status, 500);
  EXPECT_EQ(whole.bodies[0], "ERR unknown command 'GEOSEARCH'");
  EXPECT_EQ(whole.replies[1].status, 200);
  expect_same_in_pieces<RespCutter>(stream, whole);
}

TEST(RespCutterTest, TellsAtOnceWhatItCantCut) {
  for (const std::string_view stream : {"HTTP/1.1 400 Bad Request\r\n", "$x\r\n", "*99999999999999999999\r\n",
                                        "$-2\r\n", "\r\n", "*1\r\n%1\r\n"}) {
    EXPECT_TRUE(cut_resp(stream).wrong) << stream;
  }
  EXPECT_TRUE(cut_resp(std::string(100'000, 'x')).wrong);
}

}  // namespace
}  // namespace geomatch::load
