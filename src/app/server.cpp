#include <algorithm>
#include <atomic>
#include <exception>
#include <new>
#include <stdexcept>
#include <string>
#include <thread>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <fmt/format.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include <geomatch/app/server.hpp>
#include <geomatch/http/admin_routes.hpp>
#include <geomatch/http/phone_routes.hpp>
#include <geomatch/http/readiness.hpp>
#include <geomatch/match/grid.hpp>
#include <geomatch/model/system_clock.hpp>
#include <geomatch/net/server.hpp>
#include <geomatch/observe/contain.hpp>
#include <geomatch/observe/metrics.hpp>
#include <geomatch/observe/write_within.hpp>

#include "figures.hpp"
#include "log_view.hpp"
#include "open_files.hpp"
#include "open_log.hpp"
#include "recovery.hpp"
#include "signals.hpp"

namespace geomatch::app {
namespace {

using boost::asio::ip::tcp;
using std::chrono::milliseconds;

constexpr std::chrono::seconds expiry_interval{1};
constexpr std::chrono::seconds between_progress_reports{2};
constexpr milliseconds patience_for_first_line{100};

net::Limits limits_of(const Settings& settings) {
  return {.max_connections = settings.max_connections,
          .max_in_flight = settings.max_in_flight,
          .max_pipelined = settings.max_pipelined,
          .max_header_bytes = settings.max_header_bytes,
          .max_body_bytes = settings.max_body_bytes,
          .request_timeout = settings.request_timeout,
          .idle_timeout = settings.idle_timeout,
          .write_timeout = settings.write_timeout,
          .answer_timeout = settings.answer_timeout};
}

net::Limits phone_limits_of(const Settings& settings) {
  net::Limits limits = limits_of(settings);
  limits.max_connections =
      connections_within(raise_open_files_limit(), settings.threads, settings.max_connections);
  return limits;
}

codec::DecodeLimits decode_limits_of(const Settings& settings) {
  return {.max_radius_m = settings.max_radius_m,
          .max_attributes_bytes = settings.max_attributes_bytes,
          .max_clock_skew = settings.max_clock_skew};
}

// Of those that settings know nothing of: the main thread, one that reads the log, one or two that settle,
// lanes, and the operators' side.
constexpr std::size_t other_threads = 64;
static_assert(Settings::most_threads + other_threads <= match::Grid::most_threads, "--threads");
static_assert(Settings::most_entities <= match::Grid::most_entities, "--max-entities");

match::Grid make_map(const Settings& settings) {
  try {
    return match::Grid{settings.max_entities, settings.delete_memory};
  } catch (const std::bad_alloc&) {
    throw std::runtime_error(
        fmt::format("there is no address space for a map of {} entities; lower --max-entities, or raise the "
                    "limit (ulimit -v)",
                    settings.max_entities));
  }
}

void listen(net::Server& server, const char* setting, const Endpoint& endpoint) {
  try {
    server.listen({boost::asio::ip::make_address(endpoint.address), endpoint.port});
  } catch (const boost::system::system_error& error) {
    throw std::runtime_error(fmt::format("can't listen on {}: {}; choose another address or port with {}",
                                         endpoint.text(), error.code().message(), setting));
  }
}

std::string text(const tcp::endpoint& endpoint) {
  return Endpoint{endpoint.address().to_string(), endpoint.port()}.text();
}

}  // namespace

class Server::Impl {
 public:
  explicit Impl(const Settings& settings);

  void run();

 private:
  static void reload();
  void stop();
  void run_handlers();
  void recover();
  [[nodiscard]] bool bring_back();
  void await_publisher() const;
  void report_progress();
  void serve();
  void expire_from_now_on();
  void shut_down();

  const Settings settings_;
  const net::Limits phone_limits_;
  const model::SystemClock clock_;
  observe::Metrics metrics_;
  http::Readiness readiness_;
  match::Grid matcher_;
  const std::unique_ptr<publish::Log> log_;
  LogView view_{matcher_, log_->resends()};
  const http::Services services_;
  http::Router phone_router_{metrics_};
  http::Router admin_router_{metrics_};
  net::Server phones_{settings_.threads, phone_limits_, phone_router_};
  net::Server admin_{1, limits_of(settings_), admin_router_};

