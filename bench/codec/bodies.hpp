#pragma once

#include <string>
#include <string_view>

/// Bodies of `POST /match`, as phones send them.
namespace geomatch::bench {

/// What most phones send most of the time: 113 bytes.
inline constexpr std::string_view usual_body =
    R"({"id":"driver-12345","lat":31.2306412,"lon":121.4737123,"role":"driver","seek":"rider","accuracy":5,"limit":10})";

/// Every member there is.
inline constexpr std::string_view full_body =
    R"({"id":"driver-12345","lat":31.2306412,"lon":121.4737123,"timestamp":"2024-01-01T00:00:00.250Z",)"
    R"("uuid":"7c9e6679-7425-40de-944b-e07fc1f90ae7","accuracy":4.5,"altitude":12.25,"speed":8.5,"heading":271.5,)"
    R"("role":"driver","seek":"rider","radius_m":2500,"limit":10,"max_age_s":60,"ttl_s":90,)"
    R"("attributes":{"seats":4,"pets":true,"color":"red","rating":4.87},)"
    R"("where":{"party":{"max":4},"pets":false,"payment":["cash","card"]}})";

/// The usual one among 4 KB of members that geomatch doesn't know, nested ones among them.
[[nodiscard]] inline std::string body_of_4_kb() {
  std::string body = R"({"id":"driver-12345","lat":31.2306412,"lon":121.4737123,)";
  for (int i = 0; body.size() < 3900; ++i) {
    body += "\"extra_" + std::to_string(i) +
            R"(":{"name":"a sensor of the phone","values":[0.125,-17,3.5e-3,true,null],"unit":"m/s²","n":)" +
            std::to_string(i * 7919) + "},\"note_" + std::to_string(i) +
            R"(":"a text of some length that nobody reads","count_)" + std::to_string(i) + "\":12345.678,";
  }
  return body + R"("role":"driver","seek":"rider","accuracy":5,"limit":10})";
}

}  // namespace geomatch::bench
