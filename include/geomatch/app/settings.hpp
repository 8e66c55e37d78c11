#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include <geomatch/app/endpoint.hpp>
#include <geomatch/app/log_target.hpp>
#include <geomatch/http/acknowledgement.hpp>
#include <geomatch/observe/log_level.hpp>

namespace geomatch::app {

/// Everything an operator can set. `parse_settings` gives values within the ranges below.
struct Settings {
  using Duration = std::chrono::milliseconds;

  using Ack = http::Acknowledgement;
  using LogLevel = observe::LogLevel;

  static constexpr std::size_t most_threads = 1024;
  static constexpr std::size_t most_entities = 50'000'000;

  // Serving
  Endpoint listen{"127.0.0.1", 8080};        ///< phones' side
  Endpoint admin_listen{"127.0.0.1", 9090};  ///< operators' side; not the same as `listen`
  std::size_t threads = default_threads();   ///< for I/O; 1 to most_threads

  // Log
  LogTarget publish{LogTarget::Sqlite{"geomatch.db"}};
  Ack ack = Ack::published;
  std::vector<std::pair<std::string, std::string>> kafka;  ///< librdkafka's properties; a later one wins
  std::size_t publish_queue = 100'000;  ///< records waiting for the log, at most; 1 to 10,000,000
  Duration delivery_timeout{2'000};     ///< 10 ms to 1 h, and with Kafka below `answer_timeout`
  /// How long the journal keeps records; 1 d to 3650 d, and no less than `recovery_horizon`.
  Duration journal_retention = std::chrono::days{7};
  Duration dedupe_window = std::chrono::minutes{15};  ///< how long a uuid is remembered; 1 s to 7 d
  std::size_t dedupe_entries = 1'000'000;             ///< uuids remembered, at most; 1 to 100,000,000

  // Map
  std::size_t max_entities = 1'000'000;     ///< deletion marks included; 1 to most_entities
  double max_radius_m = 50'000;             ///< metres; 1 to 50,000
  std::size_t max_attributes_bytes = 4096;  ///< names and texts of one entity's attributes; 0 to 65,536
  Duration max_clock_skew{30'000};  ///< a timestamp further ahead counts as the time of arrival; 0 to 1 d
  Duration delete_memory = std::chrono::hours{1};  ///< how long a delete makes older fixes stale; 1 s to 7 d

  // Limits
  std::size_t max_connections = 10'000;  ///< 1 to 1,000,000
  std::size_t max_in_flight = 10'000;    ///< requests being answered, whole server; 1 to 1,000,000
  std::size_t max_pipelined = 64;        ///< requests being answered, one connection; 1 to 1024
  std::size_t max_header_bytes = 8192;   ///< of one request; 256 to 1,048,576
  std::size_t max_body_bytes = 65'536;   ///< of one request; 256 to 16,777,216

  // Timeouts
  Duration request_timeout{10'000};    ///< for a whole request to arrive; 10 ms to 1 h
  Duration idle_timeout{75'000};       ///< between requests; 10 ms to 1 d
  Duration write_timeout{10'000};      ///< for a client to take a reply; 10 ms to 1 h
  Duration answer_timeout{10'000};     ///< for a post's outcome, then 504; 10 ms to 1 h
  Duration shutdown_deadline{10'000};  ///< from SIGTERM to the exit; 10 ms to 1 h

  // Operation
  LogLevel log_level = LogLevel::info;

  /// How far back the log is read at start: as long as a fix may count, and a uuid or a delete
  /// is remembered.
  [[nodiscard]] Duration recovery_horizon() const noexcept;

  /// The machine's cores, as far as they can be told; within the range of `threads`.
  [[nodiscard]] static std::size_t default_threads() noexcept;
};

}  // namespace geomatch::app
