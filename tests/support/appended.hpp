#pragma once

#include <string>

namespace geomatch::test {

/// What `append(text, arguments...)` appends, as a text of its own.
template <class Append, class... Arguments>
[[nodiscard]] std::string appended(const Append& append, const Arguments&... arguments) {
  std::string text;
  append(text, arguments...);
  return text;
}

}  // namespace geomatch::test
