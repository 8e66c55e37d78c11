#include <gtest/gtest.h>

#include <geomatch/app/endpoint.hpp>

namespace geomatch::app {
namespace {

TEST(Endpoint, ReadsBothFamilies) {
  EXPECT_EQ(Endpoint::parse("127.0.0.1:8080"), (Endpoint{"127.0.0.1", 8080}));
  EXPECT_EQ(Endpoint::parse("0.0.0.0:0"), (Endpoint{"0.0.0.0", 0}));
  EXPECT_EQ(Endpoint::parse("[::1]:65535"), (Endpoint{"::1", 65535}));
  EXPECT_EQ(Endpoint::parse("[::ffff:10.0.0.1]:80"), (Endpoint{"::ffff:10.0.0.1", 80}));
}

TEST(Endpoint, WritesWhatItReads) {
  for (const auto* text : {"127.0.0.1:8080", "[::1]:9090", "[2001:db8::7]:0"}) {
    EXPECT_EQ(Endpoint::parse(text).value().text(), text);
  }
}

TEST(Endpoint, TakesNothingElse) {
  for (const auto* text : {"",
                           ":",
                           "8080",
                           ":8080",
                           "127.0.0.1",
                           "127.0.0.1:",
                           "127.0.0.1:65536",
                           "127.0.0.1:-1",
                           "127.0.0.1:80x",
                           "127.0.0.1: 80",
                           " 127.0.0.1:80",
                           "127.0.0:80",
                           "256.0.0.1:80",
                           "localhost:80",
                           "::1:80",
                           "[::1]",
                           "[::1]80",
                           "[::1:80",
                           "[]:80",
                           "[127.0.0.1]:80",
                           "[fe80::1%lo]:80",
                           "*:80"}) {
    EXPECT_EQ(Endpoint::parse(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace geomatch::app
