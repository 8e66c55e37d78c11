#include <initializer_list>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/settings_fixture.hpp"

namespace geomatch::app {
namespace {

using namespace std::chrono_literals;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::Pair;

using SettingsValues = SettingsFixture;

TEST_F(SettingsValues, EachFlagSetsItsMember) {
  const auto s = settings({"--listen=[::1]:81",
                           "--admin-listen",
                           "0.0.0.0:0",
                           "--threads=3",
                           "--publish=kafka:h1:9092,h2:9092/locations",
                           "--ack=enqueued",
                           "--kafka=a=b=c",
                           "--kafka",
                           "d=",
                           "--publish-queue=1",
                           "--delivery-timeout=1s",
                           "--journal-retention=30d",
                           "--dedupe-window=2h",
                           "--dedupe-entries=2",
                           "--max-entities=4",
                           "--max-radius-m=99.5",
                           "--max-attributes-bytes=0",
                           "--max-clock-skew=0ms",
                           "--delete-memory=2h",
                           "--max-connections=5",
                           "--max-in-flight=6",
                           "--max-pipelined=7",
                           "--max-header-bytes=256",
                           "--max-body-bytes=257",
                           "--request-timeout=10ms",
                           "--idle-timeout=1d",
                           "--write-timeout=2s",
                           "--answer-timeout=3s",
                           "--shutdown-deadline=1min",
                           "--log-level=off"});
  EXPECT_EQ(s.listen, (Endpoint{"::1", 81}));
  EXPECT_EQ(s.admin_listen, (Endpoint{"0.0.0.0", 0}));
  EXPECT_EQ(s.threads, 3U);
  EXPECT_EQ(s.publish, (LogTarget{LogTarget::Kafka{"h1:9092,h2:9092", "locations"}}));
  EXPECT_EQ(s.ack, Settings::Ack::enqueued);
  EXPECT_THAT(s.kafka, ElementsAre(Pair("a", "b=c"), Pair("d", "")));
  EXPECT_EQ(s.publish_queue, 1U);
  EXPECT_EQ(s.delivery_timeout, 1s);
  EXPECT_EQ(s.journal_retention, 24h * 30);
  EXPECT_EQ(s.dedupe_window, 2h);
  EXPECT_EQ(s.dedupe_entries, 2U);
  EXPECT_EQ(s.max_entities, 4U);
  EXPECT_EQ(s.max_radius_m, 99.5);
  EXPECT_EQ(s.max_attributes_bytes, 0U);
  EXPECT_EQ(s.max_clock_skew, 0ms);
  EXPECT_EQ(s.delete_memory, 2h);
  EXPECT_EQ(s.max_connections, 5U);
  EXPECT_EQ(s.max_in_flight, 6U);
  EXPECT_EQ(s.max_pipelined, 7U);
  EXPECT_EQ(s.max_header_bytes, 256U);
  EXPECT_EQ(s.max_body_bytes, 257U);
  EXPECT_EQ(s.request_timeout, 10ms);
  EXPECT_EQ(s.idle_timeout, 24h);
  EXPECT_EQ(s.write_timeout, 2s);
  EXPECT_EQ(s.answer_timeout, 3s);
  EXPECT_EQ(s.shutdown_deadline, 1min);
  EXPECT_EQ(s.log_level, Settings::LogLevel::off);
}

TEST_F(SettingsValues, RefusesWrongValuesNamingTheSettingAndWhatItTakes) {
  struct Case {
    const char* flag;
    std::initializer_list<const char*> values;
    const char* takes;
  };
  const auto* const duration = "takes a whole number with its unit (ms, s, min, h or d) from ";
  for (const auto& [flag, values, takes] : std::initializer_list<Case>{
           {"--listen", {"localhost:1", "1", "127.0.0.1:65536"}, "takes ADDR:PORT with a numeric address"},
           {"--admin-listen", {"::1:1", "-"}, "takes ADDR:PORT with a numeric address"},
           {"--threads", {"0", "1025", "-1", "1.5", "four", " 1", "99999999999999999999"}, "from 1 to 1024"},
           {"--publish", {"sqlite:", "file.db", "kafka:h/t"}, "takes sqlite:FILE, kafka:HOST:PORT"},
           {"--ack", {"Published", "all"}, "takes published or enqueued"},
           {"--publish-queue", {"0", "10000001"}, "from 1 to 10000000"},
           {"--delivery-timeout", {"5", "9ms", "61min", "5 s", "5S", "s", "1.5s", "-1s", ".5s"}, duration},
           {"--journal-retention", {"7", "23h", "3651d", "-1d"}, duration},
           {"--dedupe-window", {"900", "999ms", "8d", "9223372036854775807d"}, duration},
           {"--dedupe-entries", {"0", "100000001"}, "from 1 to 100000000"},
           {"--max-entities", {"0", "1e6", "1_000", "50000001"}, "from 1 to 50000000"},
           {"--max-radius-m", {"0", "0.9", "50000.1", "nan", "inf", "5km", "-1"}, "metres from 1 to 50000"},
           {"--max-attributes-bytes", {"65537"}, "from 0 to 65536"},
           {"--max-clock-skew", {"0", "25h"}, duration},
           {"--delete-memory", {"0ms", "999ms", "8d"}, duration},
           {"--max-connections", {"0", "1000001"}, "from 1 to 1000000"},
           {"--max-in-flight", {"0", "1000001"}, "from 1 to 1000000"},
           {"--max-pipelined", {"0", "1025"}, "from 1 to 1024"},
           {"--max-header-bytes", {"255", "1048577", "8KiB"}, "from 256 to 1048576"},
           {"--max-body-bytes", {"255", "16777217"}, "from 256 to 16777216"},
           {"--request-timeout", {"10", "0s", "2h"}, duration},
           {"--idle-timeout", {"75", "2d"}, duration},
           {"--write-timeout", {"10", "1us"}, duration},
           {"--answer-timeout", {"10", "1m"}, duration},
           {"--shutdown-deadline", {"10", "1d"}, duration},
           {"--log-level", {"INFO", "warning"}, "takes trace, debug, info, warn, error or off"},
       }) {
    for (const std::string value : values) {
      EXPECT_THAT(error({flag + ("=" + value)}),
                  AllOf(HasSubstr(flag), HasSubstr(takes), HasSubstr("'" + value + "'")));
    }
    EXPECT_THAT(error({flag}), AllOf(HasSubstr(flag), HasSubstr(takes))) << "no value, at the end";
    EXPECT_THAT(error({flag + std::string("=")}), AllOf(HasSubstr(flag), HasSubstr(takes)));
    EXPECT_THAT(error({flag, "--threads", "4"}), AllOf(HasSubstr(flag), HasSubstr(takes)));
  }
}

TEST_F(SettingsValues, DoesNotShowWhatMayBeAPassword) {
  for (const std::string value : {"sasl.password:hush-hush", "=hush-hush", "-hush-hush=1"}) {
    EXPECT_THAT(error({"--kafka=" + value}),
                AllOf(HasSubstr("--kafka takes KEY=VALUE"), Not(HasSubstr("hush-hush"))));
  }
  EXPECT_THAT(error({"--kafka"}), HasSubstr("--kafka takes KEY=VALUE"));
}

TEST_F(SettingsValues, SaysThatABareNumberHasNoUnit) {
  EXPECT_THAT(error({"--idle-timeout=75"}), HasSubstr("not '75', which has no unit"));
}

TEST_F(SettingsValues, KeepsItsErrorOnOneLine) {
  EXPECT_THAT(error({"--ack=a\nb\x1b"}), HasSubstr("'a?b?'"));
}

TEST_F(SettingsValues, RefusesWhatIsNoFlag) {
  EXPECT_THAT(error({"--bogus=1"}), HasSubstr("'--bogus=1' is no setting"));
  EXPECT_THAT(error({"--thread", "4"}), HasSubstr("'--thread' is no setting"));
  EXPECT_THAT(error({"stray"}), HasSubstr("'stray' is no setting"));
  EXPECT_THAT(error({"-t", "4"}), HasSubstr("'-t' is no setting"));
}

TEST_F(SettingsValues, DeliveryEndsBeforeTheAnswerWithKafka) {
  EXPECT_THAT(error({"--publish=kafka:h:1/t", "--delivery-timeout=10s"}),
              HasSubstr("--delivery-timeout takes a duration below --answer-timeout (10s), not '10s'"));
  EXPECT_EQ(settings({"--publish=none", "--answer-timeout=1s"}).answer_timeout, 1s);
}

TEST_F(SettingsValues, TheJournalKeepsWhatARestartReads) {
  EXPECT_THAT(error({"--journal-retention=1d"}),
              AllOf(HasSubstr("--journal-retention takes what a restart reads at least, 86430s (a day and "
                              "--max-clock-skew, or --dedupe-window or --delete-memory if that is longer)"),
                    HasSubstr("not '1d'")));
  EXPECT_EQ(settings({"--journal-retention=1d", "--max-clock-skew=0ms"}).journal_retention, 24h);
  EXPECT_THAT(error({"--journal-retention=2d", "--dedupe-window=3d"}), HasSubstr("at least, 3d"));
  EXPECT_THAT(error({"--journal-retention=2d", "--delete-memory=3d"}), HasSubstr("at least, 3d"));
  EXPECT_EQ(settings({"--journal-retention=3d", "--dedupe-window=3d"}).journal_retention, 72h);
  EXPECT_EQ(settings({"--dedupe-window=7d"}).journal_retention, 24h * 7);
  EXPECT_EQ(settings({"--journal-retention=1d", "--publish=none"}).journal_retention, 24h);
}

TEST_F(SettingsValues, ARestartReadsAsFarBackAsAFixCountsOrAUuidOrADeleteIsRemembered) {
  EXPECT_EQ(settings({"--max-clock-skew=1h"}).recovery_horizon(), 25h);
  EXPECT_EQ(settings({"--dedupe-window=2d"}).recovery_horizon(), 48h);
  EXPECT_EQ(settings({"--delete-memory=2d"}).recovery_horizon(), 48h);
}

TEST_F(SettingsValues, SidesListenApart) {
  EXPECT_THAT(error({"--listen=127.0.0.1:9090"}),
              HasSubstr("--admin-listen takes another ADDR:PORT than --listen"));
  EXPECT_EQ(settings({"--listen=127.0.0.1:0", "--admin-listen=127.0.0.1:0"}).listen.port, 0);
}

}  // namespace
}  // namespace geomatch::app
