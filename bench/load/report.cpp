#include "report.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace geomatch::load {
namespace {

constexpr double late_us = 1000;     // sent later than this, the generator has fallen behind
constexpr double busy_share = 0.95;  // of its core

struct Percentile {
  const char* title;
  const char* name;
  double part;
};
constexpr std::array percentiles{Percentile{"p50", "p50_us", 0.5}, Percentile{"p90", "p90_us", 0.9},
                                 Percentile{"p95", "p95_us", 0.95}, Percentile{"p99", "p99_us", 0.99},
                                 Percentile{"p99.9", "p99_9_us", 0.999}};

double us(std::chrono::nanoseconds time) {
  return static_cast<double>(time.count()) / 1000;
}

double mib(std::uint64_t bytes) {
  return static_cast<double>(bytes) / (1024 * 1024);
}

const char* name_of(Protocol protocol) {
  constexpr std::array names{"match", "get", "post", "redis"};
  return names.at(static_cast<std::size_t>(protocol));
}

}  // namespace

Report::Report(const Options& options, const Measurements& measured, const ProcessCost& server_before,
               const ProcessCost& server_after)
    : options_(options), measured_(measured) {
  if (options.server_pids.empty()) return;
  const double cpu_us = us(server_after.cpu - server_before.cpu);
  const auto user = static_cast<double>(server_after.user_ticks - server_before.user_ticks);
  const auto system = static_cast<double>(server_after.system_ticks - server_before.system_ticks);
  const double user_share = user / std::max(user + system, 1.0);
  server_ = {.cpu_us = per_answer(cpu_us),
             .user_us = per_answer(cpu_us * user_share),
             .system_us = per_answer(cpu_us * (1 - user_share)),
             .cores = cpu_us / us(measured.elapsed),
             .resident_mib = mib(server_after.resident_bytes),
             .peak_mib = mib(server_after.peak_bytes)};
}

double Report::elapsed_s() const {
  return std::chrono::duration<double>(measured_.elapsed).count();
}

double Report::per_answer(double value) const {
  return value / static_cast<double>(std::max<std::uint64_t>(measured_.answered_in_time, 1));
}

double Report::matches_mean() const {
  return static_cast<double>(measured_.sampled_matches) /
         static_cast<double>(std::max<std::uint64_t>(measured_.sampled, 1));
}

std::uint64_t Report::answers_of(int hundreds) const {
  std::uint64_t sum = 0;
  for (int status = hundreds * 100; status < hundreds * 100 + 100; ++status) {
    sum += measured_.by_status.at(static_cast<std::size_t>(status));
  }
  return sum;
}

bool Report::failed() const {
  return measured_.lost > 0 || answers_of(2) == 0;
}

std::string Report::latencies() const {
  std::string text = "  latency us   ";
  for (const Percentile& percentile : percentiles) {
    text += fmt::format(" {} {:.0f} ", percentile.title, us(measured_.latency.percentile(percentile.part)));
  }
  return text + fmt::format(" max {:.0f}\n", us(measured_.latency.max()));
}

std::string Report::server_text() const {
  if (!server_) return "";
  return fmt::format(
      "  server        {:.2f} us of CPU a request (user {:.2f}, system {:.2f}), {:.2f} cores; "
      "memory {:.0f} MiB, peak {:.0f} MiB\n",
      server_->cpu_us, server_->user_us, server_->system_us, server_->cores, server_->resident_mib,
      server_->peak_mib);
}

std::string Report::text() const {
  const double replies = static_cast<double>(std::max<std::uint64_t>(measured_.answered, 1));
  std::string text = fmt::format(
      "{} {}, {} connections, {}, {} entities, limit {}, {:.1f} s\n", name_of(options_.protocol),
      options_.target, options_.connections,
      options_.rate ? fmt::format("{:.0f} requests/s due", *options_.rate) : std::string{"closed loop"},
      options_.entities, options_.limit, elapsed_s());
  text += fmt::format("  requests      {}, {:.0f}/s; unanswered {}, lost {}\n", measured_.answered,
                      static_cast<double>(measured_.answered_in_time) / elapsed_s(), measured_.unanswered,
                      measured_.lost);
  text += latencies();
  text += "  answers      ";
  for (std::size_t status = 0; status < measured_.by_status.size(); ++status) {
    if (measured_.by_status[status] > 0) text += fmt::format(" {}: {} ", status, measured_.by_status[status]);
  }
  text += fmt::format(" {:.0f} bytes each", static_cast<double>(measured_.reply_bytes) / replies);
  if (measured_.sampled > 0) text += fmt::format(", {:.2f} matches", matches_mean());
  text += "\n" + server_text();
  text += fmt::format("  load itself   {:.2f} us of CPU a request, {:.2f} cores",
                      per_answer(us(measured_.generator_cpu)),
                      us(measured_.generator_cpu) / us(measured_.elapsed));
  if (options_.rate) {
    text += fmt::format("; sent late by p50 {:.0f} us, p99 {:.0f} us, max {:.0f} us",
                        us(measured_.sent_late.percentile(0.5)), us(measured_.sent_late.percentile(0.99)),
                        us(measured_.sent_late.max()));
  }
  return text + "\n";
}

