#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "records.hpp"

namespace geomatch::codec {
namespace {

const std::string least_record = R"("id":"a","lat":1.5,"lon":-2,"timestamp":5000,"received_at":1000)";

std::string record_with(std::string_view members) {
  return "{" + least_record + "," + std::string{members} + "}";
}

model::TimePoint at(std::int64_t epoch_ms) {
  return model::TimePoint{model::Milliseconds{epoch_ms}};
}

TEST(RecordDecoder, ReadsTheLeastRecord) {
  const auto record = decode_record("{" + least_record + "}");
  ASSERT_TRUE(record);
  EXPECT_EQ(record->uuid, "");
  model::Fix fix;
  fix.id = "a";
  fix.position = {15'000'000, -20'000'000};
  fix.timestamp = at(5000);
  fix.received_at = at(1000);
  EXPECT_EQ(record->fix, fix);
  EXPECT_EQ(record->fix.ttl, model::Fix::default_ttl);
}

TEST(RecordDecoder, ReadsAllThatARecordTells) {
  const auto record = decode_record(record_with(
      R"("uuid":"5f0c","accuracy":4.5,"altitude":-3,"speed":0,"heading":360,"role":"rider","ttl_s":90.001,)"
      R"("attributes":{"party":2,"pets":false,"note":"x"})"));
  ASSERT_TRUE(record);
  EXPECT_EQ(record->uuid, "5f0c");
  EXPECT_EQ(record->fix.accuracy_m, 4.5);
  EXPECT_EQ(record->fix.altitude_m, -3);
  EXPECT_EQ(record->fix.speed_mps, 0);
  EXPECT_EQ(record->fix.heading_deg, 360);
  EXPECT_EQ(record->fix.role, "rider");
  EXPECT_EQ(record->fix.ttl, model::Milliseconds{90'001});
  EXPECT_EQ(record->fix.attributes, (model::Attributes{{"party", 2.0}, {"pets", false}, {"note", "x"}}));
}

TEST(RecordDecoder, TheTimestampIsFinal) {
  const auto record = decode_record(
      R"({"id":"a","lat":0,"lon":0,"timestamp":253402300799999,"received_at":-62135596800000})");
  ASSERT_TRUE(record);
  EXPECT_EQ(record->fix.timestamp, at(253'402'300'799'999));
  EXPECT_EQ(record->fix.received_at, at(-62'135'596'800'000));
}

// Posts with seconds in place of milliseconds were once accepted.
TEST(RecordDecoder, TimestampsThatPostsMayNotHaveAnyMoreAreStillRead) {
  const auto record =
      decode_record(R"({"id":"a","lat":0,"lon":0,"timestamp":1704067200,"received_at":1704067200000})");
  ASSERT_TRUE(record);
  EXPECT_EQ(record->fix.timestamp, at(1'704'067'200));
}

TEST(RecordDecoder, SkipsWhatItDoesNotKnow) {
  EXPECT_TRUE(decode_record(record_with(
      R"("limit":"x","radius_m":-1,"seek":7,"max_age_s":null,"where":{"a":null,"a":{}},"new":[{"id":1,"id":2}])")));
}

TEST(RecordDecoder, LimitsOfTodayDoNotBindWhatWasAccepted) {
  const std::string text(100'000, 'x');
  const auto record =
      decode_record(record_with(R"("attributes":{"a":")" + text + R"(","b":123456789012345680000})"));
  ASSERT_TRUE(record);
  EXPECT_EQ(record->fix.attributes, (model::Attributes{{"a", text}, {"b", 123456789012345680000.0}}));
}

TEST(RecordDecoder, EachRequiredMemberHasToBeThere) {
  ASSERT_TRUE(decode_record(R"({"id":"a","lat":1,"lon":2,"timestamp":3,"received_at":4})"));
  EXPECT_FALSE(decode_record(R"({"lat":1,"lon":2,"timestamp":3,"received_at":4})"));
  EXPECT_FALSE(decode_record(R"({"id":"a","lon":2,"timestamp":3,"received_at":4})"));
  EXPECT_FALSE(decode_record(R"({"id":"a","lat":1,"timestamp":3,"received_at":4})"));
  EXPECT_FALSE(decode_record(R"({"id":"a","lat":1,"lon":2,"received_at":4})"));
  EXPECT_FALSE(decode_record(R"({"id":"a","lat":1,"lon":2,"timestamp":3})"));
}

TEST(RecordDecoder, EachRequiredMemberHasToBeOfItsType) {
  EXPECT_FALSE(decode_record(R"({"id":7,"lat":1,"lon":2,"timestamp":3,"received_at":4})"));
  EXPECT_FALSE(decode_record(R"({"id":"","lat":1,"lon":2,"timestamp":3,"received_at":4})"));
  EXPECT_FALSE(decode_record(R"({"id":"a","lat":91,"lon":2,"timestamp":3,"received_at":4})"));
  EXPECT_FALSE(decode_record(R"({"id":"a","lat":1,"lon":null,"timestamp":3,"received_at":4})"));
  EXPECT_FALSE(
      decode_record(R"({"id":"a","lat":1,"lon":2,"timestamp":"1970-01-01T00:00:00Z","received_at":4})"));
  EXPECT_FALSE(decode_record(R"({"id":"a","lat":1,"lon":2,"timestamp":3,"received_at":1e300})"));
}

TEST(RecordDecoder, OtherMembersThatItKnowsHaveToBeRightToo) {
  EXPECT_FALSE(decode_record(record_with(R"("ttl_s":0)")));
  EXPECT_FALSE(decode_record(record_with(R"("role":null)")));
  EXPECT_FALSE(decode_record(record_with(R"("attributes":{"a":null})")));
  EXPECT_FALSE(decode_record(record_with(R"("id":"b")")));
}

TEST(RecordDecoder, WhatIsNoRecordIsNone) {
  for (const auto* value : {"", "x", "{", "[]", "null", "7", R"("id")", "{}", R"([{"id":"a"}])"}) {
    EXPECT_FALSE(decode_record(value)) << value;
  }
  EXPECT_FALSE(decode_record("{" + least_record));
  EXPECT_FALSE(decode_record("{" + least_record + "}}"));
}

}  // namespace
}  // namespace geomatch::codec
