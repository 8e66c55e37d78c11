#include "../../src/codec/fix_writer.hpp"

#include <string>

#include <gtest/gtest.h>

namespace geomatch::codec {
namespace {

template <class Write>
std::string members(Write write) {
  std::string json;
  JsonWriter out{json};
  out.begin_object();
  write(out);
  out.end_object();
  out.finish();
  return json;
}

std::string members_of(void (*write)(JsonWriter&, const model::Fix&), const model::Fix& fix) {
  return members([&](JsonWriter& out) { write(out, fix); });
}

TEST(FixWriter, PositionsAreExact) {
  EXPECT_EQ(members([](JsonWriter& out) {
              write_position(out, {312'306'412, -1'800'000'000});
            }),
            R"({"lat":31.2306412,"lon":-180})");
}

TEST(FixWriter, TimesAreEpochMilliseconds) {
  model::Fix fix;
  fix.timestamp = model::TimePoint{model::Milliseconds{-5}};
  fix.received_at = model::TimePoint{model::Milliseconds{1'704'067'200'000}};
  EXPECT_EQ(members_of(write_times, fix), R"({"timestamp":-5,"received_at":1704067200000})");
}

TEST(FixWriter, UnknownMeasuresAreLeftOut) {
  EXPECT_EQ(members_of(write_measures, {}), "{}");
  model::Fix fix;
  fix.altitude_m = -3.5;
  fix.heading_deg = 0;
  EXPECT_EQ(members_of(write_measures, fix), R"({"altitude":-3.5,"heading":0})");
  fix.accuracy_m = 1;
  fix.speed_mps = 2;
  EXPECT_EQ(members_of(write_measures, fix), R"({"accuracy":1,"altitude":-3.5,"speed":2,"heading":0})");
}

TEST(FixWriter, AttributesKeepTheirOrderAndTypes) {
  const auto both_ways = [](const model::Attributes& attributes) {
    std::string bytes(model::PackedAttributes::bytes_for(attributes), ' ');
    model::PackedAttributes::pack(attributes, bytes.data());
    const model::PackedAttributes packed{bytes.data(), attributes.size()};
    const std::string json = members([&](JsonWriter& out) { write_attributes(out, attributes); });
    EXPECT_EQ(members([&](JsonWriter& out) { write_attributes(out, packed); }), json);
    return json;
  };
  EXPECT_EQ(both_ways({}), "{}");
  EXPECT_EQ(both_ways({{"b", 4.0}, {"a", "x\""}, {"c", true}}),
            R"({"attributes":{"b":4,"a":"x\"","c":true}})");
}

TEST(FixWriter, SecondsToTheMillisecond) {
  EXPECT_EQ(members([](JsonWriter& out) { write_seconds(out, "ttl_s", model::Milliseconds{1050}); }),
            R"({"ttl_s":1.05})");
}

TEST(FixWriter, EmptyTextIsLeftOut) {
  EXPECT_EQ(members([](JsonWriter& out) { write_text(out, "role", ""); }), "{}");
  EXPECT_EQ(members([](JsonWriter& out) { write_text(out, "role", "driver"); }), R"({"role":"driver"})");
}

}  // namespace
}  // namespace geomatch::codec
