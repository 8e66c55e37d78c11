#pragma once

#include <atomic>
#include <cstdint>

namespace geomatch::match {

/// What every block of a pool begins with.
struct Block {
  std::atomic<std::uint64_t> birth;  ///< its era; on the shared stack of a pool, the chain below
  std::uint32_t link;                ///< the pool's, once the block is out of use: the next of a list
  std::atomic<std::uint32_t> word;   ///< the user's
};

}  // namespace geomatch::match
