#include "faulty_vfs.hpp"

#include <condition_variable>
#include <cstring>
#include <mutex>
#include <new>
#include <stdexcept>

#include <sqlite3.h>

namespace geomatch::publish {

struct FaultyVfs::State {
  mutable std::mutex mutex;
  Operation operation{};
  std::string suffix;
  int result = SQLITE_OK;
  int after = 0;
  int error = 0;
  int failures = 0;

  std::string stalled_suffix;
  int stalled = 0;
  std::condition_variable healed;

  void await_write(const std::string& name) {
    std::unique_lock lock{mutex};
    const auto stalls = [&] { return !stalled_suffix.empty() && name.ends_with(stalled_suffix); };
    if (!stalls()) return;
    ++stalled;
    healed.wait(lock, [&] { return !stalls(); });
    --stalled;
  }

  int last_error() const {
    const std::lock_guard lock{mutex};
    return failures == 0 ? 0 : error;
  }

  // What the operation gives before it is tried.
  int outcome(Operation what, const std::string& name) {
    const std::lock_guard lock{mutex};
    if (result == SQLITE_OK || what != operation || !name.ends_with(suffix)) return SQLITE_OK;
    if (after-- > 0) return SQLITE_OK;
    ++failures;
    return result;
  }
};

namespace {

sqlite3_vfs* real_vfs = nullptr;
sqlite3_vfs faulty_vfs;

}  // namespace

// A file of SQLite's with the real one behind it.
struct FaultyFile {
  sqlite3_file base;
  std::string name;
  std::shared_ptr<FaultyVfs::State> state;

  using Operation = FaultyVfs::Operation;

  static FaultyFile& of(sqlite3_file* file) { return *reinterpret_cast<FaultyFile*>(file); }
  static sqlite3_file* real(sqlite3_file* file) {
    return reinterpret_cast<sqlite3_file*>(reinterpret_cast<char*>(file) + sizeof(FaultyFile));
  }
  static int outcome(sqlite3_file* file, Operation operation) {
    return of(file).state->outcome(operation, of(file).name);
  }

  // Passes a call on to the real file.
  template <auto Method, typename... Arguments>
  static auto pass(sqlite3_file* file, Arguments... arguments) {
    return (real(file)->pMethods->*Method)(real(file), arguments...);
  }

  static int close(sqlite3_file* file) {
    const int result = pass<&sqlite3_io_methods::xClose>(file);
    of(file).~FaultyFile();
    return result;
  }
  static int write(sqlite3_file* file, const void* bytes, int count, sqlite3_int64 offset) {
    of(file).state->await_write(of(file).name);
    if (const int result = outcome(file, Operation::write)) {
      pass<&sqlite3_io_methods::xWrite>(file, bytes, count / 2, offset);
      return result;
    }
    return pass<&sqlite3_io_methods::xWrite>(file, bytes, count, offset);
  }
  static int truncate(sqlite3_file* file, sqlite3_int64 size) {
    if (const int result = outcome(file, Operation::truncate)) return result;
    return pass<&sqlite3_io_methods::xTruncate>(file, size);
  }
  static int sync(sqlite3_file* file, int flags) {
    if (const int result = outcome(file, Operation::sync)) return result;
    return pass<&sqlite3_io_methods::xSync>(file, flags);
  }
  static int control(sqlite3_file* file, int operation, void* argument) {
    if (operation != SQLITE_FCNTL_LAST_ERRNO) {
      return pass<&sqlite3_io_methods::xFileControl>(file, operation, argument);
    }
    *static_cast<int*>(argument) = of(file).state->last_error();
    return SQLITE_OK;
  }
  static const sqlite3_io_methods& methods();