  boost::asio::io_context io_context_{1};  // the main thread's: signals, expiry, progress of recovery
  const Signals signals_{io_context_, [this] { stop(); }, [] { reload(); }};
  boost::asio::steady_timer timer_{io_context_};
  std::string reported_progress_;
  std::atomic<bool> stopping_{false};
  std::exception_ptr recovery_failure_;
};

Server::Impl::Impl(const Settings& settings)
    : settings_(settings),
      phone_limits_(phone_limits_of(settings)),
      matcher_(make_map(settings)),
      log_(open_log(settings)),
      services_{.matcher = matcher_,
                .log = *log_,
                .clock = clock_,
                .readiness = readiness_,
                .limits = decode_limits_of(settings),
                .acknowledgement = settings.ack} {
  if (auto* reader = log_->reader()) readiness_.explain_with([reader] { return reader->progress(); });
  http::add_phone_routes(phone_router_, services_);
  http::add_admin_routes(admin_router_, metrics_, readiness_, log_->publisher());
  add_figures(metrics_, matcher_, log_->publisher(), phones_.traffic());
  if (auto* reader = log_->reader()) add_follow_figures(metrics_, *reader);
  listen(phones_, "--listen", settings.listen);
  listen(admin_, "--admin-listen", settings.admin_listen);
}

// Here comes the reloading of what can be reloaded, certificates and keys once there are some.
void Server::Impl::reload() {
  spdlog::info("SIGHUP: nothing that can be reloaded is in use; settings take a restart");
}

void Server::Impl::stop() {
  stopping_ = true;
  if (log_->reader() != nullptr) log_->reader()->stop();
  io_context_.stop();
}

void Server::Impl::run() {
  std::thread recovery{[this] { recover(); }};  // before anything is accepted: there may be no thread for it
  admin_.start();
  phones_.start();  // from now on posts are answered, with 503 until the map is there
  report_progress();
  run_handlers();
  recovery.join();
  shut_down();
  if (recovery_failure_) std::rethrow_exception(recovery_failure_);
}

void Server::Impl::run_handlers() {
  while (!observe::contain("the main thread", [this] { io_context_.run(); })) {  // with the next handler
  }
}

void Server::Impl::recover() {
  try {
    if (!bring_back()) return;
    await_publisher();
    boost::asio::post(io_context_, [this] { serve(); });
  } catch (...) {
    recovery_failure_ = std::current_exception();
    io_context_.stop();
  }
}

bool Server::Impl::bring_back() {
  publish::LogReader* reader = log_->reader();
  if (reader == nullptr) return true;
  const model::TimePoint now = clock_.now();
  view_.remember_since(now - settings_.dedupe_window);
  if (!app::recover(*reader, view_, matcher_, now - settings_.recovery_horizon(), now)) return false;
  reader->follow([this](const publish::Record& record) { view_.apply(record); });
  return true;
}

// So that the first post doesn't wait for connections to be made. If the log goes away meanwhile, /readyz
// says so, and posts are refused.
void Server::Impl::await_publisher() const {
  const auto give_up = std::chrono::steady_clock::now() + settings_.delivery_timeout;
  while (!stopping_ && !log_->publisher().unavailable_reason().empty() &&
         std::chrono::steady_clock::now() < give_up) {
    std::this_thread::sleep_for(milliseconds{5});
  }
}

void Server::Impl::report_progress() {
  timer_.expires_after(between_progress_reports);
  timer_.async_wait([this](boost::system::error_code error) {
    // It may have been due when `serve` took the timer over.
    if (error || log_->reader() == nullptr || readiness_.get() != http::Readiness::State::recovering) return;
    if (const std::string progress = log_->reader()->progress(); progress != reported_progress_) {
      spdlog::info("recovering the map: {}", progress);
      reported_progress_ = progress;
    }
    report_progress();
  });
}

void Server::Impl::serve() {
  readiness_.set(http::Readiness::State::ready);
  const std::string line =
      fmt::format("geomatch listening on {} (admin {})\n", text(phones_.endpoint()), text(admin_.endpoint()));
  if (!observe::write_within(STDOUT_FILENO, line, patience_for_first_line)) {
    spdlog::warn("nobody reads standard output; there it would have said: {}",
                 line.substr(0, line.size() - 1));
  }
  expire_from_now_on();
}

void Server::Impl::expire_from_now_on() {
  timer_.expires_after(expiry_interval);
  timer_.async_wait([this](boost::system::error_code error) {
    if (error) return;
    observe::contain("the expiry of entities", [this] { matcher_.expire(clock_.now()); });
    expire_from_now_on();
  });
}

// Answers first, then the log: what is in flight needs it. Then the I/O threads, so that every outcome finds
// its thread; the operators' side last, to say why the server isn't ready.
void Server::Impl::shut_down() {
  readiness_.set(http::Readiness::State::stopping);
  spdlog::info("stopping: {} requests in flight", phones_.traffic().in_flight());
  const auto deadline = std::chrono::steady_clock::now() + settings_.shutdown_deadline;
  const milliseconds for_answers = settings_.shutdown_deadline * 4 / 5;
  if (!phones_.drain(for_answers)) {
    spdlog::warn("{} connections were still open after {} ms; raise --shutdown-deadline",
                 phones_.traffic().connections(), for_answers.count());
  }
  const auto left = std::chrono::ceil<milliseconds>(deadline - std::chrono::steady_clock::now());
  log_->publisher().stop(std::max(left, milliseconds{0}));
  if (log_->reader() != nullptr) log_->reader()->stop();
  phones_.stop();
  admin_.stop();
  spdlog::info("stopped");
}

Server::Server(const Settings& settings) : impl_(std::make_unique<Impl>(settings)) {}

Server::~Server() = default;

void Server::run() {
  impl_->run();
}

}  // namespace geomatch::app
