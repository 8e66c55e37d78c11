#include "ready_gate.hpp"

#include <geomatch/http/problems.hpp>

namespace geomatch::http {

std::optional<Reply> refusal_unless_ready(const Readiness& readiness) {
  switch (readiness.get()) {
    case Readiness::State::ready:
      return std::nullopt;
    case Readiness::State::recovering:
      return problems::unavailable("The map is being recovered from the log.");
    case Readiness::State::stopping:
      break;
  }
  return problems::unavailable("The server is shutting down.");
}

}  // namespace geomatch::http
