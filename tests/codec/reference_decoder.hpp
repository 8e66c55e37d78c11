#pragma once

#include <algorithm>
#include <chrono>
#include <cmath>
#include <functional>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <geomatch/codec/decode_error.hpp>
#include <geomatch/codec/decode_limits.hpp>
#include <geomatch/codec/entity_id.hpp>
#include <geomatch/codec/post.hpp>
#include <geomatch/codec/rfc3339.hpp>

#include "reference_json.hpp"

namespace geomatch::codec::reference {

/// The rules of a post's members once more, on nlohmann's tree and with no thought of speed: what decode_post
/// has to agree with.
class Decoder {
 public:
  Decoder(model::TimePoint received_at, const DecodeLimits& limits) : limits_(limits) {
    post.fix.received_at = received_at;
    post.fix.timestamp = received_at;
  }

  Post post;
  std::vector<MemberError> errors;

  void read(const Node& root) {
    const auto* object = root.as<Node::Object>();
    if (object == nullptr) return complain("", "must be an object");
    each_once(*object, "", [&](const std::string& name, const Node& value) {
      const auto rule = rules_.find(name);
      if (rule != rules_.end() && !rule->second.read(value))
        complain('/' + name, "must be " + rule->second.takes);
    });
    for (const auto* name : {"id", "lat", "lon"}) {
      if (std::ranges::none_of(*object, [&](const auto& member) { return member.name == name; })) {
        complain(std::string{"/"} + name, "is required: " + rules_.at(name).takes);
      }
    }
    post.fix.position = geo::Position::from_degrees(lat_, lon_);
  }

 private:
  using Read = std::function<bool(const Node&)>;
  struct Rule {
    std::string takes;
    Read read;
  };
  using Limit = std::numeric_limits<double>;

  void complain(const std::string& pointer, const std::string& detail) {
    errors.push_back({pointer, detail});
  }

  // `path` and a name that may have anything in it.
  static std::string below(const std::string& path, const std::string& name) {
    std::string pointer = path + '/';
    for (const char c : name) pointer += c == '~' ? "~0" : c == '/' ? "~1" : std::string{c};
    return pointer;
  }

  // Each member that is there for the first time; a complaint for those that are there again, once.
  template <class Read>
  void each_once(const Node::Object& object, const std::string& path, const Read& read) {
    std::map<std::string, int> times;
    for (const auto& [name, value] : object) {
      const int before = times[name]++;
      if (before == 0) read(name, value);
      if (before == 1) complain(below(path, name), "must not be repeated");
    }
  }

