#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include <geomatch/publish/kafka_settings.hpp>
#include <geomatch/publish/log_reader.hpp>

#include "kafka_handles.hpp"

namespace geomatch::publish {

/// One reading of a topic to the end it has at the start. Its methods throw std::runtime_error with the
/// remedy.
class KafkaReplay {
 public:
  explicit KafkaReplay(const KafkaSettings& settings);

  void run(model::TimePoint since, const LogReader::Sink& sink);

 private:
  struct Partition {
    std::int64_t next = 0;  // the offset that is read next
    std::int64_t end = 0;   // the first that is not read
  };

  using Question = std::function<rd_kafka_resp_err_t(int timeout_ms)>;

  [[nodiscard]] KafkaHandle<const rd_kafka_metadata_t> ask(int timeout_ms) const;
  [[nodiscard]] bool find_partitions();
  void find_bounds(model::TimePoint since);
  [[nodiscard]] rd_kafka_resp_err_t find_begins(model::TimePoint since, int timeout_ms);
  void insist(const Question& question) const;
  void assign();
  void read(const LogReader::Sink& sink);
  void take(const rd_kafka_message_t& message, const LogReader::Sink& sink);
  void note_error(const rd_kafka_message_t& message);
  [[nodiscard]] std::string standing() const;
  [[noreturn]] void fail(const std::string& why) const;

  const KafkaSettings& settings_;
  KafkaHandle<rd_kafka_t> client_;
  KafkaHandle<rd_kafka_topic_t> topic_;
  std::vector<Partition> partitions_;  // by their numbers
  std::size_t open_ = 0;               // of them, those not read to their end
  std::string last_error_;
};

}  // namespace geomatch::publish
