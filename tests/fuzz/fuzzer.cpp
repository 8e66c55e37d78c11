// libFuzzer's entry point; scripts/fuzz builds and runs it. Not part of the tests.
#include <cstddef>
#include <cstdint>

#include "fuzzed_server.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  geomatch::fuzz::serve({reinterpret_cast<const char*>(data), size});
  return 0;
}
