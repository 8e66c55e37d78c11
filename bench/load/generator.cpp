#include "generator.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <ctime>
#include <stdexcept>
#include <string_view>

#include <sys/resource.h>
#include <sys/socket.h>

#include "http_cutter.hpp"
#include "resp_cutter.hpp"

namespace geomatch::load {
namespace {

using namespace std::chrono_literals;

constexpr auto patience = 5s;  // for a connection, a first answer, and the last ones
constexpr std::size_t preload_pipeline = 16;

std::unique_ptr<ReplyCutter> new_cutter(Protocol protocol) {
  if (protocol == Protocol::redis) return std::make_unique<RespCutter>();
  return std::make_unique<HttpCutter>();
}

void allow_descriptors(std::size_t wanted) {
  rlimit limit{};
  getrlimit(RLIMIT_NOFILE, &limit);
  const rlim_t needed = wanted + 64;
  if (limit.rlim_cur >= needed) return;
  limit.rlim_cur = std::min(needed, limit.rlim_max);
  setrlimit(RLIMIT_NOFILE, &limit);
  if (limit.rlim_cur < needed) {
    throw std::runtime_error("only " + std::to_string(limit.rlim_max) +
                             " files may be open: fewer --connections, or raise ulimit -n");
  }
}

std::chrono::nanoseconds cpu_time() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return std::chrono::seconds{time.tv_sec} + std::chrono::nanoseconds{time.tv_nsec};
}

}  // namespace

Generator::Generator(const Options& options, const Endpoint& endpoint, Requests& requests)
    : options_(options),
      endpoint_(endpoint),
      requests_(requests),
      poller_(options.spin),
      received_(std::size_t{256} * 1024) {}

void Generator::fail(const std::string& what) const {
  throw std::runtime_error(endpoint_.text + ": " + what);
}

void Generator::open(Connection& connection) {
  const int error = connection.begin(endpoint_, new_cutter(options_.protocol));
  if (error != 0) fail(std::string{"can't connect: "} + std::strerror(error));
  poller_.add(connection.socket(), &connection, true);
  connection.wants_writable = true;
}

void Generator::connect() {
  allow_descriptors(options_.connections);
  for (std::size_t i = 0; i < options_.connections; ++i) {
    connections_.push_back(std::make_unique<Connection>());
    open(*connections_.back());
  }
  const TimePoint give_up = Clock::now() + patience;
  while (available_.size() < connections_.size()) {
    turn(give_up);
    if (Clock::now() >= give_up) {
      fail("only " + std::to_string(available_.size()) + " of " + std::to_string(connections_.size()) +
           " connections came about in 5 s: does it limit them?");
    }
  }
}

void Generator::start(const Span& span) {
  span_ = span;
  recorder_ = Recorder{options_.protocol, span.measured_from, span.end};
  sent_ = 0;
  last_answer_ = Clock::now();
}

void Generator::preload() {
  const bool pipelines = options_.protocol == Protocol::match || options_.protocol == Protocol::redis;
  start({.measured_from = Clock::now(),
         .end = TimePoint::max(),
         .give_up = TimePoint::max(),
         .most_requests = requests_.phones(),
         .pipeline = pipelines ? preload_pipeline : options_.pipeline});
  while (!all_sent(Clock::now()) || waiting_ > 0) {
    const TimePoint now = Clock::now();
    expect_answers(now);
    send_due(now);
    turn(now + 1s);
    if (results().lost > 0) fail("closed a connection during the preload");
    if (!results().first_error.empty()) fail("refused the preload: " + results().first_error);
  }
}

std::unique_ptr<Measurements> Generator::measure(Watcher& watcher) {
  const TimePoint begin = Clock::now();
  const TimePoint from = begin + options_.warm_up;
  const TimePoint end = from + options_.duration;
  start({.measured_from = from,
         .end = end,
         .give_up = end + patience,
         .most_requests = UINT64_MAX,
         .pipeline = options_.pipeline});
  if (options_.rate) schedule_.emplace(begin, *options_.rate, options_.arrivals, options_.seed);

  run(watcher, from);
  watcher.measuring_begins();
  const std::chrono::nanoseconds cpu_before = cpu_time();
  run(watcher, end);
  results().generator_cpu = cpu_time() - cpu_before;
  watcher.measuring_ends();
  finish();
  results().elapsed = options_.duration;
  return recorder_.take();
}

void Generator::run(Watcher& watcher, TimePoint until) {
  TimePoint tick = Clock::now() + 1s;
  std::uint64_t answers_told = answers_;
  for (TimePoint now = Clock::now(); now < until; now = Clock::now()) {
    if (now >= tick) {
      expect_answers(now);
      watcher.second(answers_ - answers_told, results());
      answers_told = answers_;
      tick += 1s;
    }
    send_due(now);
    turn(std::min({until, tick, next_due()}));
  }
}

// What is still to come of what was due.
void Generator::finish() {
  TimePoint now = Clock::now();
  for (; now < span_.give_up && !(waiting_ == 0 && all_sent(now)); now = Clock::now()) {
    send_due(now);
    turn(span_.give_up);
  }
  for (const auto& connection : connections_) {
    connection->each_waiting([&](TimePoint due) { recorder_.gave_up(due, now); });
  }
  for (; schedule_ && schedule_->due() < span_.end; schedule_->advance())
    recorder_.gave_up(schedule_->due(), now);
}

