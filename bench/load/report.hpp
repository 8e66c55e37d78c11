#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include <nlohmann/json_fwd.hpp>

#include "measurements.hpp"
#include "options.hpp"
#include "process_cost.hpp"

namespace geomatch::load {

/// What a run found, for people and for programs.
class Report {
 public:
  /// Keeps references to `options` and `measured`. What the server cost before and after counts only if a
  /// process was named.
  Report(const Options& options, const Measurements& measured, const ProcessCost& server_before,
         const ProcessCost& server_after);

  [[nodiscard]] std::string text() const;
  [[nodiscard]] nlohmann::ordered_json json() const;

  /// Why the figures can't be trusted, one line each; empty if they can.
  [[nodiscard]] std::string warnings() const;

  /// Whether the program should end as failed: requests were lost, or none was answered well.
  [[nodiscard]] bool failed() const;

 private:
  struct ServerFigures {
    double cpu_us;  // a request, as the next two
    double user_us;
    double system_us;
    double cores;  // that it kept busy
    double resident_mib;
    double peak_mib;
  };

  [[nodiscard]] std::string latencies() const;
  [[nodiscard]] std::string server_text() const;
  [[nodiscard]] std::uint64_t answers_of(int hundreds) const;
  [[nodiscard]] double per_answer(double value) const;
  [[nodiscard]] double elapsed_s() const;
  [[nodiscard]] double matches_mean() const;

  const Options& options_;
  const Measurements& measured_;
  std::optional<ServerFigures> server_;
};

}  // namespace geomatch::load
