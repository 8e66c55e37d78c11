#include <geomatch/codec/record.hpp>

#include "fix_members.hpp"
#include "members.hpp"
#include "record_members.hpp"

namespace geomatch::codec {
namespace {

constexpr MemberTable members_of_record{fix_members::rules, record_members::rules};

}  // namespace

bool decode_record(std::string_view value, Record& record) {
  Draft draft{.fix = record.fix, .uuid = record.uuid};
  draft.begin({});
  JsonScanner in{value};
  if (!read_members(in, members_of_record, draft) || !draft.errors.empty()) {
    return false;
  }
  draft.finish();
  return true;
}

}  // namespace geomatch::codec
