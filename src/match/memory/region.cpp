#include "region.hpp"

#include <new>

#include <sys/mman.h>

namespace geomatch::match {

Region::Region(std::size_t bytes) : bytes_(bytes) {
  void* const mapped =
      mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (mapped == MAP_FAILED) throw std::bad_alloc{};
  // Places are visited at random: with pages of 2 MiB nearly every visit spares a walk of the page table.
  // Only a hint; where the system has no such pages it changes nothing.
  madvise(mapped, bytes, MADV_HUGEPAGE);
  data_ = static_cast<std::byte*>(mapped);
}

Region::~Region() {
  munmap(data_, bytes_);
}

}  // namespace geomatch::match