  static Read text(std::string& where, std::size_t most) {
    return [&where, most](const Node& node) {
      const auto* found = node.as<std::string>();
      if (found != nullptr && found->size() <= most) where = *found;
      return found != nullptr && found->size() <= most;
    };
  }
  static Read number(double least, double most, std::function<void(double)> keep) {
    return [=](const Node& node) {
      const auto* found = node.as<Node::Number>();
      const bool good = found != nullptr && least <= found->value && found->value <= most;
      if (good) keep(found->value);
      return good;
    };
  }
  static Read measure(std::optional<double>& where, bool may_be_negative, double most) {
    return [&where, may_be_negative, most](const Node& node) {
      const auto* found = node.as<Node::Number>();
      if (found != nullptr && (may_be_negative || found->value >= 0)) where = found->value;
      return node.as<std::monostate>() != nullptr || (found != nullptr && where.value_or(0) <= most);
    };
  }
  static model::Milliseconds milliseconds(double seconds) {
    using namespace std::chrono;
    const auto longest = sys_days{year{10'000} / 1 / 1} - sys_days{year{1} / 1 / 1};
    const auto rounded = std::round(seconds * 1000);
    if (rounded >= static_cast<double>(model::Milliseconds{longest}.count())) return longest;
    return model::Milliseconds{std::max<std::int64_t>(1, static_cast<std::int64_t>(rounded))};
  }

  bool read_timestamp(const Node& node) {
    using namespace std::chrono;
    std::optional<model::TimePoint> time;
    if (const auto* found = node.as<std::string>()) time = parse_rfc3339(*found);
    if (const auto* found = node.as<Node::Number>()) {
      const double cut = std::trunc(found->value);
      if (-62'135'596'800'000 <= cut && cut < 253'402'300'800'000) {
        time = model::TimePoint{model::Milliseconds{static_cast<std::int64_t>(cut)}};
      }
    }
    if (!time) return false;
    const model::TimePoint first{sys_days{year{2000} / 1 / 1}};
    if (*time < first) {
      const double as_seconds_ms = static_cast<double>(time->time_since_epoch().count()) * 1000;
      if (node.as<Node::Number>() == nullptr || as_seconds_ms < 946'684'800'000 ||
          as_seconds_ms >= 253'402'300'800'000) {
        return false;
      }
      complain("/timestamp", "must be epoch milliseconds; this looks like seconds: multiply it by 1000");
      return true;
    }
    post.fix.timestamp = *time - post.fix.received_at > limits_.max_clock_skew ? post.fix.received_at : *time;
    return true;
  }

  std::optional<model::AttributeValue> fact(const Node& node, const std::string& path) {
    if (const auto* found = node.as<std::string>()) return *found;
    if (const auto* found = node.as<bool>()) return *found;
    const auto* found = node.as<Node::Number>();
    if (found != nullptr && found->exact) return found->value;
    complain(path,
             found == nullptr
                 ? "must be a string, a number, true or false"
                 : "must be from -9007199254740992 to 9007199254740992 as an integer: send it as a string");
    return {};
  }

  // Has `read` take each member of an object of facts; false: it is none.
  template <class Read>
  bool facts(const Node& node, const std::string& path, const Read& read) {
    const auto* object = node.as<Node::Object>();
    if (object == nullptr || object->size() > 16) return false;
    each_once(*object, path, [&](const std::string& name, const Node& value) {
      if (name.empty() || name.size() > 64) {
        complain(below(path, name), "must have a name of 1 to 64 bytes");
      } else {
        read(name, value);
      }
    });
    return true;
  }

  bool read_attributes(const Node& node) {
    std::size_t bytes = 0;
    const bool good = facts(node, "/attributes", [&](const std::string& name, const Node& value) {
      auto found = fact(value, below("/attributes", name));
      if (!found) return;
      const auto* text = std::get_if<std::string>(&*found);
      bytes += name.size() + (text != nullptr ? text->size() : 0);
      post.fix.attributes.push_back({name, *found});
    });
    if (bytes > limits_.max_attributes_bytes) {
      complain("/attributes", "must have names and texts of at most " +
                                  std::to_string(limits_.max_attributes_bytes) + " bytes together");
    }
    return good;
  }

  std::optional<model::Requirement> list(const Node::Array& nodes, const std::string& path) {
    std::vector<model::AttributeValue> values;
    if (nodes.size() > 64) {
      complain(path, "must be a list of at most 64 values");
      return {};
    }
    for (std::size_t i = 0; i < nodes.size(); ++i) {
      if (auto value = fact(nodes[i], path + '/' + std::to_string(i))) values.push_back(*value);
    }
    return values;
  }

  std::optional<model::Requirement> interval(const Node::Object& object, const std::string& path) {
    model::Interval made;
    const auto before = errors.size();
    each_once(object, path, [&](const std::string& name, const Node& value) {
      if (name != "min" && name != "max") return;
      const auto* bound = value.as<Node::Number>();
      if (bound == nullptr) return complain(below(path, name), "must be a number");
      (name == "min" ? made.min : made.max) = bound->value;
    });
    if (errors.size() > before) return {};
    if (!made.min && !made.max) complain(path, "must have a number as \"min\", as \"max\" or as both");
    if (made.min && made.max && *made.min > *made.max) {
      complain(path, "must have a \"min\" that is not over its \"max\"");
    }
    return made;
  }

  std::optional<model::Requirement> requirement(const Node& node, const std::string& path) {
    if (const auto* nodes = node.as<Node::Array>()) return list(*nodes, path);
    if (const auto* object = node.as<Node::Object>()) return interval(*object, path);
    if (node.as<std::monostate>() != nullptr) {
      complain(path, "must be a value, a list of values, or an object with \"min\" and \"max\"");
      return {};
    }
    const auto value = fact(node, path);
    return value ? std::optional{model::Requirement{std::vector{*value}}} : std::nullopt;
  }

  bool read_where(const Node& node) {
    return facts(node, "/where", [&](const std::string& name, const Node& value) {
      if (const auto found = requirement(value, below("/where", name))) post.where.push_back({name, *found});
    });
  }

  bool read_radius(const Node& node) {
    const auto* found = node.as<Node::Number>();
    if (found != nullptr && 0 < found->value && found->value <= limits_.max_radius_m) {
      post.radius_m = found->value;
      post.given.radius_m = true;
    } else {
      complain("/radius_m", "must be a number of metres over 0, at most " +
                                std::to_string(static_cast<int>(limits_.max_radius_m)));
    }
    return true;
  }

  bool read_id(const Node& node) {
    const auto* found = node.as<std::string>();
    if (found != nullptr) post.fix.id = *found;
    return found != nullptr && is_entity_id(*found);
  }

  DecodeLimits limits_;
  double lat_ = 0;
  double lon_ = 0;

  const std::map<std::string, Rule> rules_{
      {"id",
       {"a string of 1 to 128 bytes without control characters", [&](const Node& n) { return read_id(n); }}},
      {"lat", {"a number from -90 to 90", number(-90, 90, [&](double v) { lat_ = v; })}},
      {"lon", {"a number from -180 to 180", number(-180, 180, [&](double v) { lon_ = v; })}},
      {"uuid", {"a string of up to 64 bytes", text(post.uuid, 64)}},
      {"accuracy", {"a number of metres, or null", measure(post.fix.accuracy_m, false, Limit::max())}},
      {"altitude", {"a number of metres, or null", measure(post.fix.altitude_m, true, Limit::max())}},
      {"speed", {"a number of metres per second, or null", measure(post.fix.speed_mps, false, Limit::max())}},
      {"heading", {"a number of degrees from 0 to 360, or null", measure(post.fix.heading_deg, false, 360)}},
      {"role", {"a string of up to 32 bytes", text(post.fix.role, 32)}},
      {"ttl_s",
       {"a number of seconds from 1 to 86400", number(1, 86'400,
                                                      [&](double v) {
                                                        post.fix.ttl = milliseconds(v);
                                                        post.given.ttl_s = true;
                                                      })}},
      {"attributes",
       {"an object of up to 16 strings, numbers and booleans",
        [&](const Node& n) { return read_attributes(n); }}},
      {"timestamp",
       {"RFC 3339 text or epoch milliseconds, in the years 2000 to 9999",
        [&](const Node& n) { return read_timestamp(n); }}},
      {"seek", {"a string of up to 32 bytes", text(post.seek, 32)}},
      {"radius_m", {"", [&](const Node& n) { return read_radius(n); }}},
      {"limit",
       {"an integer from 0 to 100",
        [&](const Node& n) {
          const auto* found = n.as<Node::Number>();
          if (found == nullptr || found->value != std::trunc(found->value)) return false;
          return number(0, 100, [&](double v) {
            post.limit = static_cast<int>(v);
            post.given.limit = true;
          })(n);
        }}},
      {"max_age_s",
       {"a number of seconds over 0",
        number(Limit::denorm_min(), Limit::max(), [&](double v) { post.max_age = milliseconds(v); })}},
      {"where", {"an object of up to 16 conditions", [&](const Node& n) { return read_where(n); }}},
  };
};

}  // namespace geomatch::codec::reference
