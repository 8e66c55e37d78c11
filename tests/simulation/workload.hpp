#pragma once

#include <string>
#include <vector>

#include "asked.hpp"

namespace geomatch::simulation {

/// What clients ask: posts, with uuids and without, resends of anybody's, removals, reads, and what is wrong.
class Workload {
 public:
  Workload(World& world, Ledger& ledger) : world_(world), ledger_(ledger) {}

  /// The next request, for connection number `connection`.
  [[nodiscard]] Asked next(std::size_t connection);

 private:
  [[nodiscard]] std::string some_id();
  [[nodiscard]] Asked post(std::size_t connection);
  [[nodiscard]] Asked removal(std::size_t connection);
  [[nodiscard]] Asked read();
  [[nodiscard]] Asked wrong();
  [[nodiscard]] std::string post_body(const Asked& asked, const std::string& uuid);
  [[nodiscard]] std::string place();

  World& world_;
  Ledger& ledger_;
  std::vector<std::size_t> with_uuid_;  // attempts
};

}  // namespace geomatch::simulation
