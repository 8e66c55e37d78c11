// Stands in for the C library's allocator, which it counts and calls (glibc keeps these names for that).
#include "allocations.hpp"

#include <cerrno>
#include <cstddef>

extern "C" {
void* __libc_malloc(std::size_t bytes);
void* __libc_calloc(std::size_t count, std::size_t bytes);
void* __libc_realloc(void* old, std::size_t bytes);
void* __libc_memalign(std::size_t alignment, std::size_t bytes);
}

namespace {

thread_local std::uint64_t counted = 0;

}  // namespace

extern "C" {

void* malloc(std::size_t bytes) {
  ++counted;
  return __libc_malloc(bytes);
}

void* calloc(std::size_t count, std::size_t bytes) {
  ++counted;
  return __libc_calloc(count, bytes);
}

void* realloc(void* old, std::size_t bytes) {
  ++counted;
  return __libc_realloc(old, bytes);
}

void* aligned_alloc(std::size_t alignment, std::size_t bytes) {
  ++counted;
  return __libc_memalign(alignment, bytes);
}

int posix_memalign(void** result, std::size_t alignment, std::size_t bytes) {
  ++counted;
  *result = __libc_memalign(alignment, bytes);
  return *result == nullptr ? ENOMEM : 0;
}

}  // extern "C"

namespace geomatch::bench {

std::uint64_t allocations() noexcept {
  return counted;
}

}  // namespace geomatch::bench
