#include "../../src/http/media_type.hpp"

#include <gtest/gtest.h>

namespace geomatch::http {
namespace {

TEST(MediaType, JsonInAllItsForms) {
  for (const char* type :
       {"application/json", "Application/JSON", "application/json; charset=utf-8", "application/json ;x=y",
        "application/geo+json", "application/vnd.x+JSON; a=b", ""}) {
    EXPECT_TRUE(is_json(type)) << type;
  }
}

TEST(MediaType, NothingElse) {
  for (const char* type : {"text/plain", "application/x-www-form-urlencoded", "application/jsonx", "+json",
                           "; x", "text/json-seq", "json"}) {
    EXPECT_FALSE(is_json(type)) << type;
  }
}

}  // namespace
}  // namespace geomatch::http
