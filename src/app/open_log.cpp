#include "open_log.hpp"

#include <geomatch/publish/kafka_merge.hpp>
#include <geomatch/publish/kafka_publisher.hpp>
#include <geomatch/publish/kafka_reader.hpp>
#include <geomatch/publish/null_publisher.hpp>
#include <geomatch/publish/sqlite_journal.hpp>
#include <geomatch/publish/sqlite_reader.hpp>

namespace geomatch::app {
namespace {

using publish::Log;
using publish::ResendWindow;

std::unique_ptr<Log> open(const LogTarget::Sqlite& target, const Settings& settings,
                          std::unique_ptr<ResendWindow> resends) {
  auto journal = std::make_unique<publish::SqliteJournal>(
      publish::JournalSettings{.file = target.file,
                               .queue_capacity = settings.publish_queue,
                               .retention = settings.journal_retention},
      *resends);
  return std::make_unique<Log>(std::move(resends), std::move(journal),
                               std::make_unique<publish::SqliteReader>(target.file));
}

std::unique_ptr<Log> open(const LogTarget::Kafka& target, const Settings& settings,
                          std::unique_ptr<ResendWindow> resends) {
  const publish::KafkaSettings kafka{.brokers = target.brokers,
                                     .topic = target.topic,
                                     .properties = settings.kafka,
                                     .queue_capacity = settings.publish_queue,
                                     .delivery_timeout = settings.delivery_timeout,
                                     .answer_timeout = settings.answer_timeout};
  auto merge = std::make_shared<publish::KafkaMerge>();
  auto publisher = std::make_unique<publish::KafkaPublisher>(kafka, *resends, merge);
  auto reader = std::make_unique<publish::KafkaReader>(kafka, std::move(merge));
  return std::make_unique<Log>(std::move(resends), std::move(publisher), std::move(reader));
}

std::unique_ptr<Log> open(const LogTarget::None& /*target*/, const Settings& /*settings*/,
                          std::unique_ptr<ResendWindow> resends) {
  auto publisher = std::make_unique<publish::NullPublisher>(*resends);
  return std::make_unique<Log>(std::move(resends), std::move(publisher), nullptr);
}

}  // namespace

std::unique_ptr<Log> open_log(const Settings& settings) {
  auto resends = std::make_unique<ResendWindow>(settings.dedupe_window, settings.dedupe_entries);
  return std::visit([&](const auto& target) { return open(target, settings, std::move(resends)); },
                    settings.publish.kind);
}

}  // namespace geomatch::app