// Waits for what happens until then, and answers it.
void Generator::turn(TimePoint until) {
  for (const epoll_event& event : poller_.wait(until - Clock::now())) {
    handle(*static_cast<Connection*>(event.data.ptr), event.events);
  }
}

bool Generator::all_sent(TimePoint now) const {
  if (sent_ >= span_.most_requests) return true;
  return now >= span_.end && (!schedule_ || schedule_->due() >= span_.end);
}

Generator::TimePoint Generator::next_due() const {
  return schedule_ && !available_.empty() && schedule_->due() < span_.end ? schedule_->due()
                                                                          : TimePoint::max();
}

void Generator::expect_answers(TimePoint now) const {
  if (waiting_ == 0 || now < last_answer_ + patience) return;
  if (answers_ == 0)
    fail("took the connection, but gave no answer in 5 s: is it the right port, and --protocol?");
  if (span_.end == TimePoint::max()) fail("stopped answering during the preload");
}

void Generator::handle(Connection& connection, std::uint32_t events) {
  if (connection.state() == Connection::State::connecting) {
    const int error = connection.connected();
    if (error != 0) {
      fail(answers_ == 0 ? std::string{"can't connect: "} + std::strerror(error) + "; is the server running?"
                         : std::string{"closed a connection and takes no new one: "} + std::strerror(error));
    }
    flush(connection);
    make_available(connection, Clock::now());
    return;
  }
  if ((events & EPOLLOUT) != 0) flush(connection);
  if (connection.state() == Connection::State::open && (events & ~std::uint32_t{EPOLLOUT}) != 0) {
    receive(connection);
  }
  send_due(Clock::now());
}

void Generator::receive(Connection& connection) {
  const ssize_t got = ::recv(connection.socket(), received_.data(), received_.size(), 0);
  if (got < 0 && (errno == EAGAIN || errno == EINTR)) return;
  if (got <= 0) {
    lost(connection);
    return;
  }
  const TimePoint now = Clock::now();
  std::string_view bytes{received_.data(), static_cast<std::size_t>(got)};
  while (const auto reply = connection.cutter().next(bytes)) {
    if (connection.waiting() == 0) fail("answered what wasn't asked: is --protocol right?");
    take(connection, *reply, now);
  }
  if (const char* wrong = connection.cutter().wrong()) {
    fail(std::string{wrong} + ": are the port and --protocol right?");
  }
  if (connection.closing && connection.waiting() == 0) {
    lost(connection);
  } else {
    make_available(connection, now);
  }
}

void Generator::take(Connection& connection, const Reply& reply, TimePoint now) {
  connection.closing = connection.closing || reply.closes;
  const TimePoint due = connection.oldest_due();
  const bool whole = connection.count_reply();
  if (whole) {
    ++connection.answers;
    ++answers_;
    --waiting_;
    last_answer_ = now;
  }
  recorder_.replied(reply, due, now, whole);
}

void Generator::make_available(Connection& connection, TimePoint now) {
  const bool takes = connection.state() == Connection::State::open && !connection.closing &&
                     connection.waiting() < std::max<std::size_t>(span_.pipeline, 1);
  if (!takes || connection.available) return;
  connection.available = true;
  connection.available_since = now;
  available_.push_back(&connection);
}

// The server has closed it, or said that it does.
void Generator::lost(Connection& connection) {
  if (answers_ == 0) fail("closed the connection without an answer: are the port and --protocol right?");
  const bool announced = connection.closing;
  results().lost += connection.waiting();
  results().closings += announced && connection.waiting() == 0 ? 0 : 1;
  results().reopened += 1;
  waiting_ -= connection.waiting();
  if (connection.available) std::erase(available_, &connection);
  connection.close();
  if (!all_sent(Clock::now())) open(connection);
}

void Generator::send_due(TimePoint now) {
  while (!available_.empty() && !all_sent(now)) {
    if (schedule_ && schedule_->due() > now) return;
    Connection& connection = *available_.front();
    available_.pop_front();
    connection.available = false;
    now = Clock::now();
    send(connection, now);
    make_available(connection, now);
  }
}

// In a closed loop as many as the connection takes, of a schedule one.
void Generator::send(Connection& connection, TimePoint now) {
  do {
    const TimePoint due = schedule_ ? schedule_->due() : now;
    if (schedule_) {
      recorder_.sent(due, connection.available_since, now);
      schedule_->advance();
    }
    connection.add(requests_.next(), due, requests_.replies_each());
    ++sent_;
    ++waiting_;
  } while (!schedule_ && connection.waiting() < span_.pipeline && !all_sent(now));
  flush(connection);
}

void Generator::flush(Connection& connection) {
  const int error = connection.flush();
  if (error != 0) {
    lost(connection);
    return;
  }
  const bool wants_writable = connection.has_unsent();
  if (wants_writable == connection.wants_writable) return;
  connection.wants_writable = wants_writable;
  poller_.change(connection.socket(), &connection, wants_writable);
}

}  // namespace geomatch::load
