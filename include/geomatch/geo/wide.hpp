#pragma once

/// Before a function whose loops gain from registers as wide as the machine has: it is compiled for several
/// of them, and the fitting one is chosen when the program is loaded. Sanitizers can't do with such
/// functions, and other machines have none.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__) && \
    !defined(__SANITIZE_THREAD__)
#define GEOMATCH_WIDE [[gnu::target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")]]
#else
#define GEOMATCH_WIDE
#endif
