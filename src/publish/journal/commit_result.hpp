#pragma once

#include <string>

#include <geomatch/publish/outcome.hpp>

namespace geomatch::publish {

/// How a commit to the journal ended.
struct CommitResult {
  Outcome outcome = Outcome::published;
  std::string failure;  ///< empty when it was well
};

}  // namespace geomatch::publish
