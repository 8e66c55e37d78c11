#include "log_contents.hpp"

#include <sstream>

#include <geomatch/publish/sqlite_reader.hpp>

#include "support/command_output.hpp"

namespace geomatch::test {

std::vector<publish::Record> journal_contents(const std::filesystem::path& file) {
  std::vector<publish::Record> records;
  publish::SqliteReader{file}.replay({}, [&](const publish::Record& record) { records.push_back(record); });
  return records;
}

std::vector<publish::Record> topic_contents(const std::string& topic) {
  const std::string command = std::string{"'"} + std::getenv("GEOMATCH_TEST_KAFKA_READER") + "' read '" +
                              topic + "' --brokers '" + kafka_brokers() + "'";
  std::vector<publish::Record> records;
  std::istringstream lines{command_output(command)};
  for (std::string line; std::getline(lines, line);) {
    std::istringstream fields{line};
    std::string partition, offset, timestamp, key, value;
    std::getline(fields, partition, '\t');
    std::getline(fields, offset, '\t');
    std::getline(fields, timestamp, '\t');
    std::getline(fields, key, '\t');
    std::getline(fields, value);
    if (key.empty()) continue;  // a sentinel, which says nothing
    publish::Record record{.key = key, .value = value, .received_at = {}};
    record.received_at = model::TimePoint{model::Milliseconds{std::stoll(timestamp)}};
    if (value == "null") record.value = std::nullopt;
    records.push_back(std::move(record));
  }
  return records;
}

}  // namespace geomatch::test
