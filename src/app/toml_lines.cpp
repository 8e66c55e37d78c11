#include "toml_lines.hpp"

#include "given.hpp"

namespace geomatch::app {

std::string plain_toml(const std::string& text, const std::string& name) {
  std::string plain;
  std::size_t line = 1;
  int depth = 0;         // of brackets
  char quote = '\0';     // the one a string began with
  bool comment = false;  // up to the line's end
  const auto fail = [&](const char* what) {
    throw SettingError(name + " line " + std::to_string(line) + ": " + what);
  };

  for (const char c : text) {
    if (c == '\n') {
      if (quote != '\0') {
        fail("a string has to end on the line it begins on");
      }
      if (depth == 0) {
        plain += c;
      }
      comment = false;
      ++line;
    } else if (comment) {
      continue;
    } else if (c == '\\') {
      fail("a backslash isn't taken in a file; the flag and the environment take it");
    } else if (quote != '\0') {
      plain += c;
      quote = c == quote ? '\0' : quote;
    } else if (c == '#') {
      comment = true;
    } else if (c != ' ' && c != '\t' && c != '\r') {
      plain += c;
      quote = c == '"' || c == '\'' ? c : quote;
      depth += c == '[' ? 1 : (c == ']' ? -1 : 0);
    }
  }
  if (quote != '\0' || depth != 0) {
    fail(depth != 0 ? "the brackets don't match" : "a string has no end");
  }
  return plain;
}

}  // namespace geomatch::app
