#include <string>

#include <gtest/gtest.h>

#include "records.hpp"

namespace geomatch::codec {
namespace {

Post least_post() {
  Post post;
  post.fix.id = "rider-17";
  post.fix.position = {312'306'412, -1'214'759'203};
  post.fix.timestamp = model::TimePoint{model::Milliseconds{1'704'067'199'500}};
  post.fix.received_at = model::TimePoint{model::Milliseconds{1'704'067'200'000}};
  return post;
}

const std::string least_members =
    R"("id":"rider-17","lat":31.2306412,"lon":-121.4759203,"timestamp":1704067199500,"received_at":1704067200000)";

TEST(RecordEncoder, DefaultsAreNotLogged) {
  EXPECT_EQ(encode_record(least_post()), "{" + least_members + "}");
}

TEST(RecordEncoder, AllThatWasGivenInItsOrder) {
  auto post = least_post();
  post.uuid = "5f0c";
  post.fix.accuracy_m = 4.5;
  post.fix.altitude_m = -3;
  post.fix.speed_mps = 0;
  post.fix.heading_deg = 270;
  post.fix.role = "rider";
  post.seek = "driver";
  post.radius_m = 2500.5;
  post.limit = 3;
  post.max_age = model::Milliseconds{60'250};
  post.fix.ttl = model::Milliseconds{90'001};
  post.given = {.radius_m = true, .limit = true, .ttl_s = true};
  post.fix.attributes = {{"party", 2.0}, {"note", "a\"b"}, {"pets", false}};
  post.where = {{"color", std::vector<model::AttributeValue>{"red", "blue"}},
                {"pets", std::vector<model::AttributeValue>{true}},
                {"never", std::vector<model::AttributeValue>{}},
                {"seats", model::Interval{.min = 2, .max = 6}},
                {"age", model::Interval{.min = {}, .max = 9.5}}};
  EXPECT_EQ(
      encode_record(post),
      "{" + least_members +
          R"(,"uuid":"5f0c","accuracy":4.5,"altitude":-3,"speed":0,"heading":270,"role":"rider",)"
          R"("seek":"driver","radius_m":2500.5,"limit":3,"max_age_s":60.25,"ttl_s":90.001,)"
          R"("attributes":{"party":2,"note":"a\"b","pets":false},)"
          R"("where":{"color":["red","blue"],"pets":true,"never":[],"seats":{"min":2,"max":6},"age":{"max":9.5}}})");
}

TEST(RecordEncoder, WhatWasGivenIsLoggedEvenIfItIsTheDefault) {
  auto post = least_post();
  post.given = {.radius_m = true, .limit = true, .ttl_s = true};
  EXPECT_EQ(encode_record(post), "{" + least_members + R"(,"radius_m":1000,"limit":10,"ttl_s":300})");
}

}  // namespace
}  // namespace geomatch::codec
