#include <gtest/gtest.h>

#include <geomatch/observe/metrics.hpp>

#include "support/scrape.hpp"

namespace geomatch::observe {
namespace {

using std::chrono::microseconds;

TEST(Metrics, CountsAnswersByRouteAndStatus) {
  Metrics metrics;
  RouteMetrics& route = metrics.add_route("POST /match");
  route.answered(200, microseconds{50});
  route.answered(200, microseconds{300});
  route.answered(422, microseconds{50});
  const test::Scrape page{metrics.text()};
  EXPECT_EQ(page.at(R"(geomatch_http_requests_total{route="POST /match",status="200"})"), 2);
  EXPECT_EQ(page.at(R"(geomatch_http_requests_total{route="POST /match",status="422"})"), 1);
}

TEST(Metrics, PutsDurationsIntoCumulativeBuckets) {
  Metrics metrics;
  RouteMetrics& route = metrics.add_route("r");
  route.answered(200, microseconds{100});  // a bound is inclusive
  route.answered(200, microseconds{101});
  route.answered(200, std::chrono::seconds{60});
  const test::Scrape page{metrics.text()};
  const std::string name = "geomatch_http_request_duration_seconds";
  EXPECT_EQ(page.at(name + R"(_bucket{route="r",le="0.0001"})"), 1);
  EXPECT_EQ(page.at(name + R"(_bucket{route="r",le="0.00025"})"), 2);
  EXPECT_EQ(page.at(name + R"(_bucket{route="r",le="10"})"), 2);
  EXPECT_EQ(page.at(name + R"(_bucket{route="r",le="+Inf"})"), 3);
  EXPECT_EQ(page.at(name + R"(_count{route="r"})"), 3);
}

TEST(Metrics, ARouteThatIsAddedTwiceIsOne) {
  Metrics metrics;
  metrics.add_route("none").answered(404, microseconds{50});
  RouteMetrics& other = metrics.add_route("other");
  metrics.add_route("none").answered(404, microseconds{50});
  other.answered(200, microseconds{50});
  const test::Scrape page{metrics.text()};
  EXPECT_EQ(page.at(R"(geomatch_http_requests_total{route="none",status="404"})"), 2);
  EXPECT_EQ(page.at(R"(geomatch_http_requests_total{route="other",status="200"})"), 1);
}

TEST(Metrics, AnyRouteCanBeALabel) {
  Metrics metrics;
  metrics.add_route("a\"b\\c\n").answered(200, microseconds{50});
  EXPECT_TRUE(test::Scrape{metrics.text()}.has(
      "geomatch_http_requests_total{route=\"a\\\"b\\\\c\\n\",status=\"200\"}"));
}

TEST(Metrics, ReadsFiguresAtEachScrape) {
  Metrics metrics;
  double value = 1;
  metrics.add_gauge("g", "A gauge", [&] { return value; });
  metrics.add_counter("c_total", "A counter", [&] { return value; });
  EXPECT_EQ(test::Scrape{metrics.text()}.at("g"), 1);
  value = 7;
  const test::Scrape page{metrics.text()};
  EXPECT_EQ(page.at("g"), 7);
  EXPECT_EQ(page.at("c_total"), 7);
  EXPECT_NE(metrics.text().find("# TYPE c_total counter\n"), std::string::npos);
}

}  // namespace
}  // namespace geomatch::observe
