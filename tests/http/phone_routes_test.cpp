// The phones' side without a network: what each handler does with the log and the map.
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <geomatch/http/phone_routes.hpp>
#include <geomatch/http/readiness.hpp>
#include <geomatch/match/grid.hpp>
#include <geomatch/model/clock.hpp>
#include <geomatch/observe/metrics.hpp>
#include <geomatch/publish/completion_queue.hpp>
#include <geomatch/publish/log.hpp>

#include "manual_publisher.hpp"
#include "recording_sink.hpp"

namespace geomatch::http {
namespace {

using boost::beast::http::status;
using boost::beast::http::verb;
using nlohmann::json;
using std::chrono::seconds;

class ManualClock final : public model::Clock {
 public:
  [[nodiscard]] model::TimePoint now() const noexcept override { return time; }
  model::TimePoint time{seconds{1'700'000'000}};
};

class PhoneRoutesTest : public testing::Test {
 protected:
  explicit PhoneRoutesTest(Acknowledgement acknowledgement = Acknowledgement::published)
      : services_{matcher_, *log_, clock_, readiness_, {}, acknowledgement} {
    readiness_.set(Readiness::State::ready);
    add_phone_routes(router_, services_);
  }

  static std::unique_ptr<publish::Log> make_log(publish::ManualPublisher*& publisher) {
    auto resends = std::make_unique<publish::ResendWindow>(std::chrono::minutes{15}, 1000);
    auto manual = std::make_unique<publish::ManualPublisher>(*resends);
    publisher = manual.get();
    return std::make_unique<publish::Log>(std::move(resends), std::move(manual), nullptr);
  }

  // Asks; gives the request's number.
  std::uint64_t ask(Request request) {
    router_.handle(request, {sink_, asked_, Responder::Clock::now()}, completions_);
    completions_.drain();
    return asked_++;
  }
  std::uint64_t post(std::string_view body, std::string_view content_type = "application/json") {
    return ask({.method = verb::post, .target = "/match", .content_type = content_type, .body = body});
  }
  std::uint64_t get(std::string_view target) { return ask({.method = verb::get, .target = target}); }
  std::uint64_t del(std::string_view target) { return ask({.method = verb::delete_, .target = target}); }

  // The log settles what it was given.
  void settle(publish::Outcome outcome = publish::Outcome::published) {
    publisher_->settle_all(outcome);
    completions_.drain();
  }

  [[nodiscard]] bool answered(std::uint64_t number) const { return sink_->replies.contains(number); }
  [[nodiscard]] status status_of(std::uint64_t number) const { return sink_->replies.at(number).status; }
  [[nodiscard]] json body_of(std::uint64_t number) const {
    return json::parse(sink_->replies.at(number).body);
  }

  // Posts and has it logged.
  json logged(std::string_view body) {
    const auto number = post(body);
    settle();
    return body_of(number);
  }

  match::Grid matcher_{3};
  publish::ManualPublisher* publisher_ = nullptr;
  std::unique_ptr<publish::Log> log_ = make_log(publisher_);
  ManualClock clock_;
  Readiness readiness_;
  observe::Metrics metrics_;
  Services services_;
  Router router_{metrics_};
  publish::CompletionQueue completions_{[] {}};
  std::shared_ptr<RecordingSink> sink_ = std::make_shared<RecordingSink>();
  std::uint64_t asked_ = 0;
};

constexpr const char* driver = R"({"id":"driver","lat":31.2306,"lon":121.4759,"role":"driver"})";

TEST_F(PhoneRoutesTest, AnAnswerWaitsForTheLog) {
  const auto number = post(driver);
  EXPECT_FALSE(answered(number));
  EXPECT_FALSE(matcher_.find("driver", clock_.now())) << "on the map before the log has it";
  settle();
  EXPECT_EQ(status_of(number), status::ok);
  EXPECT_EQ(body_of(number), json::parse(R"({"id":"driver","status":"accepted","matches":[]})"));
  EXPECT_TRUE(matcher_.find("driver", clock_.now()));
}

TEST_F(PhoneRoutesTest, TheNearestComeBack) {
  logged(driver);
  clock_.time += std::chrono::milliseconds{1200};
  const json reply = logged(R"({"id":"rider","lat":31.2306,"lon":121.4737,"seek":"driver"})");
  ASSERT_EQ(reply["matches"].size(), 1U);
  EXPECT_EQ(reply["matches"][0]["id"], "driver");
  EXPECT_EQ(reply["matches"][0]["age_s"], 1.2);
  EXPECT_NEAR(reply["matches"][0]["distance_m"].get<double>(), 209.7, 0.2);
  EXPECT_NEAR(reply["matches"][0]["bearing_deg"].get<double>(), 90, 0.1);
}

TEST_F(PhoneRoutesTest, MatchesAreThoseOfTheArrival) {
  const auto first = post(R"({"id":"a","lat":1,"lon":1})");
  const auto second = post(R"({"id":"b","lat":1,"lon":1})");  // the log has neither yet
  settle();
  EXPECT_TRUE(body_of(first)["matches"].empty());
  EXPECT_TRUE(body_of(second)["matches"].empty());
}

TEST_F(PhoneRoutesTest, ALaterFixMakesAnEarlierOneStale) {
  logged(R"({"id":"a","lat":1,"lon":1})");
  const json reply = logged(R"({"id":"a","lat":2,"lon":2,"timestamp":1699999990000})");
  EXPECT_EQ(reply["status"], "stale");
  EXPECT_EQ(publisher_->settled.size(), 2U) << "stale ones are logged";
  EXPECT_EQ(matcher_.find("a", clock_.now())->position, geo::Position::from_degrees(1, 1));
}

TEST_F(PhoneRoutesTest, WhatAReaderAppliedIsJudgedAndNotAppliedAgain) {
  const auto first = post(R"({"id":"a","lat":1,"lon":1})");
  model::Fix fix;
  fix.id = "a";
  fix.position = geo::Position::from_degrees(1, 1);
  fix.timestamp = fix.received_at = clock_.now();
  EXPECT_EQ(matcher_.upsert(fix), match::UpsertResult::accepted);
  publisher_->settle_all_applied();
  completions_.drain();
  EXPECT_EQ(body_of(first)["status"], "accepted");

  const auto overtaken = post(R"({"id":"a","lat":2,"lon":2})");
  fix.timestamp += std::chrono::seconds{1};
  EXPECT_EQ(matcher_.upsert(fix), match::UpsertResult::accepted);
  publisher_->settle_all_applied();
  completions_.drain();
  EXPECT_EQ(body_of(overtaken)["status"], "stale");
  EXPECT_EQ(matcher_.find("a", clock_.now())->position, geo::Position::from_degrees(1, 1));
}

TEST_F(PhoneRoutesTest, AResendOfWhatStayedUnknownIsUnknownToo) {
  const auto first = post(R"({"id":"a","lat":1,"lon":1,"uuid":"u"})");
  settle(publish::Outcome::unknown);
  EXPECT_EQ(status_of(first), status::gateway_timeout);
  const auto again = post(R"({"id":"a","lat":1,"lon":1,"uuid":"u"})");
  EXPECT_EQ(status_of(again), status::gateway_timeout);
  EXPECT_EQ(body_of(again)["outcome"], "unknown");
  EXPECT_EQ(publisher_->settled.size(), 1U);
}

TEST_F(PhoneRoutesTest, AResendIsADuplicate) {
  EXPECT_EQ(logged(R"({"id":"a","lat":1,"lon":1,"uuid":"u"})")["status"], "accepted");
  EXPECT_EQ(logged(R"({"id":"a","lat":1,"lon":1,"uuid":"u"})")["status"], "duplicate");
  EXPECT_EQ(publisher_->settled.size(), 1U);
}

TEST_F(PhoneRoutesTest, AResendInFlightSharesTheOutcome) {
  const auto first = post(R"({"id":"a","lat":1,"lon":1,"uuid":"u"})");
  const auto again = post(R"({"id":"a","lat":1,"lon":1,"uuid":"u"})");
  EXPECT_FALSE(answered(again));
  settle();
  EXPECT_EQ(body_of(first)["status"], "accepted");
  EXPECT_EQ(body_of(again)["status"], "duplicate");
}

TEST_F(PhoneRoutesTest, WhatTheLogRefusesLeavesNoTrace) {
  const auto number = post(driver);
  settle(publish::Outcome::not_published);
  EXPECT_EQ(status_of(number), status::service_unavailable);
  EXPECT_EQ(body_of(number)["outcome"], "not_published");
  EXPECT_TRUE(sink_->replies.at(number).retry_after);
  EXPECT_EQ(matcher_.size(), 0U);
}

TEST_F(PhoneRoutesTest, WhatTheLogNeverTakesIsTooLarge) {
  const auto number = post(driver);
  settle(publish::Outcome::too_large);
  EXPECT_EQ(status_of(number), status::payload_too_large);
  EXPECT_NE(std::string{body_of(number)["detail"]}.find("max.message.bytes"), std::string::npos);
  EXPECT_FALSE(sink_->replies.at(number).retry_after);
  EXPECT_EQ(matcher_.size(), 0U);
}

TEST_F(PhoneRoutesTest, AnUnknownOutcomeIsSaid) {
  const auto number = post(driver);
  settle(publish::Outcome::unknown);
  EXPECT_EQ(status_of(number), status::gateway_timeout);
  EXPECT_EQ(body_of(number)["outcome"], "unknown");
  EXPECT_EQ(matcher_.size(), 0U);
}

TEST_F(PhoneRoutesTest, AFullQueueIsAnAnswerAtOnce) {
  publisher_->full = true;
  const auto number = post(driver);
  EXPECT_EQ(status_of(number), status::service_unavailable);
  EXPECT_EQ(matcher_.size(), 0U);
}

TEST_F(PhoneRoutesTest, AFullMapRefusesNewOnesBeforeTheLogHasThem) {
  for (const char* id : {"a", "b", "c"}) logged(json{{"id", id}, {"lat", 1}, {"lon", 1}}.dump());
  const auto refused = post(R"({"id":"d","lat":1,"lon":1})");
  EXPECT_EQ(status_of(refused), status::service_unavailable);
  EXPECT_NE(body_of(refused)["detail"].get<std::string>().find("--max-entities"), std::string::npos);
  EXPECT_EQ(publisher_->settled.size(), 3U);
  EXPECT_EQ(logged(R"({"id":"a","lat":2,"lon":2})")["status"], "accepted");
}

TEST_F(PhoneRoutesTest, RoomIsReservedWhileTheLogWorks) {
  for (const char* id : {"a", "b", "c"}) post(json{{"id", id}, {"lat", 1}, {"lon", 1}}.dump());
  EXPECT_EQ(status_of(post(R"({"id":"d","lat":1,"lon":1})")), status::service_unavailable);
  settle();
  EXPECT_EQ(matcher_.size(), 3U);
}

TEST_F(PhoneRoutesTest, DeleteLeavesTheMapOnceTheLogHasTheTombstone) {
  logged(R"({"id":"a/b","lat":1,"lon":1})");
  const auto number = del("/entities/a%2Fb");
  EXPECT_FALSE(answered(number));
  EXPECT_EQ(status_of(get("/entities/a%2Fb")), status::ok);
  settle();
  EXPECT_EQ(status_of(number), status::no_content);
  EXPECT_EQ(status_of(get("/entities/a%2Fb")), status::not_found);
  EXPECT_EQ(publisher_->settled.back().key, "a/b");
  EXPECT_FALSE(publisher_->settled.back().value);
}

TEST_F(PhoneRoutesTest, DeletingTheUnknownIsLoggedToo) {
  const auto number = del("/entities/nobody");
  settle();
  EXPECT_EQ(status_of(number), status::no_content);
  EXPECT_EQ(publisher_->settled.size(), 1U);
}

TEST_F(PhoneRoutesTest, WhatWasMeasuredBeforeADeleteIsStaleForItsMemory) {
  using std::chrono::milliseconds;
  constexpr auto memory = match::Matcher::default_delete_memory;
  const auto deleted_at = clock_.time;
  const auto status_of_late = [&](milliseconds before) {
    const auto timestamp_ms = (deleted_at - before).time_since_epoch().count();
    return logged(R"({"id":"driver","lat":1,"lon":2,"ttl_s":86400,"timestamp":)" +
                  std::to_string(timestamp_ms) + "}")["status"];
  };
  logged(driver);
  del("/entities/driver");
  settle();
  clock_.time = deleted_at + memory - milliseconds{1};
  EXPECT_EQ(status_of_late(milliseconds{1}), "stale");
  EXPECT_EQ(publisher_->settled.size(), 3U) << "stale ones are logged";
  EXPECT_FALSE(matcher_.find("driver", clock_.now()));
  clock_.time = deleted_at + memory;
  EXPECT_EQ(status_of_late(milliseconds{1}), "accepted");
}

TEST_F(PhoneRoutesTest, WhatAReaderAppliedIsJudgedByTheDeletionToo) {
  matcher_.erase("driver", clock_.now());
  const auto late = post(R"({"id":"driver","lat":1,"lon":2,"timestamp":1699999999999})");
  const auto in_time = post(R"({"id":"driver","lat":1,"lon":2,"timestamp":1700000000000})");
  publisher_->settle_all_applied();
  completions_.drain();
  EXPECT_EQ(body_of(late)["status"], "stale");
  EXPECT_EQ(body_of(in_time)["status"], "accepted");
}

TEST_F(PhoneRoutesTest, AFullMapRefusesToDeleteTheUnknownBeforeTheLogHasIt) {
  for (const char* id : {"a", "b", "c"}) logged(R"({"id":")" + std::string(id) + R"(","lat":1,"lon":2})");
  const auto refused = del("/entities/unknown");
  EXPECT_EQ(status_of(refused), status::service_unavailable);
  EXPECT_EQ(body_of(refused)["outcome"], "not_published");
  EXPECT_EQ(publisher_->pending(), 0U);
  const auto known = del("/entities/a");
  settle();
  EXPECT_EQ(status_of(known), status::no_content);
  EXPECT_EQ(matcher_.deletion_marks(), 1U);
}

TEST_F(PhoneRoutesTest, RoomForADeletionIsReservedWhileTheLogWorks) {
  for (const char* id : {"a", "b"}) logged(R"({"id":")" + std::string(id) + R"(","lat":1,"lon":2})");
  del("/entities/unknown");
  EXPECT_EQ(status_of(post(driver)), status::service_unavailable);
  settle(publish::Outcome::not_published);
  EXPECT_EQ(matcher_.size(), 2U) << "what isn't in the log leaves nothing";
}

TEST_F(PhoneRoutesTest, GetEntityShowsItsLastFix) {
  logged(
      R"({"id":"a","lat":1.5,"lon":-2.5,"role":"driver","accuracy":5,"altitude":-3,"speed":-1,"heading":90})");
  const json entity = body_of(get("/entities/a"));
  EXPECT_EQ(entity["lat"], 1.5);
  EXPECT_EQ(entity["lon"], -2.5);
  EXPECT_EQ(entity["role"], "driver");
  EXPECT_EQ(entity["accuracy"], 5);
  EXPECT_EQ(entity["altitude"], -3);
  EXPECT_FALSE(entity.contains("speed")) << "unknown";
  EXPECT_EQ(entity["heading"], 90);
}

TEST_F(PhoneRoutesTest, PathsThatHoldNoId) {
  EXPECT_EQ(status_of(get("/entities/%zz")), status::bad_request);
  EXPECT_EQ(status_of(get("/entities/%0A")), status::bad_request);
  EXPECT_EQ(status_of(del("/entities/%FF")), status::bad_request);
  EXPECT_EQ(status_of(del("/entities/" + std::string(129, 'a'))), status::bad_request);
  EXPECT_TRUE(publisher_->settled.empty());
  EXPECT_EQ(publisher_->pending(), 0U);
}

TEST_F(PhoneRoutesTest, NearbyRecordsNothing) {
  logged(driver);
  const json reply = body_of(get("/nearby?lat=31.2306&lon=121.4737&role=driver"));
  ASSERT_EQ(reply["matches"].size(), 1U);
  EXPECT_EQ(reply["matches"][0]["id"], "driver");
  EXPECT_EQ(publisher_->settled.size(), 1U);
  const auto wrong = get("/nearby?lat=91");
  EXPECT_EQ(status_of(wrong), status::bad_request);
  EXPECT_EQ(body_of(wrong)["errors"][0]["parameter"], "lat");
}

TEST_F(PhoneRoutesTest, BadBodiesNeverReachTheLog) {
  EXPECT_EQ(status_of(post("{")), status::bad_request);
  const auto wrong = post(R"({"id":"a","lat":91,"lon":"x"})");
  EXPECT_EQ(status_of(wrong), status::unprocessable_entity);
  EXPECT_EQ(body_of(wrong)["errors"].size(), 2U);
  EXPECT_EQ(body_of(wrong)["errors"][0]["pointer"], "/lat");
  EXPECT_EQ(sink_->replies.at(wrong).content_type, "application/problem+json");
  EXPECT_EQ(status_of(post(driver, "text/plain")), status::unsupported_media_type);
  const auto zipped =
      ask({.method = verb::post, .target = "/match", .content_encoding = "gzip", .body = driver});
  EXPECT_EQ(status_of(zipped), status::unsupported_media_type);
  EXPECT_EQ(sink_->replies.at(zipped).accept_encoding, "identity") << "what would be taken";
  EXPECT_EQ(publisher_->pending(), 0U);
}

TEST_F(PhoneRoutesTest, NotReadyMeansNothingIsTaken) {
  for (const auto state : {Readiness::State::recovering, Readiness::State::stopping}) {
    readiness_.set(state);
    EXPECT_EQ(status_of(post(driver)), status::service_unavailable);
    EXPECT_EQ(status_of(del("/entities/a")), status::service_unavailable);
    EXPECT_EQ(status_of(get("/entities/a")), status::service_unavailable);
    EXPECT_EQ(status_of(get("/nearby?lat=1&lon=1")), status::service_unavailable);
  }
  EXPECT_EQ(publisher_->pending(), 0U);
}

class EnqueuedTest : public PhoneRoutesTest {
 protected:
  EnqueuedTest() : PhoneRoutesTest(Acknowledgement::enqueued) {}
};

TEST_F(EnqueuedTest, IsAnsweredAndOnTheMapOnceHandedOver) {
  const auto number = post(driver);
  EXPECT_EQ(status_of(number), status::ok);
  EXPECT_EQ(body_of(number)["status"], "accepted");
  EXPECT_TRUE(matcher_.find("driver", clock_.now()));
  settle(publish::Outcome::unknown);
  EXPECT_EQ(sink_->replies.size(), 1U);
}

TEST_F(EnqueuedTest, AFullQueueIsStillRefused) {
  publisher_->full = true;
  EXPECT_EQ(status_of(post(driver)), status::service_unavailable);
  EXPECT_EQ(matcher_.size(), 0U);
}

TEST_F(EnqueuedTest, ResendsAreDuplicatesAtOnce) {
  post(R"({"id":"a","lat":1,"lon":1,"uuid":"u"})");
  const auto again = post(R"({"id":"a","lat":1,"lon":1,"uuid":"u"})");
  EXPECT_EQ(body_of(again)["status"], "duplicate");
  settle();
  EXPECT_EQ(publisher_->settled.size(), 1U);
}

}  // namespace
}  // namespace geomatch::http
