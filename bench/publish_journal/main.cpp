// The journal beside a plain file that gets the same bytes, and its reader.
//
//     publish_journal [FOLDER [SECONDS]]    where the files go (.), how long each of the rounds takes (2)
#include <cstdio>
#include <filesystem>
#include <string>

#include <geomatch/publish/resend_window.hpp>
#include <geomatch/publish/sqlite_journal.hpp>
#include <geomatch/publish/sqlite_reader.hpp>

#include "plain_file.hpp"
#include "support/load.hpp"
#include "support/series.hpp"

namespace geomatch::bench {
namespace {

constexpr std::size_t value_bytes = 250;  // a fix with its usual members
constexpr int rounds = 7;

void compare(const std::filesystem::path& folder, const Load& load) {
  publish::ResendWindow resends{std::chrono::minutes{1}, 64};
  publish::SqliteJournal journal{{.file = folder / "journal.db"}, resends};
  Series journals;
  Series plain;
  for (int round = 0; round < rounds; ++round) {
    PlainFile file{folder / "plain", resends};
    plain.add(measure(file, load));
    journals.add(measure(journal, load));
  }
  std::printf("%zu in flight%s, medians of %d rounds\n", load.in_flight,
              load.records_per_s == 0 ? "" : " at most, at a steady pace", rounds);
  plain.print("  plain");
  journals.print("  journal");
  std::printf("  journal / plain: %.2f; -wal file %.1f MiB\n", journals.rate() / plain.rate(),
              static_cast<double>(std::filesystem::file_size(folder / "journal.db-wal")) / 1048576.0);
}

void read(const std::filesystem::path& file, const char* what, model::TimePoint since) {
  const auto began = std::chrono::steady_clock::now();
  std::size_t records = 0;
  double first_s = 0;
  const auto elapsed_s = [&] {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
  };
  publish::SqliteReader{file}.replay(since, [&](const publish::Record&) {
    if (records++ == 0) first_s = elapsed_s();
  });
  std::printf("reading %s: %zu records, %.0f/s, the first after %.1f ms\n", what, records,
              static_cast<double>(records) / elapsed_s(), first_s * 1000);
}

void run(const std::filesystem::path& folder, std::chrono::milliseconds duration) {
  for (const char* name : {"journal.db", "journal.db-wal", "journal.db-shm", "journal.db.lock", "plain"}) {
    std::filesystem::remove(folder / name);
  }
  for (const std::size_t in_flight : {64, 1000}) {
    compare(folder, {.in_flight = in_flight, .value_bytes = value_bytes, .duration = duration});
  }
  compare(folder,
          {.in_flight = 10'000, .value_bytes = value_bytes, .duration = duration, .records_per_s = 20'000});
  const auto now = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
  for (int round = 0; round < 3; ++round) read(folder / "journal.db", "all", model::TimePoint{});
  read(folder / "journal.db", "the last second", now - std::chrono::seconds{1});
}

}  // namespace
}  // namespace geomatch::bench

int main(int argc, char** argv) {
  const std::filesystem::path folder = argc > 1 ? argv[1] : ".";
  const double seconds = argc > 2 ? std::stod(argv[2]) : 2;
  geomatch::bench::run(folder, std::chrono::milliseconds{static_cast<long>(seconds * 1000)});
}
