#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/lsan_interface.h>
#endif

#include <geomatch/publish/kafka_merge.hpp>
#include <geomatch/publish/kafka_publisher.hpp>
#include <geomatch/publish/kafka_reader.hpp>
#include <geomatch/publish/resend_window.hpp>

namespace geomatch::publish {
namespace {

using namespace std::chrono_literals;
using ::testing::AnyOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

using Properties = std::vector<std::pair<std::string, std::string>>;

// `DIR` in a value stands for the folder with the files of MadeFiles.
struct Refused {
  std::string name;
  Properties properties;
  std::string property;  // that the refusal has to name; two with a | between where versions differ
};

std::ostream& operator<<(std::ostream& out, const Refused& refused) {
  return out << refused.name;
}

const Properties ssl{{"security.protocol", "SSL"}};
const Properties sasl{{"security.protocol", "SASL_PLAINTEXT"}};
const Properties scram{{"security.protocol", "SASL_PLAINTEXT"}, {"sasl.mechanism", "SCRAM-SHA-512"}};
const Properties bearer{{"security.protocol", "SASL_PLAINTEXT"}, {"sasl.mechanism", "OAUTHBEARER"}};
const Properties oidc{{"security.protocol", "SASL_PLAINTEXT"},
                      {"sasl.mechanism", "OAUTHBEARER"},
                      {"sasl.oauthbearer.method", "oidc"},
                      {"sasl.oauthbearer.client.id", "x"},
                      {"sasl.oauthbearer.client.secret", "hush-hush"},
                      {"sasl.oauthbearer.token.endpoint.url", "http://127.0.0.1:1/"}};

Properties with(Properties properties, const Properties& more) {
  properties.insert(properties.end(), more.begin(), more.end());
  return properties;
}

Properties without(Properties properties, const std::string& key) {
  std::erase_if(properties, [&](const auto& one) { return one.first == key; });
  return properties;
}

const std::vector<Refused> of_both{
    {"CaMissing", with(ssl, {{"ssl.ca.location", "/none"}}), "ssl.ca.location"},
    {"CaIsNoCertificate", with(ssl, {{"ssl.ca.location", "DIR/noise"}}), "ssl.ca.location"},
    {"CaIsEmpty", with(ssl, {{"ssl.ca.location", "DIR/empty"}}), "ssl.ca.location"},
    {"CaPemIsNoCertificate", with(ssl, {{"ssl.ca.pem", "noise"}}), "ssl.ca.pem"},
    {"CertificateMissing", with(ssl, {{"ssl.certificate.location", "/none"}}), "ssl.certificate.location"},
    {"CertificateIsNone", with(ssl, {{"ssl.certificate.location", "DIR/noise"}}), "ssl.certificate.location"},
    {"CertificatePemIsNone", with(ssl, {{"ssl.certificate.pem", "noise"}}), "ssl.certificate.pem"},
    {"KeyMissing", with(ssl, {{"ssl.certificate.location", "DIR/a.crt"}, {"ssl.key.location", "/none"}}),
     "ssl.key.location"},
    {"KeyIsNone", with(ssl, {{"ssl.certificate.location", "DIR/a.crt"}, {"ssl.key.location", "DIR/noise"}}),
     "ssl.key.location"},
    {"KeyPemIsNone", with(ssl, {{"ssl.certificate.location", "DIR/a.crt"}, {"ssl.key.pem", "hush-hush"}}),
     "ssl.key.pem"},
    {"KeyOfAnotherCertificate",
     with(ssl, {{"ssl.certificate.location", "DIR/a.crt"}, {"ssl.key.location", "DIR/b.key"}}),
     "ssl.key.location"},
    {"KeyPasswordWrong",
     with(ssl, {{"ssl.certificate.location", "DIR/a.crt"},
                {"ssl.key.location", "DIR/a-locked.key"},
                {"ssl.key.password", "hush-hush"}}),
     "ssl.key.location"},
    {"KeystoreWithoutPassword", with(ssl, {{"ssl.keystore.location", "DIR/a.p12"}}), "ssl.keystore.password"},
    {"KeystorePasswordWrong",
     with(ssl, {{"ssl.keystore.location", "DIR/a.p12"}, {"ssl.keystore.password", "hush-hush"}}),
     "ssl.keystore.location"},
    {"KeystoreMissing",
     with(ssl, {{"ssl.keystore.location", "/none"}, {"ssl.keystore.password", "hush-hush"}}),
     "ssl.keystore.location"},
    {"RevocationListMissing", with(ssl, {{"ssl.crl.location", "/none"}}), "ssl.crl.location"},
    {"CiphersUnknown", with(ssl, {{"ssl.cipher.suites", "rot13"}}), "ssl.cipher.suites"},
    {"CurvesUnknown", with(ssl, {{"ssl.curves.list", "bent"}}), "ssl.curves.list"},
    {"SignaturesUnknown", with(ssl, {{"ssl.sigalgs.list", "none"}}), "ssl.sigalgs.list"},
    {"EngineMissing", with(ssl, {{"ssl.engine.location", "/none"}}), "ssl.engine.location"},
    {"ProtocolUnknown", {{"security.protocol", "TLS"}}, "security.protocol"},
    {"MechanismUnknown", with(sasl, {{"sasl.mechanism", "ROT13"}}), "sasl.mechanism"},
    {"MechanismUnknownByItsOtherName", with(sasl, {{"sasl.mechanisms", "ROT13"}}), "sasl.mechanisms"},
    {"MechanismsTwo", with(sasl, {{"sasl.mechanisms", "PLAIN,GSSAPI"}}), "sasl.mechanisms"},
    {"ScramWithoutUser", with(scram, {{"sasl.password", "hush-hush"}}), "sasl.username"},
    {"ScramWithoutPassword", with(scram, {{"sasl.username", "x"}}), "sasl.username"},
    {"ScramOfAnUnknownHash",
     with(sasl, {{"sasl.mechanism", "SCRAM-MD5"}, {"sasl.username", "x"}, {"sasl.password", "hush-hush"}}),
     "sasl.mechanism"},
    {"PlainWithoutUser", with(sasl, {{"sasl.mechanism", "PLAIN"}}), "sasl.username"},
    {"BearerWithoutTokens", bearer, "sasl.oauthbearer.method"},
    {"OidcWithoutClient", without(oidc, "sasl.oauthbearer.client.id"),
     "sasl.oauthbearer.client.id|sasl.oauthbearer.method"},
    {"OidcWithoutSecret", without(oidc, "sasl.oauthbearer.client.secret"),
     "sasl.oauthbearer.client.secret|sasl.oauthbearer.method"},
    {"OidcWithoutEndpoint", without(oidc, "sasl.oauthbearer.token.endpoint.url"),
     "sasl.oauthbearer.token.endpoint.url|sasl.oauthbearer.method"},
    {"OidcAndUnsecureTokens", with(oidc, {{"enable.sasl.oauthbearer.unsecure.jwt", "true"}}),
     "sasl.oauthbearer.method|enable.sasl.oauthbearer.unsecure.jwt"},
    {"KinitCommandWrong", with(sasl, {{"sasl.mechanism", "GSSAPI"}, {"sasl.kerberos.kinit.cmd", "%{none}"}}),
     "sasl.kerberos.kinit.cmd"},
    {"PluginMissing", {{"plugin.library.paths", "/none/plugin"}}, "plugin.library.paths"},
    {"PluginIsNone", {{"plugin.library.paths", "DIR/noise"}}, "plugin.library.paths"},
    {"BackoffsContradict", {{"reconnect.backoff.ms", "5000"}}, "reconnect.backoff.max.ms"},
    {"PropertyUnknown", {{"no.such.thing", "1"}}, "no.such.thing"},
    {"PropertyOfJava", {{"sasl.jaas.config", R"(x required password="hush-hush";)"}}, "sasl.jaas.config"},
    {"PropertyWithoutName", {{"", "1"}}, ""},
    {"NumberOutOfRange", {{"socket.timeout.ms", "1"}}, "socket.timeout.ms"},
    {"NumberIsNone", {{"socket.timeout.ms", "soon"}}, "socket.timeout.ms"},
    {"CallbackAsText", {{"log_cb", "x"}}, "log_cb"},
};

const std::vector<Refused> of_the_producer{
    {"MoreInFlight", {{"max.in.flight", "6"}}, "max.in.flight"},
    {"NoRetries", {{"retries", "0"}}, "retries"},
    {"BackpressureThreshold",
     {{"queue.buffering.backpressure.threshold", "2"}},
     "queue.buffering.backpressure.threshold"},
    {"LastInFirstOut", {{"queuing.strategy", "lifo"}}, "queuing.strategy"},
    {"CodecUnknown", {{"compression.type", "rar"}}, "compression.type"},
    {"LingerOutOfRange", {{"linger.ms", "9000000"}}, "linger.ms"},
    {"NotIdempotent", {{"enable.idempotence", "false"}}, "enable.idempotence"},
    {"AcksOfOne", {{"acks", "1"}}, "acks"},
    {"Transactional", {{"transactional.id", "t"}}, "transactional.id"},
};

const std::vector<Refused> of_the_consumer{
    {"FetchLessThanAMessage", {{"fetch.max.bytes", "1000"}}, "fetch.max.bytes"},
    {"ReceiveLessThanAFetch", {{"receive.message.max.bytes", "1000000"}}, "receive.message.max.bytes"},
    {"PollBelowSession", {{"max.poll.interval.ms", "1000"}}, "max.poll.interval.ms"},
    {"AssignmentUnknown", {{"partition.assignment.strategy", "chance"}}, "partition.assignment.strategy"},
};

// Certificates `a` and `b` with their keys, and files that hold neither.
class MadeFiles {
 public:
  MadeFiles()
      : folder_(std::filesystem::temp_directory_path() / ("geomatch-refusal-" + std::to_string(getpid()))) {
    std::filesystem::create_directories(folder_);
    std::ofstream{folder_ / "noise"} << "neither certificate nor key\n";
    std::ofstream{folder_ / "empty"};
    for (const std::string name : {"a", "b"}) {
      run("req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 1 -subj /CN=" + name +
          " -keyout " + name + ".key -out " + name + ".crt");
    }
    run("pkey -aes128 -passout pass:right -in a.key -out a-locked.key");
    run("pkcs12 -export -passout pass:right -in a.crt -inkey a.key -out a.p12");
  }
  ~MadeFiles() { std::filesystem::remove_all(folder_); }

