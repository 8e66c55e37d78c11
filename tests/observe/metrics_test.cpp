#include <gtest/gtest.h>

#include <geomatch/observe/metrics.hpp>

namespace geomatch::observe {
namespace {

using std::chrono::microseconds;

bool has(const std::string& page, const std::string& line) {
  return ("\n" + page).find("\n" + line + "\n") != std::string::npos;
}

TEST(Metrics, CountsAnswersByRouteAndStatus) {
  Metrics metrics;
  RouteMetrics& route = metrics.add_route("POST /match");
  route.answered(200, microseconds{50});
  route.answered(200, microseconds{300});
  route.answered(422, microseconds{50});
  const std::string page = metrics.text();
  EXPECT_TRUE(has(page, R"(geomatch_http_requests_total{route="POST /match",status="200"} 2)")) << page;
  EXPECT_TRUE(has(page, R"(geomatch_http_requests_total{route="POST /match",status="422"} 1)")) << page;
}

TEST(Metrics, PutsDurationsIntoCumulativeBuckets) {
  Metrics metrics;
  RouteMetrics& route = metrics.add_route("r");
  route.answered(200, microseconds{100});  // a bound is inclusive
  route.answered(200, microseconds{101});
  route.answered(200, std::chrono::seconds{60});
  const std::string page = metrics.text();
  const std::string name = "geomatch_http_request_duration_seconds";
  EXPECT_TRUE(has(page, name + R"(_bucket{route="r",le="0.0001"} 1)")) << page;
  EXPECT_TRUE(has(page, name + R"(_bucket{route="r",le="0.00025"} 2)")) << page;
  EXPECT_TRUE(has(page, name + R"(_bucket{route="r",le="10"} 2)")) << page;
  EXPECT_TRUE(has(page, name + R"(_bucket{route="r",le="+Inf"} 3)")) << page;
  EXPECT_TRUE(has(page, name + R"(_count{route="r"} 3)")) << page;
}

TEST(Metrics, ReadsFiguresAtEachScrape) {
  Metrics metrics;
  double value = 1;
  metrics.add_gauge("g", "A gauge", [&] { return value; });
  metrics.add_counter("c_total", "A counter", [&] { return value; });
  EXPECT_TRUE(has(metrics.text(), "g 1"));
  value = 7;
  const std::string page = metrics.text();
  EXPECT_TRUE(has(page, "g 7"));
  EXPECT_TRUE(has(page, "c_total 7"));
  EXPECT_TRUE(has(page, "# TYPE c_total counter"));
}

}  // namespace
}  // namespace geomatch::observe
