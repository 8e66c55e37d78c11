#include <geomatch/codec/json_writer.hpp>
#include <geomatch/codec/problem.hpp>

#include "fix_writer.hpp"

namespace geomatch::codec {
namespace {

void write_member(JsonWriter& out, std::string_view name, std::string_view text) {
  out.key(name);
  out.value(text);
}

void write_errors(JsonWriter& out, const Problem& problem) {
  if (problem.errors.empty()) {
    return;
  }
  out.key("errors");
  out.begin_array();
  for (const auto& error : problem.errors) {
    out.begin_object();
    write_member(out, problem.errors_locator, error.pointer);
    write_member(out, "detail", error.detail);
    out.end_object();
  }
  out.end_array();
}

}  // namespace

std::string encode_problem(const Problem& problem) {
  std::string json;
  JsonWriter out{json};
  out.begin_object();
  write_member(out, "type", problem.type);
  write_member(out, "title", problem.title);
  out.key("status");
  out.value(problem.status);
  write_text(out, "detail", problem.detail);
  write_text(out, "outcome", problem.outcome);
  write_errors(out, problem);
  out.end_object();
  return json;
}

}  // namespace geomatch::codec
