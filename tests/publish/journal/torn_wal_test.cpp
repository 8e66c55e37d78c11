// What a crash leaves of a journal's -wal file: cut off, or with something else in it from some place on.
#include <fstream>
#include <random>

#include "journal_fixture.hpp"
#include "support/command_output.hpp"
#include "support/scale.hpp"
#include "support/seed.hpp"

namespace geomatch::publish {
namespace {

class TornWalTest : public JournalFixture {
 protected:
  void SetUp() override {
    const std::filesystem::path live = folder_ / "live.db";
    auto journal = open({.file = live});
    const std::filesystem::path wal = live.string() + "-wal";
    for (std::size_t i = 0; i < 20; ++i) {
      std::vector<Record> records;
      for (std::size_t n = 0; n <= i % 7 * 10; ++n) records.push_back(record("a", std::to_string(number_++)));
      publish_all(*journal, std::move(records));
      told_.push_back({.wal_bytes = std::filesystem::file_size(wal), .records = accepted_});
    }
    all_ = recorder_.published();
    // By a program of its own: closing a file here would drop the locks on it.
    test::command_output("cp " + live.string() + " " + (folder_ / "crashed.db").string());
    test::command_output("cp " + wal.string() + " " + crashed_wal_.string());
  }

  // Opens what the crash left and expects the first of the records, all that were told before `torn_at` among
  // them.
  void expect_what_was_told(std::uintmax_t torn_at) {
    ASSERT_EQ(failure_to_open(), "") << torn_at;
    const std::vector<Record> left = replay();
    std::size_t told = 0;
    for (const auto& [wal_bytes, records] : told_) {
      if (wal_bytes <= torn_at) told = records;
    }
    ASSERT_GE(left.size(), told) << torn_at;
    ASSERT_LE(left.size(), all_.size());
    ASSERT_TRUE(std::equal(left.begin(), left.end(), all_.begin())) << torn_at;
  }

  // As it was at the crash; gives the -wal file's name.
  std::filesystem::path restore() {
    const std::filesystem::path wal = path_.string() + "-wal";
    std::filesystem::remove(path_.string() + "-shm");
    std::filesystem::copy_file(folder_ / "crashed.db", path_,
                               std::filesystem::copy_options::overwrite_existing);
    std::filesystem::copy_file(crashed_wal_, wal, std::filesystem::copy_options::overwrite_existing);
    return wal;
  }

  struct Told {
    std::uintmax_t wal_bytes;
    std::size_t records;
  };

  const std::filesystem::path crashed_wal_ = folder_ / "crashed.db-wal";
  std::vector<Told> told_;
  std::vector<Record> all_;
  int number_ = 0;
};

TEST_F(TornWalTest, CutOffAnywhere) {
  std::mt19937_64 random{test::seed()};
  const auto size = std::filesystem::file_size(crashed_wal_);
  std::vector<std::uintmax_t> places{0, 1, 31, 32, 33, 55, 56, 57, size - 1, size};
  for (const Told& told : told_)
    places.insert(places.end(), {told.wal_bytes - 1, told.wal_bytes, told.wal_bytes + 1});
  for (std::size_t i = 0; i < test::scaled(100); ++i) places.push_back(random() % size);
  for (const auto place : places) {
    std::filesystem::resize_file(restore(), std::min(place, size));
    expect_what_was_told(place);
  }
}

TEST_F(TornWalTest, SomethingElseInItAnywhere) {
  std::mt19937_64 random{test::seed()};
  const auto size = std::filesystem::file_size(crashed_wal_);
  for (std::size_t i = 0; i < test::scaled(120); ++i) {
    const auto place = random() % size;
    std::fstream wal{restore(), std::ios::in | std::ios::out | std::ios::binary};
    wal.seekp(static_cast<std::streamoff>(place));
    for (auto bytes = 1 + random() % 10'000; bytes != 0; --bytes) wal.put(static_cast<char>(random()));
    wal.close();
    expect_what_was_told(place);
  }
}

TEST_F(TornWalTest, AFlippedBitAnywhere) {
  std::mt19937_64 random{test::seed()};
  const auto size = std::filesystem::file_size(crashed_wal_);
  for (std::size_t i = 0; i < test::scaled(120); ++i) {
    const auto place = random() % size;
    std::fstream wal{restore(), std::ios::in | std::ios::out | std::ios::binary};
    wal.seekg(static_cast<std::streamoff>(place));
    const int byte = wal.get();
    wal.seekp(static_cast<std::streamoff>(place));
    wal.put(static_cast<char>(byte ^ (1 << random() % 8)));
    wal.close();
    expect_what_was_told(place);
  }
}

}  // namespace
}  // namespace geomatch::publish
