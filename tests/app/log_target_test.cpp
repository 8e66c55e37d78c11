#include <string>

#include <gtest/gtest.h>

#include <geomatch/app/log_target.hpp>

namespace geomatch::app {
namespace {

using Kafka = LogTarget::Kafka;
using Sqlite = LogTarget::Sqlite;

LogTarget parsed(const std::string& text) {
  return LogTarget::parse(text).value();
}

TEST(LogTarget, ReadsKafkaBrokersAndTopic) {
  EXPECT_EQ(parsed("kafka:h1:9092/locations"), (LogTarget{Kafka{"h1:9092", "locations"}}));
  EXPECT_EQ(parsed("kafka:h1:9092,h2.example:9093/a.b_c-d"),
            (LogTarget{Kafka{"h1:9092,h2.example:9093", "a.b_c-d"}}));
  EXPECT_EQ(parsed("kafka:[::1]:9092,10.0.0.1:1/t"), (LogTarget{Kafka{"[::1]:9092,10.0.0.1:1", "t"}}));
}

TEST(LogTarget, ReadsAnyFileName) {
  for (const std::string file : {"geomatch.db", "/var/lib/a b/x.db", "a:b:c", "none", "-x", "kafka:h:1/t",
                                 "a=b#c?d", "ünï.db", "sqlite:", "'\""}) {
    EXPECT_EQ(parsed("sqlite:" + file), (LogTarget{Sqlite{file}})) << file;
  }
}

TEST(LogTarget, ReadsNone) {
  EXPECT_EQ(parsed("none"), (LogTarget{LogTarget::None{}}));
}

TEST(LogTarget, WritesWhatItReads) {
  for (const auto* text : {"none", "sqlite:a b", "kafka:h1:9092,h2:9092/locations"}) {
    EXPECT_EQ(parsed(text).text(), text);
  }
}

TEST(LogTarget, TakesNothingElse) {
  for (const auto* text : {"",
                           "None",
                           "none ",
                           "sqlite",
                           "sqlite:",
                           "SQLITE:x",
                           "file.db",
                           "sqlite::memory:",
                           "kafka",
                           "kafka:",
                           "kafka:/t",
                           "kafka:h/t",
                           "kafka:h:/t",
                           "kafka:h:0/t",
                           "kafka:h:65536/t",
                           "kafka:h:9092",
                           "kafka:h:9092/",
                           "kafka:h:9092/a/b",
                           "kafka:h:9092/a b",
                           "kafka:h:9092/.",
                           "kafka:h:9092/..",
                           "kafka:h:9092,/t",
                           "kafka:,h:9092/t",
                           "kafka:h:9092,h2/t",
                           "kafka:h 1:9092/t",
                           "kafka:[]:9092/t",
                           "kafka://h:9092/t"}) {
    EXPECT_EQ(LogTarget::parse(text), std::nullopt) << text;
  }
}

TEST(LogTarget, TakesTopicsAsLongAsKafkaDoes) {
  EXPECT_NE(LogTarget::parse("kafka:h:1/" + std::string(249, 't')), std::nullopt);
  EXPECT_EQ(LogTarget::parse("kafka:h:1/" + std::string(250, 't')), std::nullopt);
}

}  // namespace
}  // namespace geomatch::app
