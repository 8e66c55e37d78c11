#include <geomatch/codec/json_writer.hpp>
#include <geomatch/codec/problem.hpp>

namespace geomatch::codec {
namespace {

void write_text(JsonWriter& out, std::string_view name, std::string_view text) {
  out.key(name);
  out.value(text);
}

void write_errors(JsonWriter& out, std::span<const MemberError> errors) {
  out.key("errors");
  out.begin_array();
  for (const auto& error : errors) {
    out.begin_object();
    write_text(out, "pointer", error.pointer);
    write_text(out, "detail", error.detail);
    out.end_object();
  }
  out.end_array();
}

}  // namespace

std::string encode_problem(const Problem& problem) {
  std::string json;
  JsonWriter out{json};
  out.begin_object();
  write_text(out, "type", problem.type);
  write_text(out, "title", problem.title);
  out.key("status");
  out.value(problem.status);
  write_text(out, "detail", problem.detail);
  if (!problem.outcome.empty()) {
    write_text(out, "outcome", problem.outcome);
  }
  if (!problem.errors.empty()) {
    write_errors(out, problem.errors);
  }
  out.end_object();
  return json;
}

}  // namespace geomatch::codec
