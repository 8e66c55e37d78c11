#include "grid/record.hpp"

#include <memory>
#include <random>

#include <gtest/gtest.h>

#include "support/seed.hpp"

namespace geomatch::match {
namespace {

class RecordTest : public testing::Test {
 protected:
  const Record& written(const model::Fix& fix) {
    memory_ = std::make_unique<std::byte[]>(Record::bytes_for(fix) + 8);
    auto& record = *reinterpret_cast<Record*>(memory_.get());
    record.write(fix, 3);
    return record;
  }

  std::string text(std::size_t most) {
    std::string text(random_() % (most + 1), ' ');
    for (char& c : text) c = static_cast<char>('a' + random_() % 26);
    return text;
  }

  model::AttributeValue value() {
    switch (random_() % 3) {
      case 0:
        return random_() % 2 == 0;
      case 1:
        return static_cast<double>(random_() % 5);
      default:
        return text(2);
    }
  }

  model::Fix fix() {
    model::Fix fix;
    fix.id = "i" + text(127);
    fix.role = text(32);
    fix.position = {static_cast<std::int32_t>(random_() % 1'800'000'001 - 900'000'000),
                    static_cast<std::int32_t>(random_() % 3'600'000'001 - 1'800'000'000)};
    fix.timestamp = model::TimePoint{model::Milliseconds{static_cast<std::int64_t>(random_() >> 20)}};
    fix.received_at = fix.timestamp + model::Milliseconds{static_cast<std::int32_t>(random_())};
    fix.ttl = model::Milliseconds{1 + random_() % 86'400'000};
    for (auto measure : {&model::Fix::accuracy_m, &model::Fix::altitude_m, &model::Fix::speed_mps,
                         &model::Fix::heading_deg}) {
      if (random_() % 2 == 0) fix.*measure = static_cast<double>(random_()) / 7;
    }
    for (std::size_t i = random_() % 17; i != 0; --i)
      fix.attributes.push_back({text(3) + std::to_string(i), value()});
    return fix;
  }

  std::mt19937_64 random_{test::seed()};
  std::unique_ptr<std::byte[]> memory_;
};

TEST_F(RecordTest, GivesBackWhatWasWritten) {
  model::Fix got;  // what it held before leaves nothing behind
  for (int i = 0; i < 5'000; ++i) {
    const model::Fix given = fix();
    const Record& record = written(given);
    ASSERT_EQ(record.id(), given.id);
    ASSERT_EQ(record.role(), given.role);
    ASSERT_EQ(record.position(), given.position);
    ASSERT_EQ(record.expires_at(), given.expires_at());
    ASSERT_EQ(record.size(), 3U);
    record.read(got);
    ASSERT_EQ(got, given);
  }
}

TEST_F(RecordTest, MeetsConditionsAsTheModelSays) {
  int met = 0;
  for (int i = 0; i < 20'000; ++i) {
    const model::Fix given = fix();
    const Record& record = written(given);
    model::Where where;
    for (std::size_t n = random_() % 3; n != 0; --n) {
      const std::string name = given.attributes.empty() || random_() % 4 == 0
                                   ? text(3)
                                   : given.attributes[random_() % given.attributes.size()].name;
      if (random_() % 2 == 0) {
        where.push_back({name, model::Interval{1, 3}});
      } else {
        where.push_back({name, std::vector<model::AttributeValue>{value(), value()}});
      }
    }
    ASSERT_EQ(record.satisfies(where), model::satisfies(given.attributes, where));
    if (!where.empty() && record.satisfies(where)) ++met;
  }
  EXPECT_GT(met, 500);
}

TEST_F(RecordTest, AUsualOneIsALineOfTheCache) {
  model::Fix usual;
  usual.id = "driver-123456";
  usual.role = "driver";
  EXPECT_LE(Record::bytes_for(usual), 64U);
}

TEST_F(RecordTest, ADeletionMarkGoesBesideAFix) {
  model::Fix got;
  for (int i = 0; i < 2'000; ++i) {
    const model::Fix given = fix();
    EXPECT_FALSE(written(given).deleted_at());
    const model::TimePoint deleted_at{model::Milliseconds{static_cast<std::int64_t>(random_() >> 20)}};
    unsigned size = 0;
    while (Record::unit_bytes << size < Record::bytes_for(given, deleted_at)) ++size;
    memory_ = std::make_unique<std::byte[]>(Record::unit_bytes << size);
    auto& record = *reinterpret_cast<Record*>(memory_.get());
    record.write(given, size, deleted_at);
    ASSERT_EQ(record.deleted_at(), deleted_at);
    record.read(got);
    ASSERT_EQ(got, given);
  }
}

TEST_F(RecordTest, AMarkAloneTakesNoMoreThanItsEntityDid) {
  const model::Fix given = fix();
  EXPECT_LE(Record::bytes_for(std::string_view{given.id}), Record::bytes_for(given));
  memory_ = std::make_unique<std::byte[]>(4 * Record::unit_bytes);
  auto& record = *reinterpret_cast<Record*>(memory_.get());
  record.write(std::string_view{given.id}, 2);
  EXPECT_FALSE(record.deleted_at());
  record.write(std::string_view{given.id}, 2, given.timestamp);
  EXPECT_EQ(record.id(), given.id);
  EXPECT_EQ(record.deleted_at(), given.timestamp);
}

TEST_F(RecordTest, AReceiptFarFromItsTimestampIsKeptAsFarAsItGoes) {
  model::Fix odd;
  odd.received_at = odd.timestamp + std::chrono::hours{24 * 365};
  model::Fix got;
  written(odd).read(got);
  EXPECT_EQ(got.received_at - got.timestamp, model::Milliseconds{std::numeric_limits<std::int32_t>::max()});
}

}  // namespace
}  // namespace geomatch::match
