#include <chrono>
#include <stdexcept>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <geomatch/publish/kafka_merge.hpp>
#include <geomatch/publish/kafka_publisher.hpp>
#include <geomatch/publish/resend_window.hpp>

namespace geomatch::publish {
namespace {

using namespace std::chrono_literals;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;

std::string complaint_about(const std::string& key, const std::string& value) {
  KafkaSettings settings;
  settings.brokers = "127.0.0.1:1";
  settings.topic = "nowhere";
  settings.properties = {{"linger.ms", "0"}, {key, value}};
  ResendWindow resends{60s, 10};
  try {
    const KafkaPublisher publisher{settings, resends, std::make_shared<KafkaMerge>()};
  } catch (const std::invalid_argument& error) {
    return error.what();
  }
  return "";
}

TEST(KafkaConfigTest, NamesTheOneThatLibrdkafkaDoesNotTake) {
  EXPECT_THAT(complaint_about("no.such.thing", "1"), AllOf(StartsWith("kafka: property 'no.such.thing': "),
                                                           HasSubstr("No such configuration property")));
  EXPECT_THAT(complaint_about("linger.ms", "soon"), StartsWith("kafka: property 'linger.ms': Invalid value"));
  EXPECT_THAT(complaint_about("max.in.flight", "100"), StartsWith("kafka: "));
}

TEST(KafkaConfigTest, RefusesWhatWouldBreakAPromise) {
  EXPECT_THAT(complaint_about("acks", "1"), StartsWith("kafka: property 'acks': must stay 'all'"));
  EXPECT_THAT(complaint_about("request.required.acks", "0"), HasSubstr("must stay 'all'"));
  EXPECT_THAT(complaint_about("enable.idempotence", "f"), HasSubstr("must stay 'true'"));
  EXPECT_THAT(complaint_about("delivery.report.only.error", "true"), HasSubstr("must stay 'false'"));
  EXPECT_THAT(complaint_about("transactional.id", "t"), HasSubstr("without transactions"));
  EXPECT_THAT(complaint_about("metadata.broker.list", "elsewhere:9092"), HasSubstr("--publish"));
  EXPECT_THAT(complaint_about("partitioner", "random"), HasSubstr("order"));
  EXPECT_THAT(complaint_about("delivery.timeout.ms", "5000"), HasSubstr("logged twice"));
  EXPECT_THAT(complaint_about("message.timeout.ms", "600000"), HasSubstr("logged twice"));
}

TEST(KafkaConfigTest, TakesWhatKeepsThem) {
  EXPECT_EQ(complaint_about("acks", "-1"), "");
  EXPECT_EQ(complaint_about("request.required.acks", "all"), "");
  EXPECT_EQ(complaint_about("enable.idempotence", "1"), "");
  EXPECT_EQ(complaint_about("compression.type", "lz4"), "");
}

}  // namespace
}  // namespace geomatch::publish
