#include <cstdlib>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <geomatch/app/settings_parser.hpp>
#include <geomatch/app/version.hpp>

#include "support/settings_fixture.hpp"

namespace geomatch::app {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Pair;

using SettingsParser = SettingsFixture;

TEST_F(SettingsParser, DefaultsAreTheStructs) {
  const auto parsed = settings();
  const Settings defaults;
  EXPECT_EQ(parsed.listen, defaults.listen);
  EXPECT_EQ(parsed.publish, defaults.publish);
  EXPECT_EQ(parsed.threads, defaults.threads);
  EXPECT_EQ(parsed.delivery_timeout, defaults.delivery_timeout);
  EXPECT_GE(parsed.threads, 1U);
  EXPECT_TRUE(parsed.kafka.empty());
}

TEST_F(SettingsParser, FlagGoesOverEnvironmentOverFile) {
  in_file("threads = 1\nmax-entities = 1\nmax-in-flight = 1\n");
  in_environment("GEOMATCH_THREADS=2");
  in_environment("GEOMATCH_MAX_ENTITIES=2");
  const auto parsed = settings({"--threads=3"});
  EXPECT_EQ(parsed.threads, 3U);
  EXPECT_EQ(parsed.max_entities, 2U);
  EXPECT_EQ(parsed.max_in_flight, 1U);
}

TEST_F(SettingsParser, LastOfOneFlagWins) {
  EXPECT_EQ(settings({"--threads=3", "--threads=4"}).threads, 4U);
}

TEST_F(SettingsParser, KafkaPropertiesGather) {
  in_file("kafka = [\"a=1\", \"b=2\"]\n");
  in_environment("GEOMATCH_KAFKA=c=3;a=4");
  EXPECT_THAT(settings({"--kafka=a=5", "--kafka=d=6,7"}).kafka,
              ElementsAre(Pair("a", "1"), Pair("b", "2"), Pair("c", "3"), Pair("a", "4"), Pair("a", "5"),
                          Pair("d", "6,7")));
}

TEST_F(SettingsParser, FileMayHoldCommentsBlanksAndArraysOverLines) {
  in_file(
      "# geomatch\r\n\n  listen = \"0.0.0.0:8080\"   # \"where\"\n\"threads\"=3\nidle-timeout = '2min'\n"
      "publish = \"kafka:h1:9092,h2:9092/a\"\n"
      "kafka = [ \"a=b#c\" , # why\n  \"c=d, e\",\n\n\t'x=[y]',\n]\nmax-radius-m = 20.5");
  const auto parsed = settings();
  EXPECT_EQ(parsed.listen.text(), "0.0.0.0:8080");
  EXPECT_EQ(parsed.threads, 3U);
  EXPECT_EQ(parsed.idle_timeout, 2min);
  EXPECT_EQ(parsed.publish.text(), "kafka:h1:9092,h2:9092/a");
  EXPECT_THAT(parsed.kafka, ElementsAre(Pair("a", "b#c"), Pair("c", "d, e"), Pair("x", "[y]")));
  EXPECT_EQ(parsed.max_radius_m, 20.5);
}

TEST_F(SettingsParser, FileMayHoldOddFileNames) {
  for (const std::string name :
       {"my file.db", "a#b=c.db", "a,b.db", "it's.db", "[x].db", "ünï.db", "a.b.c"}) {
    in_file("publish = \"sqlite:" + name + "\"\n");
    EXPECT_EQ(settings().publish, (LogTarget{LogTarget::Sqlite{name}})) << name;
  }
}

TEST_F(SettingsParser, FileMayBeEmpty) {
  in_file("");
  EXPECT_EQ(settings().threads, Settings{}.threads);
}

TEST_F(SettingsParser, FileIsNamedByFlagOverEnvironment) {
  in_environment("GEOMATCH_CONFIG=/nowhere.toml");
  EXPECT_THAT(error(),
              HasSubstr("--config (from GEOMATCH_CONFIG) takes a file that can be read, not '/nowhere"));
  in_file("threads = 9");
  EXPECT_EQ(settings().threads, 9U);
}

TEST_F(SettingsParser, RefusesFilesItCannotRead) {
  EXPECT_THAT(error({"--config=/nowhere"}),
              HasSubstr("--config takes a file that can be read, not '/nowhere'"));
  EXPECT_THAT(error({"--config=" + testing::TempDir()}), HasSubstr("--config takes a file that can be read"));
}

TEST_F(SettingsParser, RefusesFilesItWouldMisread) {
  const auto refused = [this](const std::string& text) {
    in_file(text);
    return error();
  };
  EXPECT_THAT(refused("bogus = 1"), HasSubstr("'bogus' in " + file() + " is no setting"));
  EXPECT_THAT(refused("max_entities = 1"), HasSubstr("'max_entities' in"));
  EXPECT_THAT(refused("config = \"x\""), HasSubstr("'config' in"));
  EXPECT_THAT(refused("[log]\npublish = \"none\""), HasSubstr("is no setting"));
  EXPECT_THAT(refused("log.publish = \"none\""), HasSubstr("'log.publish' in"));
  EXPECT_THAT(refused("threads 4"), HasSubstr("is no setting"));
  EXPECT_THAT(refused("threads = 4\nmax-entities = 3\nthreads = 5"), HasSubstr("--threads (from " + file()));
  EXPECT_THAT(refused("threads = 4\nthreads = 5"), HasSubstr("takes one value, not several"));
  EXPECT_THAT(refused("threads = []"), HasSubstr("takes one value, not none"));
  EXPECT_THAT(refused("\nthreads = \"4"), HasSubstr(file() + " line 2: a string has no end"));
  EXPECT_THAT(refused("ack = \"publ\nished\""), HasSubstr("line 1: a string has to end on the line"));
  EXPECT_THAT(refused("kafka = [\"a=b\"\nthreads = 4"), HasSubstr("line 2: the brackets don't match"));
  EXPECT_THAT(refused("kafka = [\"a=\\\"b\"]"), HasSubstr("line 1: a backslash isn't taken"));
  EXPECT_THAT(refused("threads = 0"),
              HasSubstr("--threads (from " + file() + ") takes a whole number from 1"));
  EXPECT_THAT(refused("idle-timeout = 75"), HasSubstr("not '75', which has no unit"));
  EXPECT_THAT(refused("listen = \"\""), HasSubstr("takes ADDR:PORT"));
}

TEST_F(SettingsParser, RefusesUnknownVariables) {
  in_environment("GEOMATCH_THREAD=1");
  EXPECT_THAT(error(), HasSubstr("GEOMATCH_THREAD in the environment is no setting"));
}

TEST_F(SettingsParser, LeavesOthersVariablesAlone) {
  for (const auto* entry :
       {"GEOMATCH_TEST_KAFKA=127.0.0.1:1", "GEOMATCH_SHARED_DATA=/data", "GEOMATCH_PORT=tcp://10.0.0.1:8080",
        "GEOMATCH_PORT_8080_TCP=tcp://10.0.0.1:8080", "GEOMATCH_PORT_8080_TCP_ADDR=10.0.0.1",
        "GEOMATCH_SERVICE_HOST=10.0.0.1", "GEOMATCH_SERVICE_PORT_HTTP=8080",
        "GEOMATCH_ADMIN_SERVICE_PORT=9090", "GEOMATCHER=1"}) {
    in_environment(entry);
  }
  EXPECT_EQ(settings().threads, Settings{}.threads);
}

TEST_F(SettingsParser, RefusesWhatOnlyLooksLikeOthersVariables) {
  in_environment("GEOMATCH_LISTEN_PORT=8080");
  EXPECT_THAT(error(), HasSubstr("GEOMATCH_LISTEN_PORT in the environment is no setting"));
}

TEST_F(SettingsParser, RefusesAPortThatNamesNoProtocol) {
  in_environment("GEOMATCH_PORT_8080=1");
  EXPECT_THAT(error(), HasSubstr("GEOMATCH_PORT_8080 in the environment is no setting"));
}

TEST_F(SettingsParser, NamesTheVariableOfAWrongValue) {
  in_environment("GEOMATCH_MAX_BODY_BYTES=64k");
  EXPECT_THAT(error(),
              HasSubstr("--max-body-bytes (from GEOMATCH_MAX_BODY_BYTES) takes a whole number from 256 to "
                        "16777216, not '64k'"));
  EXPECT_EQ(settings({"--max-body-bytes=256"}).max_body_bytes, 256U) << "an overridden value isn't looked at";
}

TEST_F(SettingsParser, HelpListsEverySettingInGroups) {
  in_environment("GEOMATCH_THREADS=wrong");  // must not keep anyone from the help
  const auto help = std::get<EarlyExit>(parse({"--help", "--ack=wrong"}));
  EXPECT_EQ(help.status, 0);
  EXPECT_EQ(help.err, "");
  std::size_t last = 0;
  for (const auto* group : {"Serving:", "Log:", "Map:", "Limits:", "Timeouts:", "Operation:"}) {
    const auto at = help.out.find("\n" + std::string(group) + "\n");
    EXPECT_NE(at, std::string::npos) << group;
    EXPECT_GT(at, last) << group;
    last = at;
  }
  for (const auto* text :
       {"--listen ADDR:PORT ", "default 127.0.0.1:8080; GEOMATCH_LISTEN\n", "--max-body-bytes BYTES",
        "256 to 16777216; default 65536; GEOMATCH_MAX_BODY_BYTES\n",
        "10ms to 1d; default 75s; GEOMATCH_IDLE_TIMEOUT", "default sqlite:geomatch.db; GEOMATCH_PUBLISH",
        "GEOMATCH_CONFIG", "GEOMATCH_KAFKA", "--version"}) {
    EXPECT_THAT(help.out, HasSubstr(text));
  }
}

TEST_F(SettingsParser, PrintsTheProjectsVersion) {
  const auto printed = std::get<EarlyExit>(parse({"--version"}));
  EXPECT_EQ(printed.status, 0);
  EXPECT_EQ(printed.out, "geomatch " GEOMATCH_PROJECT_VERSION "\n");
  EXPECT_EQ(version, GEOMATCH_PROJECT_VERSION);
}

// The process's own environment, which is what the server reads.
class ProcessEnvironment : public testing::Test {
 protected:
  ~ProcessEnvironment() override { unsetenv("GEOMATCH_DEDUPE_ENTRIES"); }
};

TEST_F(ProcessEnvironment, IsReadByDefault) {
  ASSERT_EQ(setenv("GEOMATCH_DEDUPE_ENTRIES", "77", 1), 0);
  const char* const argv[] = {"geomatch", nullptr};
  EXPECT_EQ(std::get<Settings>(parse_settings(1, argv)).dedupe_entries, 77U);
}

}  // namespace
}  // namespace geomatch::app
