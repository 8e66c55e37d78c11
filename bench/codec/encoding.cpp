// What an answer and a record cost to write.
#include <array>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>

#include <geomatch/codec/post_decoder.hpp>
#include <geomatch/codec/record.hpp>
#include <geomatch/codec/replies.hpp>

#include "bodies.hpp"
#include "measured.hpp"

namespace geomatch::bench {
namespace {

struct Found {
  model::Fix fix;
  double distance_m = 0;
  double bearing_deg = 0;
};

// Ten drivers, as a query finds them.
std::vector<Found> ten_matches() {
  std::vector<Found> matches;
  for (int i = 0; i < 10; ++i) {
    Found found{.fix = {}, .distance_m = 17.318 * (i + 1), .bearing_deg = 33.17 * i};
    found.fix.id = "driver-" + std::to_string(48'271 + 7919 * i);
    found.fix.position = {312'306'412 + 1237 * i, 1'214'737'123 - 4211 * i};
    found.fix.timestamp = received_at - model::Milliseconds{1234 + 377 * i};
    found.fix.role = "driver";
    matches.push_back(std::move(found));
  }
  return matches;
}

void encode_matches(benchmark::State& state, bool with_attributes) {
  auto matches = ten_matches();
  if (with_attributes) {
    for (Found& found : matches) found.fix.attributes = {{"seats", 4.0}, {"pets", true}, {"color", "red"}};
  }
  std::string json;
  measure(state, [&] {
    json.clear();
    codec::append_matches(json, matches, received_at);
    benchmark::DoNotOptimize(json.data());
    return json.size();
  });
}

void encode_record(benchmark::State& state, std::string_view body) {
  codec::Post post;
  if (codec::decode_post(body, received_at, {}, post)) return state.SkipWithError("refused");
  std::string json;
  measure(state, [&] {
    json.clear();
    codec::append_record(json, post);
    benchmark::DoNotOptimize(json.data());
    return json.size();
  });
}

void encode_match_reply(benchmark::State& state) {
  std::string matches;
  codec::append_matches(matches, ten_matches(), received_at);
  std::string json;
  measure(state, [&] {
    json.clear();
    codec::append_match_reply(json, "driver-12345", "accepted", matches);
    benchmark::DoNotOptimize(json.data());
    return json.size();
  });
}

BENCHMARK_CAPTURE(encode_matches, ten, false);
BENCHMARK_CAPTURE(encode_matches, ten_with_attributes, true);
BENCHMARK(encode_match_reply);
BENCHMARK_CAPTURE(encode_record, usual, usual_body);
BENCHMARK_CAPTURE(encode_record, full, full_body);

}  // namespace
}  // namespace geomatch::bench

BENCHMARK_MAIN();
