#include "fuzzed_server.hpp"

#include <stdexcept>
#include <string>

#include <geomatch/http/admin_routes.hpp>
#include <geomatch/http/phone_routes.hpp>
#include <geomatch/http/readiness.hpp>
#include <geomatch/http/router.hpp>
#include <geomatch/http/services.hpp>
#include <geomatch/match/grid.hpp>
#include <geomatch/model/clock.hpp>
#include <geomatch/net/traffic.hpp>
#include <geomatch/observe/contain.hpp>
#include <geomatch/observe/metrics.hpp>
#include <geomatch/publish/log.hpp>
#include <geomatch/publish/resend_window.hpp>

#include "../../src/net/session_host.hpp"
#include "fuzzed_connection.hpp"
#include "http/manual_publisher.hpp"
#include "response_check.hpp"

namespace geomatch::fuzz {
namespace {

class StoppedClock final : public model::Clock {
 public:
  [[nodiscard]] model::TimePoint now() const noexcept override {
    return model::TimePoint{std::chrono::seconds{1'700'000'000}};
  }
};

class SteppedTime final : public net::TimeSource {
 public:
  [[nodiscard]] Clock::time_point now() const noexcept override { return now_; }
  [[nodiscard]] std::time_t time_of_day() const noexcept override { return 1'700'000'000; }
  void pass(Clock::duration time) noexcept { now_ += time; }

 private:
  Clock::time_point now_{std::chrono::hours{1}};
};

// How the rest of the input is served.
class Way {
 public:
  explicit Way(std::string_view input) : bytes_(input.substr(0, 4)) {}

  [[nodiscard]] bool on_admin_side() const noexcept { return bit(0); }
  [[nodiscard]] bool log_answers_late() const noexcept { return bit(1); }
  [[nodiscard]] bool log_refuses() const noexcept { return bit(2); }
  [[nodiscard]] bool drains() const noexcept { return bit(3); }
  [[nodiscard]] std::size_t piece_bytes() const noexcept { return 1 + byte(1) * byte(1) / 16; }
  [[nodiscard]] std::size_t gulp_bytes() const noexcept { return 1 + byte(2) * byte(2); }
  [[nodiscard]] net::Limits limits() const noexcept {
    net::Limits limits;
    limits.max_pipelined = 1 + byte(3) % 8;
    limits.max_header_bytes = 256U << (byte(3) / 8 % 4);
    limits.max_body_bytes = 256U << (byte(3) / 32 % 8);
    return limits;
  }

 private:
  [[nodiscard]] std::size_t byte(std::size_t i) const noexcept {
    return static_cast<unsigned char>(bytes_[i]);
  }
  [[nodiscard]] bool bit(int i) const noexcept { return ((byte(0) >> i) & 1) != 0; }

  std::string_view bytes_;
};

void require(bool holds, const char* what) {
  if (!holds) throw std::logic_error(what);
}

// These are made once, as making them takes longer than to serve an input. Whatever one has left on the map
// expires before the next.
match::Grid& map() {
  static match::Grid grid{64};
  return grid;
}

observe::Metrics& metrics() {
  static observe::Metrics made;
  return made;
}

class Server {
 public:
  explicit Server(const Way& way) : way_(way), limits_(way.limits()) {
    http::add_phone_routes(phone_router_, services_);
    http::add_admin_routes(admin_router_, metrics(), readiness_, log_.publisher());
    readiness_.set(http::Readiness::State::ready);
  }

  void serve(Client& client) {
    sessions_.adopt(client.connect());
    bool goes_on = true;
    for (int steps = 0; goes_on && steps < 100'000; ++steps) {
      goes_on = client.step();
      if (way_.drains() && steps == 3) sessions_.drain();
      if (!way_.log_answers_late() || !goes_on) goes_on = settle() || goes_on;
    }
    let_time_pass();
    settle();
    sessions_.stop();
    while (client.hang_up()) {
    }
    check_end();
  }

 private:
  bool settle() {
    const bool any = publisher_->pending() != 0;
    const net::SessionHost::Turn turn{sessions_};
    publisher_->settle_all(way_.log_refuses() ? publish::Outcome::not_published
                                              : publish::Outcome::published);
    return any;
  }

  void let_time_pass() {
    for (int i = 0; i < 20; ++i) {
      time_.pass(std::chrono::seconds{1});
      sessions_.tick();
    }
  }

  void check_end() const {
    require(observe::reported_exceptions() == exceptions_before_,
            "an exception came as far as the connection");
    require(traffic_.connections() == 0, "the connection is left open");
    require(traffic_.in_flight() == 0, "requests are left in flight");
    map().expire(model::TimePoint::max());
    require(map().size() == 0, "entities or reservations are left on the map");
  }

  [[nodiscard]] static std::unique_ptr<publish::Log> make_log(publish::ManualPublisher*& publisher) {
    auto resends = std::make_unique<publish::ResendWindow>(std::chrono::minutes{15}, 100);
    auto manual = std::make_unique<publish::ManualPublisher>(*resends);
    publisher = manual.get();
    return std::make_unique<publish::Log>(std::move(resends), std::move(manual), nullptr);
  }

  const Way way_;
  const net::Limits limits_;
  const StoppedClock clock_;
  SteppedTime time_;
  publish::ManualPublisher* publisher_ = nullptr;
  const std::unique_ptr<publish::Log> owned_log_ = make_log(publisher_);
  publish::Log& log_ = *owned_log_;
  http::Readiness readiness_;
  const http::Services services_{.matcher = map(),
                                 .log = log_,
                                 .clock = clock_,
                                 .readiness = readiness_,
                                 .limits = {},
                                 .acknowledgement = http::Acknowledgement::published};
  http::Router phone_router_{metrics()};
  http::Router admin_router_{metrics()};
  const std::uint64_t exceptions_before_ = observe::reported_exceptions();
  net::Traffic traffic_;
  net::SessionHost sessions_{limits_, traffic_, way_.on_admin_side() ? admin_router_ : phone_router_, time_,
                             [] {}};
};

}  // namespace

void serve(std::string_view input) {
  if (input.size() < 4) return;
  const Way way{input};
  Client client{input.substr(4), way.piece_bytes(), way.gulp_bytes()};
  {
    Server server{way};
    server.serve(client);
  }
  check_responses(client.received());
}

}  // namespace geomatch::fuzz