  [[nodiscard]] Properties in(Properties properties) const {
    for (auto& [key, value] : properties) {
      if (value.starts_with("DIR/")) value = folder_ / value.substr(4);
    }
    return properties;
  }

 private:
  void run(const std::string& command) const {
    const std::string line = "cd " + folder_.string() + " && openssl " + command + " 2>/dev/null";
    if (std::system(line.c_str()) != 0) throw std::runtime_error("failed: " + line);
  }

  const std::filesystem::path folder_;
};

class RefusalTest : public ::testing::TestWithParam<Refused> {
 protected:
  static void SetUpTestSuite() { files = std::make_unique<MadeFiles>(); }
  static void TearDownTestSuite() { files.reset(); }

  static KafkaSettings settings() {
    KafkaSettings made;
    made.brokers = "127.0.0.1:1";
    made.topic = "nowhere";
    made.properties = files->in(GetParam().properties);
    return made;
  }

  template <typename Make>
  static void expect_refused(Make make) {
#if defined(__SANITIZE_ADDRESS__)
    // librdkafka doesn't free a keystore that it can't open.
    std::optional<__lsan::ScopedDisabler> leaks;
    if (GetParam().name == "KeystorePasswordWrong") leaks.emplace();
#endif
    try {
      make();
    } catch (const std::invalid_argument& refusal) {
      const std::string line = refusal.what();
      EXPECT_THAT(line, StartsWith("kafka: propert"));
      const std::string names = line.substr(0, line.find("': ")) + "'";
      const std::string one = GetParam().property;
      const auto bar = std::min(one.find('|'), one.size());
      EXPECT_THAT(names, AnyOf(HasSubstr("'" + one.substr(0, bar) + "'"),
                               HasSubstr("'" + one.substr(bar == one.size() ? 0 : bar + 1) + "'")));
      EXPECT_THAT(line, Not(HasSubstr("\n")));
      EXPECT_THAT(line, Not(HasSubstr("hush-hush")));
      return;
    }
    ADD_FAILURE() << "wasn't refused";
  }

