// decode_post and decode_record, and what else could take a body apart.
#include <string>

#include <benchmark/benchmark.h>

#include <geomatch/codec/post_decoder.hpp>
#include <geomatch/codec/record.hpp>

#include "bodies.hpp"
#include "measured.hpp"
#include "references.hpp"

namespace geomatch::bench {
namespace {

void decode_post(benchmark::State& state, std::string_view body) {
  codec::Post post;
  const codec::DecodeLimits limits;
  measure(state, [&] {
    if (codec::decode_post(body, received_at, limits, post)) state.SkipWithError("refused");
    benchmark::DoNotOptimize(&post);
    return body.size();
  });
}

void decode_record(benchmark::State& state, std::string_view body) {
  codec::Post post;
  if (codec::decode_post(body, received_at, {}, post)) return state.SkipWithError("refused");
  std::string value;
  codec::append_record(value, post);
  codec::Record record;
  measure(state, [&] {
    if (!codec::decode_record(value, record)) state.SkipWithError("refused");
    benchmark::DoNotOptimize(&record);
    return value.size();
  });
}

void reference(benchmark::State& state, const Reference& by, std::string_view body) {
  Members members;
  measure(state, [&] {
    if (!by.read(body, members)) state.SkipWithError("refused");
    benchmark::DoNotOptimize(&members);
    return body.size();
  });
  if (members.id != "driver-12345" || members.lat_deg != 31.2306412 || members.limit != 10) {
    state.SkipWithError("read wrong");
  }
}

void register_for(const std::string& name, std::string_view body) {
  const auto add = [&](const std::string& what, auto run) {
    benchmark::RegisterBenchmark((what + '/' + name).c_str(), run);
  };
  add("decode_post", [body](benchmark::State& state) { decode_post(state, body); });
  add("decode_record", [body](benchmark::State& state) { decode_record(state, body); });
  for (const Reference& by : references()) {
    add(std::string{by.name}, [&by, body](benchmark::State& state) { reference(state, by, body); });
  }
}

[[maybe_unused]] const bool registered = [] {
  static const std::string large = body_of_4_kb();
  register_for("usual", usual_body);
  register_for("full", full_body);
  register_for("4KB", large);
  return true;
}();

}  // namespace
}  // namespace geomatch::bench
