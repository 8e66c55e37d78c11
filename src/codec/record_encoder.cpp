#include <variant>

#include <geomatch/codec/record.hpp>

#include "fix_writer.hpp"

namespace geomatch::codec {
namespace {

void write_requirement(JsonWriter& out, const std::vector<model::AttributeValue>& values) {
  if (values.size() == 1) {
    write_value(out, values.front());
    return;
  }
  out.begin_array();
  for (const auto& value : values) {
    write_value(out, value);
  }
  out.end_array();
}

void write_requirement(JsonWriter& out, const model::Interval& interval) {
  out.begin_object();
  if (interval.min) {
    out.key("min");
    out.value(*interval.min);
  }
  if (interval.max) {
    out.key("max");
    out.value(*interval.max);
  }
  out.end_object();
}

void write_where(JsonWriter& out, const model::Where& where) {
  if (where.empty()) {
    return;
  }
  out.key("where");
  out.begin_object();
  for (const auto& condition : where) {
    out.escaped_key(condition.name);
    std::visit([&out](const auto& form) { write_requirement(out, form); }, condition.requirement);
  }
  out.end_object();
}

// The numbers that say what the sender wants. A default isn't logged as if it had been asked for.
void write_wishes(JsonWriter& out, const Post& post) {
  if (post.given.radius_m) {
    out.key("radius_m");
    out.value(post.radius_m);
  }
  if (post.given.limit) {
    out.key("limit");
    out.value(post.limit);
  }
  if (post.max_age) {
    write_seconds(out, "max_age_s", *post.max_age);
  }
}

}  // namespace

void append_record(std::string& json, const Post& post) {
  const auto& fix = post.fix;
  JsonWriter out{json};
  out.begin_object();
  out.key("id");
  out.value(fix.id);
  write_position(out, fix.position);
  write_times(out, fix);
  write_text(out, "uuid", post.uuid);
  write_measures(out, fix);
  write_text(out, "role", fix.role);
  write_text(out, "seek", post.seek);
  write_wishes(out, post);
  if (post.given.ttl_s) {
    write_seconds(out, "ttl_s", fix.ttl);
  }
  write_attributes(out, fix.attributes);
  write_where(out, post.where);
  out.end_object();
}

}  // namespace geomatch::codec