  static int open(sqlite3_vfs* /*vfs*/, const char* name, sqlite3_file* file, int flags, int* flags_out);
};

// Those that never fail here.
const sqlite3_io_methods& FaultyFile::methods() {
  using M = sqlite3_io_methods;
  static const M methods{
      .iVersion = 2,  // with shared memory, without memory mapping
      .xClose = &close,
      .xRead = [](sqlite3_file* f, void* b, int n, sqlite3_int64 at) { return pass<&M::xRead>(f, b, n, at); },
      .xWrite = &write,
      .xTruncate = &truncate,
      .xSync = &sync,
      .xFileSize = [](sqlite3_file* f, sqlite3_int64* size) { return pass<&M::xFileSize>(f, size); },
      .xLock = [](sqlite3_file* f, int level) { return pass<&M::xLock>(f, level); },
      .xUnlock = [](sqlite3_file* f, int level) { return pass<&M::xUnlock>(f, level); },
      .xCheckReservedLock = [](sqlite3_file* f, int* held) { return pass<&M::xCheckReservedLock>(f, held); },
      .xFileControl = &control,
      .xSectorSize = [](sqlite3_file* f) { return pass<&M::xSectorSize>(f); },
      .xDeviceCharacteristics = [](sqlite3_file* f) { return pass<&M::xDeviceCharacteristics>(f); },
      .xShmMap = [](sqlite3_file* f, int page, int size, int extend,
                    void volatile** out) { return pass<&M::xShmMap>(f, page, size, extend, out); },
      .xShmLock = [](sqlite3_file* f, int at, int n,
                     int flags) { return pass<&M::xShmLock>(f, at, n, flags); },
      .xShmBarrier = [](sqlite3_file* f) { pass<&M::xShmBarrier>(f); },
      .xShmUnmap = [](sqlite3_file* f, int remove) { return pass<&M::xShmUnmap>(f, remove); },
      .xFetch = nullptr,
      .xUnfetch = nullptr};
  return methods;
}

int FaultyFile::open(sqlite3_vfs* /*vfs*/, const char* name, sqlite3_file* file, int flags, int* flags_out) {
  auto* faulty =
      new (file) FaultyFile{.base = {}, .name = name == nullptr ? "" : name, .state = FaultyVfs::state()};
  std::memset(real(file), 0, static_cast<std::size_t>(real_vfs->szOsFile));
  const int result = real_vfs->xOpen(real_vfs, name, real(file), flags, flags_out);
  if (result == SQLITE_OK) {
    file->pMethods = &methods();
  } else {
    faulty->~FaultyFile();
    file->pMethods = nullptr;
  }
  return result;
}

std::shared_ptr<FaultyVfs::State>& FaultyVfs::state() {
  static std::shared_ptr<State> state;
  return state;
}

FaultyVfs::FaultyVfs() {
  if (state()) throw std::logic_error("one FaultyVfs at a time");
  state() = std::make_shared<State>();
  real_vfs = sqlite3_vfs_find(nullptr);
  faulty_vfs = *real_vfs;
  faulty_vfs.pNext = nullptr;
  faulty_vfs.zName = "faulty";
  faulty_vfs.szOsFile = static_cast<int>(sizeof(FaultyFile)) + real_vfs->szOsFile;
  faulty_vfs.xOpen = &FaultyFile::open;
  sqlite3_vfs_register(&faulty_vfs, 1);
}

FaultyVfs::~FaultyVfs() {
  sqlite3_vfs_unregister(&faulty_vfs);
  sqlite3_vfs_register(real_vfs, 1);
  state().reset();
}

void FaultyVfs::fail(Operation operation, std::string suffix, int result, int after, int error) {
  const std::lock_guard lock{state()->mutex};
  state()->operation = operation;
  state()->suffix = std::move(suffix);
  state()->result = result;
  state()->after = after;
  state()->error = error;
  state()->failures = 0;
}

void FaultyVfs::stall_writes(std::string suffix) {
  const std::lock_guard lock{state()->mutex};
  state()->stalled_suffix = std::move(suffix);
}

bool FaultyVfs::has_stalled() const {
  const std::lock_guard lock{state()->mutex};
  return state()->stalled != 0;
}

void FaultyVfs::heal() {
  const std::lock_guard lock{state()->mutex};
  state()->result = SQLITE_OK;
  state()->stalled_suffix.clear();
  state()->healed.notify_all();
}

int FaultyVfs::failures() const {
  const std::lock_guard lock{state()->mutex};
  return state()->failures;
}

}  // namespace geomatch::publish
