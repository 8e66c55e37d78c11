#pragma once

#include "checked_map.hpp"
#include "ledger.hpp"
#include "world.hpp"

namespace geomatch::simulation {

/// What can be said of a run only when all is over.
void check_refusals(World& world, const Ledger& ledger);
void check_log_order(World& world, const Ledger& ledger);
void check_replay(World& world, const Ledger& ledger, const CheckedMap& map);

}  // namespace geomatch::simulation
