#include "kafka/config.hpp"

#include <array>
#include <stdexcept>
#include <string>
#include <utility>

#include "kafka/client_log.hpp"
#include "kafka/last_sending.hpp"
#include "kafka/refusal.hpp"

namespace geomatch::publish {
namespace {

using Config = KafkaHandle<rd_kafka_conf_t>;

// Called on librdkafka's own threads, and on the one that makes the client.
void log(const rd_kafka_t* client, int severity, const char* facility, const char* text) {
  if (client == nullptr) return;
  if (auto* to = static_cast<KafkaClientLog*>(rd_kafka_opaque(client))) to->take(severity, facility, text);
}

// One of the properties that are set here, each of which librdkafka knows.
void set(rd_kafka_conf_t& config, const char* key, const std::string& value) {
  std::array<char, 512> why{};
  if (rd_kafka_conf_set(&config, key, value.c_str(), why.data(), why.size()) != RD_KAFKA_CONF_OK) {
    throw std::invalid_argument{"kafka: property '" + std::string{key} + "': " + why.data()};
  }
}

// One of those that were given with --kafka.
void set_given(rd_kafka_conf_t& config, const KafkaSettings& settings, const std::string& key,
               const std::string& value) {
  std::array<char, 512> why{};
  if (rd_kafka_conf_set(&config, key.c_str(), value.c_str(), why.data(), why.size()) != RD_KAFKA_CONF_OK) {
    throw property_refused(settings, key, why.data());
  }
}

std::string get(const rd_kafka_conf_t& config, const char* key) {
  std::array<char, 4096> value{};
  std::size_t size = value.size();
  return rd_kafka_conf_get(&config, key, value.data(), &size) == RD_KAFKA_CONF_OK ? value.data() : "";
}

// What a property may not be changed from, whatever alias it is given by and however its value is spelled.
struct Pinned {
  const char* key;
  const char* why;
};
constexpr std::array pinned{
    Pinned{"acks", "must stay 'all': a record counts as published once all in-sync replicas have it"},
    Pinned{"enable.idempotence", "must stay 'true': a retry may neither repeat nor reorder records"},
    Pinned{"delivery.report.only.error", "must stay 'false': every record's outcome is needed"},
    Pinned{"max.in.flight.requests.per.connection", "must stay 1: a record's own acknowledgement is needed"},
    Pinned{"transactional.id", "can't be set: geomatch publishes without transactions"},
    Pinned{"message.timeout.ms", "can't be set: a record that librdkafka gives up can be logged twice later"},
    Pinned{"bootstrap.servers", "can't be set: the brokers are those of --publish kafka:HOST:PORT/TOPIC"},
};

void set_keeping_promises(rd_kafka_conf_t& config, const KafkaSettings& settings, const std::string& key,
                          const std::string& value) {
  std::array<std::string, pinned.size()> before;
  for (std::size_t i = 0; i < pinned.size(); ++i) before[i] = get(config, pinned[i].key);
  set_given(config, settings, key, value);
  for (std::size_t i = 0; i < pinned.size(); ++i) {
    if (get(config, pinned[i].key) != before[i]) throw property_refused(settings, key, pinned[i].why);
  }
  if (get(config, "partitioner") == "random") {
    throw property_refused(settings, key,
                           "can't be 'random': an entity's records keep their order in one partition");
  }
}

constexpr const char* interceptor = "geomatch";

// Called on librdkafka's broker threads.
rd_kafka_resp_err_t on_request_sent(rd_kafka_t* /*client*/, int /*socket*/, const char* /*broker*/,
                                    std::int32_t /*broker_id*/, std::int16_t api_key,
                                    std::int16_t /*api_version*/, std::int32_t /*correlation*/,
                                    std::size_t /*bytes*/, void* last_sending) {
  constexpr std::int16_t produce = 0;
  if (api_key == produce) static_cast<LastSending*>(last_sending)->note();
  return RD_KAFKA_RESP_ERR_NO_ERROR;
}

rd_kafka_resp_err_t observe(rd_kafka_t* client, const rd_kafka_conf_t* /*config*/, void* last_sending,
                            char* /*why*/, std::size_t /*why_size*/) {
  return rd_kafka_interceptor_add_on_request_sent(client, interceptor, on_request_sent, last_sending);
}

Config common_config(const KafkaSettings& settings) {
  Config config{rd_kafka_conf_new()};
  set(*config, "bootstrap.servers", settings.brokers);
  set(*config, "client.id", "geomatch");
  set(*config, "socket.nagle.disable", "true");
  set(*config, "reconnect.backoff.max.ms", "1000");  // a broker that is back is used within a second, not ten
  // Retries wait twice as long each time, from librdkafka 2.3 on; before it, always the first.
  if (rd_kafka_version() >= 0x02030000) set(*config, "retry.backoff.max.ms", "1000");
  return config;
}

// What isn't refused by itself, but would never work.
void check_together(const rd_kafka_conf_t& config, const KafkaSettings& settings) {
  if (!get(config, "security.protocol").starts_with("sasl_")) return;
  if (get(config, "sasl.mechanisms") != "OAUTHBEARER") return;
  if (get(config, "sasl.oauthbearer.method") == "oidc") return;
  if (get(config, "enable.sasl.oauthbearer.unsecure.jwt") == "true") return;
  throw property_refused(settings, "sasl.oauthbearer.method",
                         "must be 'oidc' for OAUTHBEARER: geomatch has no other way to get a token");
}

Config producer_config(const KafkaSettings& settings) {
  Config config = common_config(settings);
  set(*config, "enable.idempotence", "true");
  set(*config, "acks", "all");
  set(*config, "delivery.report.only.error", "false");
  // A record is never given up. librdkafka would send others again in a new epoch, and those that a broker
  // had taken and not acknowledged would be there twice. It would also take one that a broker appended before
  // it lost its leadership for one that is nowhere.
  set(*config, "message.timeout.ms", "0");
  set(*config, "request.timeout.ms", "3000");  // for all in-sync replicas to have it; then it is tried again
  set(*config, "socket.timeout.ms", "5000");   // a broker that is silent for longer is connected to anew
  set(*config, "queue.buffering.max.messages", std::to_string(settings.queue_capacity));
  set(*config, "linger.ms", "0.5");  // measured: docs/reliability.md
  set(*config, "compression.codec", "none");
  // One batch at a time: with more, librdkafka takes a later one's acknowledgement for that of an earlier one
  // whose own was lost; and a new leader that never saw the earlier one may take the later one first.
  set(*config, "max.in.flight.requests.per.connection", "1");
  set(*config, "partitioner", "murmur2_random");  // where Java's own producer would put the key
  for (const auto& [key, value] : settings.properties) set_keeping_promises(*config, settings, key, value);
  check_together(*config, settings);
  rd_kafka_conf_set_events(config.get(), RD_KAFKA_EVENT_DR | RD_KAFKA_EVENT_ERROR);
  return config;
}

void limit_batches(rd_kafka_conf_t& config, std::size_t max_bytes) {
  if (max_bytes < std::stoull(get(config, "batch.size")))
    set(config, "batch.size", std::to_string(max_bytes));
}

Config consumer_config(const KafkaSettings& settings) {
  Config config = common_config(settings);
  // Own records come by their reports; so the broker may gather what it sends, and is asked less often.
  set(*config, "fetch.wait.max.ms", "20");
  set(*config, "fetch.min.bytes", "65536");
  set(*config, "fetch.error.backoff.ms", "100");
  for (const auto& [key, value] : settings.properties) set_given(*config, settings, key, value);
  check_together(*config, settings);
  set(*config, "bootstrap.servers", settings.brokers);
  set(*config, "group.id", "geomatch");  // asked for by librdkafka; no group is ever joined
  set(*config, "enable.auto.commit", "false");
  set(*config, "enable.auto.offset.store", "false");
  set(*config, "enable.partition.eof", "true");
  set(*config, "auto.offset.reset", "error");  // where retention took away what was asked for: not silently
  return config;
}

void ignore(const rd_kafka_t* /*client*/, int /*severity*/, const char* /*facility*/, const char* /*text*/) {}

using Client = KafkaHandle<rd_kafka_t>;

// A configuration goes over to the client that is made of it. One that none is made of stays ours, and when
// it has interceptors it can't be destroyed: a failing rd_kafka_new has destroyed them, and left them in it,
// up to librdkafka 2.x at least. Plug-ins bring interceptors of their own.
Client make_client(rd_kafka_type_t type, Config config, const KafkaSettings& settings) {
  std::array<char, 512> why{};
  Client client{rd_kafka_new(type, config.get(), why.data(), why.size())};
  const bool destroyable = !client && get(*config, "plugin.library.paths").empty();
  if (!destroyable) (void)config.release();
  if (!client) throw client_refused(settings, why.data());
  return client;
}

// Finds out whether librdkafka would refuse the client, with one that knows no broker and has no interceptor.
void try_client(rd_kafka_type_t type, const rd_kafka_conf_t& wanted, const KafkaSettings& settings) {
  Config config{rd_kafka_conf_dup(&wanted)};
  set(*config, "bootstrap.servers", "");
  rd_kafka_conf_set_log_cb(config.get(), ignore);
  (void)make_client(type, std::move(config), settings);
}

}  // namespace

KafkaHandle<rd_kafka_t> make_kafka_producer(const KafkaSettings& settings, KafkaClientLog& client_log,
                                            LastSending& last_sending, std::size_t max_batch_bytes) {
  Config config = producer_config(settings);
  limit_batches(*config, max_batch_bytes);
  try_client(RD_KAFKA_PRODUCER, *config, settings);
  rd_kafka_conf_set_opaque(config.get(), &client_log);
  rd_kafka_conf_set_log_cb(config.get(), log);
  rd_kafka_conf_interceptor_add_on_new(config.get(), interceptor, observe, &last_sending);
  std::array<char, 512> why{};
  // Released in any case: see make_client. What was tried a moment ago isn't refused but by chance.
  Client client{rd_kafka_new(RD_KAFKA_PRODUCER, config.release(), why.data(), why.size())};
  if (!client) throw client_refused(settings, why.data());
  return client;
}

KafkaHandle<rd_kafka_t> make_kafka_consumer(const KafkaSettings& settings, KafkaClientLog& client_log) {
  Config config = consumer_config(settings);
  rd_kafka_conf_set_opaque(config.get(), &client_log);
  rd_kafka_conf_set_log_cb(config.get(), log);
  return make_client(RD_KAFKA_CONSUMER, std::move(config), settings);
}

void check_kafka_consumer(const KafkaSettings& settings) {
  try_client(RD_KAFKA_CONSUMER, *consumer_config(settings), settings);
}

KafkaHandle<rd_kafka_topic_t> make_kafka_topic(rd_kafka_t& client, const std::string& topic) {
  KafkaHandle<rd_kafka_topic_t> handle{rd_kafka_topic_new(&client, topic.c_str(), nullptr)};
  if (!handle)
    throw std::invalid_argument("kafka: topic '" + topic + "': " + rd_kafka_err2str(rd_kafka_last_error()));
  return handle;
}

}  // namespace geomatch::publish
