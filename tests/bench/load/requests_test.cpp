#include "load/requests.hpp"

#include <cmath>
#include <map>
#include <numbers>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "load/places.hpp"
#include "support/seed.hpp"

namespace geomatch::load {
namespace {

struct Posted {
  std::string head;
  nlohmann::json body;
};

Posted read_post(std::string_view request) {
  const std::size_t end = request.find("\r\n\r\n");
  const std::string_view body = request.substr(end + 4);
  const std::string head{request.substr(0, end + 2)};
  EXPECT_NE(head.find("Content-Length: " + std::to_string(body.size()) + "\r\n"), std::string::npos);
  return {head, nlohmann::json::parse(body)};
}

double step_m(const nlohmann::json& from, const nlohmann::json& to) {
  const double radians = std::numbers::pi / 180;
  const double lat = from["lat"].get<double>();
  const double north_m = (to["lat"].get<double>() - lat) * radians * 6'371'000;
  const double east_m =
      (to["lon"].get<double>() - from["lon"].get<double>()) * radians * 6'371'000 * std::cos(lat * radians);
  return std::hypot(north_m, east_m);
}

TEST(RequestsTest, PhonesWalkAndStayWhoTheyAre) {
  Requests requests{{.host = "h:1", .limit = 7}, city_places(10, 1), test::seed()};
  ASSERT_EQ(requests.phones(), 10U);
  EXPECT_EQ(requests.replies_each(), 1U);
  std::map<std::string, nlohmann::json> last;
  for (int round = 0; round < 200; ++round) {
    for (int phone = 0; phone < 10; ++phone) {
      const Posted posted = read_post(requests.next());
      const std::string role = phone % 2 == 0 ? "driver" : "rider";
      EXPECT_TRUE(posted.head.starts_with("POST /match HTTP/1.1\r\nHost: h:1\r\n"));
      EXPECT_EQ(posted.body["id"], role + "-" + std::to_string(phone + 1));
      EXPECT_EQ(posted.body["role"], role);
      EXPECT_EQ(posted.body["seek"], phone % 2 == 0 ? "rider" : "driver");
      EXPECT_EQ(posted.body["limit"], 7);
      auto& before = last[posted.body["id"]];
      if (round > 0) {
        EXPECT_GT(step_m(before, posted.body), 3);
        EXPECT_LT(step_m(before, posted.body), 60);
      }
      before = posted.body;
    }
  }
}

TEST(RequestsTest, NeverLeaveTheirSquareOfDegrees) {
  // A walk from a corner, from the antimeridian and from beside the poles.
  const std::vector<Place> corners{{.lat_e7 = 310'000'000, .lon_e7 = 1'219'999'999},
                                   {.lat_e7 = -5, .lon_e7 = 5},
                                   {.lat_e7 = 899'999'990, .lon_e7 = -1'799'999'990},
                                   {.lat_e7 = -899'999'990, .lon_e7 = 1'799'999'990}};
  Requests requests{{.host = "h"}, corners, test::seed()};
  std::map<std::string, nlohmann::json> last;
  for (int round = 0; round < 1000; ++round) {
    for (const Place corner : corners) {
      const nlohmann::json body = read_post(requests.next()).body;
      auto& before = last[body["id"]];
      if (round > 0) {
        EXPECT_LT(step_m(before, body), 60);
      }
      before = body;
      EXPECT_EQ(std::trunc(body["lat"].get<double>()), corner.lat_e7 / 10'000'000);
      EXPECT_EQ(std::trunc(body["lon"].get<double>()), corner.lon_e7 / 10'000'000);
    }
  }
}

TEST(RequestsTest, TheSameSeedGivesTheSameRequests) {
  const auto places = uniform_places(20, 90, 3);
  Requests one{{.host = "h"}, places, 5};
  Requests same{{.host = "h"}, places, 5};
  Requests other{{.host = "h"}, places, 6};
  bool differs = false;
  for (int i = 0; i < 100; ++i) {
    const std::string text{one.next()};
    EXPECT_EQ(text, same.next());
    differs = differs || text != other.next();
  }
  EXPECT_TRUE(differs);
}

TEST(RequestsTest, BodiesAreFilledUp) {
  Requests requests{{.host = "h", .path = "/api", .body_bytes = 200}, city_places(3, 1), 1};
  const Posted posted = read_post(requests.next());
  EXPECT_TRUE(posted.head.starts_with("POST /api HTTP/1.1\r\n"));
  EXPECT_NE(posted.head.find("Content-Length: 200\r\n"), std::string::npos);
}

TEST(RequestsTest, AGetIsAlwaysTheSame) {
  Requests requests{{.protocol = Protocol::get, .host = "h:1", .path = "/x"}, city_places(3, 1), 1};
  for (int i = 0; i < 5; ++i) EXPECT_EQ(requests.next(), "GET /x HTTP/1.1\r\nHost: h:1\r\n\r\n");
}

// The words of one of Redis' commands at the front of `text`, which is taken away.
std::vector<std::string> take_command(std::string& text) {
  std::istringstream in{text};
  std::string line;
  std::getline(in, line);
  std::vector<std::string> words(std::stoul(line.substr(1)));
  for (std::string& word : words) {
    std::getline(in, line);
    word.resize(std::stoul(line.substr(1)));
    in.read(word.data(), static_cast<std::streamsize>(word.size()));
    std::getline(in, line);
    EXPECT_EQ(line, "\r");
  }
  text.erase(0, static_cast<std::size_t>(in.tellg()));
  return words;
}

TEST(RequestsTest, RedisPhonesEnterTheirRolesSetAndLookIntoTheOther) {
  Requests requests{
      {.protocol = Protocol::redis, .limit = 10}, {{.lat_e7 = -12'345'678, .lon_e7 = 987'654'321}}, 1};
  EXPECT_EQ(requests.replies_each(), 2U);
  std::string before;
  for (int i = 0; i < 20; ++i) {
    std::string text{requests.next()};
    const auto add = take_command(text);
    const auto search = take_command(text);
    EXPECT_EQ(text, "");
    ASSERT_EQ(add.size(), 5U);
    ASSERT_EQ(search.size(), 13U);
    EXPECT_EQ(add[0] + " " + add[1] + " " + add[4], "GEOADD driver driver-1");
    EXPECT_EQ(add[2].substr(0, 3), "98.");
    EXPECT_EQ(add[3].substr(0, 3), "-1.");
    EXPECT_NEAR(std::stod(add[2]), 98.7654321, 0.01);
    EXPECT_NEAR(std::stod(add[3]), -1.2345678, 0.01);
    EXPECT_NE(add[2], before);
    before = add[2];
    EXPECT_EQ(search[1], "rider");
    EXPECT_EQ(search[3], add[2]);
    EXPECT_EQ(search[4], add[3]);
  }
}

TEST(RequestsTest, WithoutALimitRedisOnlyRecords) {
  Requests requests{{.protocol = Protocol::redis, .limit = 0}, city_places(2, 1), 1};
  EXPECT_EQ(requests.replies_each(), 1U);
  std::string text{requests.next()};
  EXPECT_EQ(take_command(text).at(0), "GEOADD");
  EXPECT_EQ(text, "");
}

}  // namespace
}  // namespace geomatch::load
