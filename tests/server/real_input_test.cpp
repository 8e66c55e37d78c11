// The main job on real input: riders and cabs post from several connections; every answer is the oracle's,
// byte for byte; the log holds what was answered; and after a crash all is as before.
#include <functional>
#include <map>
#include <random>
#include <thread>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <geomatch/codec/post_decoder.hpp>
#include <geomatch/codec/record.hpp>
#include <geomatch/codec/replies.hpp>
#include <geomatch/match/brute_force.hpp>

#include "log_contents.hpp"
#include "real_posts.hpp"
#include "server_process.hpp"
#include "support/appended.hpp"
#include "support/connection.hpp"
#include "support/shared_data.hpp"
#include "support/temporary_folder.hpp"

namespace geomatch {
namespace {

using nlohmann::json;
using test::Answer;
using test::Connection;
using test::RealPost;
using test::Script;
using test::ServerProcess;

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr std::size_t slowdown = 16;
#else
constexpr std::size_t slowdown = 1;
#endif

constexpr std::size_t connections = 8;

std::string expected_matches(const match::Matcher& oracle, const match::Query& query) {
  std::string text;
  codec::append_matches(text, query.now,
                        [&](model::MatchVisitor visit) { oracle.visit_nearest(query, visit); });
  return text;
}

codec::Post post_of(const std::string& body, model::TimePoint received_at) {
  codec::Post post;
  EXPECT_FALSE(codec::decode_post(body, received_at, {}, post)) << body;
  return post;
}

match::Query query_of(const codec::Post& post) {
  return {.center = post.fix.position,
          .radius_m = post.radius_m,
          .limit = post.limit,
          .except_id = post.fix.id,
          .role = post.seek,
          .max_age = post.max_age,
          .where = &post.where,
          .now = post.fix.received_at};
}

json without_ages(const std::string& text) {
  json value = json::parse(text);
  value.erase("age_s");
  if (value.contains("matches")) {
    for (json& match : value["matches"]) match.erase("age_s");
  }
  return value;
}

class RealInputTest : public testing::Test {
 protected:
  // Every connection posts its script at the same time as the others; gives the answers.
  static std::vector<std::vector<std::string>> post_all(const ServerProcess& server,
                                                        const std::vector<Script>& scripts) {
    std::vector<std::vector<std::string>> answers(scripts.size());
    std::vector<std::thread> threads;
    for (std::size_t c = 0; c < scripts.size(); ++c) {
      threads.emplace_back([&, c] {
        Connection phone{server.port()};
        for (const RealPost& post : scripts[c]) {
          const Answer answer = phone.post(post.body);
          ASSERT_EQ(answer.status, 200) << post.body << answer.body;
          answers[c].push_back(answer.body);
        }
      });
    }
    for (auto& thread : threads) thread.join();
    return answers;
  }

  // Goes through what was posted in each connection's order, with the time at which the log says that it
  // came.
  void check(const std::vector<Script>& scripts, const std::vector<std::vector<std::string>>& answers,
             const std::vector<publish::Record>& log) {
    std::map<std::string, std::vector<const publish::Record*>> by_id;
    for (const publish::Record& record : log) by_id[record.key].push_back(&record);
    std::map<std::string, std::size_t> next;
    std::size_t posts = 0;
    std::size_t matches = 0;
    oracles_.clear();
    for (std::size_t c = 0; c < scripts.size(); ++c) {
      for (std::size_t i = 0; i < scripts[c].size(); ++i, ++posts) {
        const RealPost& sent = scripts[c][i];
        const std::size_t nth = next[sent.id]++;
        ASSERT_LT(nth, by_id[sent.id].size()) << "answered 200 and not in the log: " << sent.body;
        codec::Record logged;
        ASSERT_TRUE(codec::decode_record(by_id[sent.id][nth]->value.value(), logged));
        const auto post = post_of(sent.body, logged.fix.received_at);
        ASSERT_EQ(logged.fix, post.fix);
        ASSERT_EQ(logged.uuid, post.uuid);
        match::BruteForce& oracle = oracle_of(post.fix.role);
        const std::string expected = expected_matches(oracle, query_of(post));
        ASSERT_EQ(answers[c][i],
                  test::appended(codec::append_match_reply, post.fix.id, "accepted", expected));
        matches += json::parse(expected).size();
        oracle.upsert(post.fix);
      }
    }
    EXPECT_EQ(log.size(), posts) << "the log has what was not answered 200";
    EXPECT_GT(matches, posts / 2) << "too few matches to show anything";
  }

