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

// Ten drivers, as a query finds them.
class TenMatches {
 public:
  explicit TenMatches(const model::Attributes& attributes = {})
      : packed_(model::PackedAttributes::bytes_for(attributes), ' ') {
    model::PackedAttributes::pack(attributes, packed_.data());
    for (int i = 0; i < 10; ++i) ids_.push_back("driver-" + std::to_string(48'271 + 7919 * i));
    for (int i = 0; i < 10; ++i) {
      matches_.push_back({.id = ids_[static_cast<std::size_t>(i)],
                          .position = {312'306'412 + 1237 * i, 1'214'737'123 - 4211 * i},
                          .timestamp = received_at - model::Milliseconds{1234 + 377 * i},
                          .role = "driver",
                          .attributes = {packed_.data(), attributes.size()},
                          .distance_m = 17.318 * (i + 1),
                          .bearing_deg = 33.17 * i});
    }
  }

  void append_to(std::string& json) const {
    codec::append_matches(json, received_at, [&](model::MatchVisitor visit) {
      for (const model::MatchView& match : matches_) visit(match);
    });
  }

 private:
  std::string packed_;
  std::vector<std::string> ids_;
  std::vector<model::MatchView> matches_;
};

void encode_matches(benchmark::State& state, bool with_attributes) {
  const model::Attributes some{{"seats", 4.0}, {"pets", true}, {"color", "red"}};
  const TenMatches matches{with_attributes ? some : model::Attributes{}};
  std::string json;
  measure(state, [&] {
    json.clear();
    matches.append_to(json);
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
  TenMatches{}.append_to(matches);
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
