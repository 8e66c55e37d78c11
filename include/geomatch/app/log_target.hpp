#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace geomatch::app {

/// Which log the records go to.
struct LogTarget {
  /// The embedded journal.
  struct Sqlite {
    std::string file;  ///< a path, relative to the working directory or absolute; never empty or ":memory:"
    friend bool operator==(const Sqlite&, const Sqlite&) = default;
  };
  /// Apache Kafka.
  struct Kafka {
    std::string brokers;  ///< bootstrap list, "HOST:PORT,HOST:PORT"
    std::string topic;    ///< a name that Kafka allows
    friend bool operator==(const Kafka&, const Kafka&) = default;
  };
  /// No log at all.
  struct None {
    friend bool operator==(const None&, const None&) = default;
  };

  std::variant<Sqlite, Kafka, None> kind;

  /// What `parse` takes, for messages.
  static constexpr std::string_view takes = "sqlite:FILE, kafka:HOST:PORT[,HOST:PORT...]/TOPIC or none";

  /// Reads "sqlite:FILE", "kafka:HOST:PORT,HOST:PORT/TOPIC" or "none". Nothing for anything else. A file's
  /// name may hold any characters; IPv6 hosts are in brackets.
  [[nodiscard]] static std::optional<LogTarget> parse(std::string_view text);

  /// The text that `parse` reads back.
  [[nodiscard]] std::string text() const;

  friend bool operator==(const LogTarget&, const LogTarget&) = default;
};

}  // namespace geomatch::app
