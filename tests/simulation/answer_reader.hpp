#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace geomatch::simulation {

/// Cuts what a client receives into answers.
class AnswerReader {
 public:
  struct Answer {
    int status = 0;
    bool closes = false;
    std::string body;
  };

  void feed(std::string_view bytes) { bytes_.append(bytes); }

  /// The next answer that is there whole; `head_only` if the request was HEAD. Interim ones are left out.
  [[nodiscard]] std::optional<Answer> next(bool head_only);

 private:
  std::string bytes_;
};

}  // namespace geomatch::simulation