std::string Report::warnings() const {
  std::string text;
  const double late_p99_us = us(measured_.sent_late.percentile(0.99));
  if (late_p99_us > late_us) {
    text += fmt::format(
        "load: it fell behind its own schedule: 1 in 100 sent {:.1f} ms late or more. "
        "Give it a core of its own (--cpu, --spin) or a lower --rate\n",
        late_p99_us / 1000);
  }
  if (!options_.spin && us(measured_.generator_cpu) > busy_share * us(measured_.elapsed)) {
    text += "load: it was busy all the time: the figures are its own, not the server's\n";
  }
  if (measured_.lost > 0) {
    text += fmt::format(
        "load: the server closed {} connections with {} requests under way: its limits of connections, "
        "requests a connection or time may be too low for this load\n",
        measured_.closings, measured_.lost);
  } else if (measured_.reopened > 0) {
    text += fmt::format(
        "load: the server closed connections, {} were opened anew: that is in the figures; "
        "a server with keep-alive needs none\n",
        measured_.reopened);
  }
  if (measured_.unanswered > 0) {
    text += fmt::format(
        "load: {} requests had no answer at the end; they count with as long as was waited for them\n",
        measured_.unanswered);
  }
  if (!measured_.first_error.empty()) text += "load: the first error: " + measured_.first_error + "\n";
  if (answers_of(2) == 0)
    text += "load: no request was answered well: is --path right, and the server ready?\n";
  return text;
}

nlohmann::ordered_json Report::json() const {
  nlohmann::ordered_json json{
      {"target", options_.target},
      {"protocol", name_of(options_.protocol)},
      {"path", options_.path},
      {"connections", options_.connections},
      {"pipeline", options_.pipeline},
      {"rate_per_s", options_.rate ? nlohmann::ordered_json(*options_.rate) : nlohmann::ordered_json{}},
      {"duration_s", elapsed_s()},
      {"entities", options_.entities},
      {"limit", options_.limit},
      {"seed", options_.seed},
      {"requests", measured_.answered},
      {"requests_per_s", static_cast<double>(measured_.answered_in_time) / elapsed_s()},
      {"unanswered", measured_.unanswered},
      {"socket_errors", measured_.lost},
      {"closings", measured_.closings},
      {"reopened", measured_.reopened},
  };
  for (std::size_t status = 0; status < measured_.by_status.size(); ++status) {
    if (measured_.by_status[status] > 0) json["status"][std::to_string(status)] = measured_.by_status[status];
  }
  json["first_error"] = measured_.first_error;
  for (const Percentile& percentile : percentiles) {
    json["latency"][percentile.name] = us(measured_.latency.percentile(percentile.part));
  }
  json["latency"]["max_us"] = us(measured_.latency.max());
  json["reply_bytes_mean"] = static_cast<double>(measured_.reply_bytes) /
                             static_cast<double>(std::max<std::uint64_t>(measured_.answered, 1));
  if (measured_.sampled > 0) json["matches_mean"] = matches_mean();
  if (server_) {
    json["server"] = {
        {"cpu_us_per_request", server_->cpu_us},       {"user_us_per_request", server_->user_us},
        {"system_us_per_request", server_->system_us}, {"cores", server_->cores},
        {"resident_mib", server_->resident_mib},       {"peak_mib", server_->peak_mib}};
  }
  json["generator"] = {{"cpu_us_per_request", per_answer(us(measured_.generator_cpu))},
                       {"cores", us(measured_.generator_cpu) / us(measured_.elapsed)}};
  if (options_.rate) {
    json["generator"]["sent_late_p50_us"] = us(measured_.sent_late.percentile(0.5));
    json["generator"]["sent_late_p99_us"] = us(measured_.sent_late.percentile(0.99));
    json["generator"]["sent_late_max_us"] = us(measured_.sent_late.max());
  }
  return json;
}

}  // namespace geomatch::load
