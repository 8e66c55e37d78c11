#include "members.hpp"

#include <cstdint>
#include <string>

#include "seen_names.hpp"

namespace geomatch::codec {
namespace {

// Which rules' members were met, a bit each.
class Met {
 public:
  // False if it was met before.
  bool add(std::size_t rule) noexcept {
    const auto before = bits_;
    bits_ |= bit(rule);
    return bits_ != before;
  }
  [[nodiscard]] bool has(std::size_t rule) const noexcept { return (bits_ & bit(rule)) != 0; }

 private:
  static_assert(MemberTable::max_rules <= 32);

  [[nodiscard]] static std::uint32_t bit(std::size_t rule) noexcept { return std::uint32_t{1} << rule; }

  std::uint32_t bits_ = 0;
};

void read_known(JsonScanner& in, const MemberRule& rule, Draft& draft) {
  if (!rule.read(in, draft)) {
    draft.complain({rule.name}, "must be " + std::string{rule.takes});
  }
}

void complain_of_missing(const MemberTable& table, const Met& met, Draft& draft) {
  for (std::size_t number = 0; const auto& rule : table.rules()) {
    if (rule.required && !met.has(number)) {
      draft.complain({rule.name}, "is required: " + std::string{rule.takes});
    }
    ++number;
  }
}

void read_object(JsonScanner& in, const MemberTable& table, Draft& draft) {
  Met met;
  SeenNames others;  // the repeated ones among the known too
  in.begin_object();
  while (in.next_member()) {
    const auto number = table.find(in.name());
    if (number != MemberTable::none && met.add(number)) {
      read_known(in, table.rules()[number], draft);
      continue;
    }
    const std::size_t known = number != MemberTable::none ? 1 : 0;
    draft.complain_of_repetition({in.name()}, known + others.add(in.name()));
    in.skip();
  }
  complain_of_missing(table, met, draft);
}

}  // namespace

bool read_members(JsonScanner& in, const MemberTable& table, Draft& draft) {
  if (in.peek() == '{') {
    read_object(in, table, draft);
  } else {
    in.skip();
    draft.complain({}, "must be an object");
  }
  return in.finished();
}

}  // namespace geomatch::codec