  // After a restart: entities are where they were, and a newcomer is matched as the oracle says.
  void check_recovered(const ServerProcess& server, const std::vector<Script>& scripts) {
    Connection phone{server.port()};
    std::mt19937_64 random{1};
    const auto now = std::chrono::floor<model::Milliseconds>(std::chrono::system_clock::now());
    for (int i = 0; i < 200; ++i) {
      const std::size_t c = random() % scripts.size();
      const RealPost& sent = scripts[c][random() % scripts[c].size()];
      json body = json::parse(sent.body);
      match::BruteForce& oracle = oracle_of(body["role"]);
      const auto fix = oracle.find(sent.id, now);
      ASSERT_TRUE(fix);
      const Answer entity = phone.request("GET", "/entities/" + sent.id);
      ASSERT_EQ(entity.status, 200) << sent.id;
      EXPECT_EQ(without_ages(entity.body), without_ages(test::appended(codec::append_entity, *fix, now)));

      // The same phone's post again, as somebody new.
      body["id"] = "newcomer";
      body["role"] = "newcomer";
      const auto post = post_of(body.dump(), now);
      const auto expected = expected_matches(oracle, query_of(post));
      const Answer answer = phone.post(body.dump());
      ASSERT_EQ(answer.status, 200);
      EXPECT_EQ(without_ages(answer.body)["matches"],
                without_ages(R"({"matches":)" + expected + "}")["matches"]);
    }
  }

  // Every `stride`-th post to a server on `log`, whose contents `read` gives; then a crash.
  void post_crash_and_check(const std::string& log, std::size_t stride,
                            const std::function<std::vector<publish::Record>()>& read) {
    const std::vector<std::string> flags{"--publish=" + log};
    const auto scripts = test::real_posts(connections, stride);
    {
      ServerProcess server{flags};
      const auto answers = post_all(server, scripts);
      server.kill();
      if (HasFatalFailure()) return;
      check(scripts, answers, read());
      if (HasFatalFailure()) return;
    }
    ServerProcess again{flags};
    check_recovered(again, scripts);
  }

  // One for each role: nobody seeks another.
  match::BruteForce& oracle_of(const std::string& role) {
    return oracles_.try_emplace(role, 1'000'000).first->second;
  }

  std::map<std::string, match::BruteForce> oracles_;
};

TEST_F(RealInputTest, AgainstTheJournal) {
  GEOMATCH_NEEDS_SHARED("uber-nyc-2014-04.csv.gz");
  const test::TemporaryFolder folder;
  const auto journal = folder / "journal.db";
  post_crash_and_check("sqlite:" + journal.string(), slowdown,
                       [&] { return test::journal_contents(journal); });
}

TEST_F(RealInputTest, AgainstKafka) {
  GEOMATCH_NEEDS_SHARED("uber-nyc-2014-04.csv.gz");
  if (test::kafka_brokers() == nullptr) GTEST_SKIP() << "no GEOMATCH_TEST_KAFKA: no Kafka to test with";
  const std::string topic = "real-input-" + std::to_string(std::random_device{}());
  post_crash_and_check(std::string{"kafka:"} + test::kafka_brokers() + "/" + topic, 4 * slowdown,
                       [&] { return test::topic_contents(topic); });
}

}  // namespace
}  // namespace geomatch
