#pragma once

#include <geomatch/codec/decode_limits.hpp>
#include <geomatch/http/acknowledgement.hpp>

namespace geomatch::match {
class Matcher;
}
namespace geomatch::model {
class Clock;
}
namespace geomatch::publish {
class Log;
}

namespace geomatch::http {

class Readiness;

/// What the handlers of the phones' side work with. All of it outlives them.
struct Services {
  match::Matcher& matcher;
  publish::Log& log;
  const model::Clock& clock;
  const Readiness& readiness;
  codec::DecodeLimits limits;
  Acknowledgement acknowledgement = Acknowledgement::published;
};

}  // namespace geomatch::http
