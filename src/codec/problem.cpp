#include <geomatch/codec/problem.hpp>

#include "fix_writer.hpp"
#include "utf8.hpp"

namespace geomatch::codec {
namespace {

// What clients have sent is repeated in details and locators, and need not be UTF-8; the answer has to be
// JSON all the same.
void write_errors(JsonWriter& out, const Problem& problem) {
  if (problem.errors.empty()) {
    return;
  }
  out.key("errors");
  out.begin_array();
  for (const auto& error : problem.errors) {
    out.begin_object();
    out.escaped_key(problem.errors_locator);
    out.value(utf8::repaired(error.pointer));
    out.key("detail");
    out.value(utf8::repaired(error.detail));
    out.end_object();
  }
  out.end_array();
}

void write_problem(JsonWriter& out, const Problem& problem) {
  out.begin_object();
  out.key("type");
  out.value(problem.type);
  out.key("title");
  out.value(problem.title);
  out.key("status");
  out.value(problem.status);
  write_text(out, "detail", utf8::repaired(problem.detail));
  write_text(out, "outcome", problem.outcome);
  write_errors(out, problem);
  out.end_object();
}

}  // namespace

std::string encode_problem(const Problem& problem) {
  std::string json;
  JsonWriter out{json};
  write_problem(out, problem);
  out.finish();
  return json;
}

}  // namespace geomatch::codec