  static void make_publisher() {
    ResendWindow resends{60s, 10};
    const KafkaPublisher publisher{settings(), resends, std::make_shared<KafkaMerge>()};
  }
  static void make_reader() {
    const KafkaReader reader{settings(), std::make_shared<KafkaMerge>()};
  }

  static inline std::unique_ptr<MadeFiles> files;
};

class KafkaRefusalTest : public RefusalTest {};
class KafkaProducerRefusalTest : public RefusalTest {};
class KafkaConsumerRefusalTest : public RefusalTest {};

TEST_P(KafkaRefusalTest, NamesTheProperty) {
  expect_refused(make_publisher);
  expect_refused(make_reader);
}

TEST_P(KafkaProducerRefusalTest, NamesTheProperty) {
  expect_refused(make_publisher);
}

TEST_P(KafkaConsumerRefusalTest, NamesTheProperty) {
  expect_refused(make_reader);
}

std::string name_of(const ::testing::TestParamInfo<Refused>& info) {
  return info.param.name;
}

INSTANTIATE_TEST_SUITE_P(All, KafkaRefusalTest, ::testing::ValuesIn(of_both), name_of);
INSTANTIATE_TEST_SUITE_P(All, KafkaProducerRefusalTest, ::testing::ValuesIn(of_the_producer), name_of);
INSTANTIATE_TEST_SUITE_P(All, KafkaConsumerRefusalTest, ::testing::ValuesIn(of_the_consumer), name_of);

}  // namespace
}  // namespace geomatch::publish
