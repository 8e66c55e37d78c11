#include <geomatch/codec/problem.hpp>

#include "fix_writer.hpp"
#include "utf8.hpp"

namespace geomatch::codec {
namespace {

// What clients have sent is repeated here, and need not be UTF-8; the answer has to be JSON all the same.
template <class Write>
void write_valid(std::string_view text, Write write) {
  if (utf8::is_valid(text)) return write(text);
  const std::string valid = utf8::repaired(text);
  write(valid);
}

void write_errors(JsonWriter& out, const Problem& problem) {
  if (problem.errors.empty()) {
    return;
  }
  out.key("errors");
  out.begin_array();
  for (const auto& error : problem.errors) {
    out.begin_object();
    out.escaped_key(problem.errors_locator);
    write_valid(error.pointer, [&](std::string_view pointer) { out.value(pointer); });
    out.key("detail");
    write_valid(error.detail, [&](std::string_view detail) { out.value(detail); });
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
  write_valid(problem.detail, [&](std::string_view detail) { write_text(out, "detail", detail); });
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
