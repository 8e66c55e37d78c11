// The reader that all scrapes in tests go through: that it finds each fault.
#include "support/scrape.hpp"

#include <stdexcept>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace geomatch::test {
namespace {

const std::string gauge = "# HELP g A gauge\n# TYPE g gauge\n";
const std::string counter = "# HELP c_total A counter\n# TYPE c_total counter\n";
const std::string histogram = "# HELP h A histogram\n# TYPE h histogram\n";

TEST(Scrape, ReadsWhatIsRight) {
  const Scrape scrape{gauge + "g 1.5\ng{a=\"x\\\\\\\"\\n\",b=\"\"} -Inf\n" + counter + "c_total 0\n" +
                      histogram +
                      "h_count{a=\"b\"} 3\nh_sum{a=\"b\"} 2.5e-1\n"
                      "h_bucket{a=\"b\",le=\"0.1\"} 1\nh_bucket{a=\"b\",le=\"+Inf\"} 3\n"};
  EXPECT_EQ(scrape.at("g"), 1.5);
  EXPECT_EQ(scrape.at(R"(h_bucket{a="b",le="0.1"})"), 1);
  EXPECT_FALSE(scrape.has("h"));
  EXPECT_NO_THROW(Scrape{""});
}

TEST(Scrape, RefusesAllElse) {
  const std::string buckets = "h_sum 1\nh_count 3\nh_bucket{le=\"0.1\"} 1\n";
  for (const std::string& page : std::vector<std::string>{
           gauge + "g 1",                                                // no newline
           gauge + "\ng 1\n",                                            // an empty line
           gauge + "# a comment\ng 1\n",                                 // neither HELP nor TYPE
           gauge + "g 1\ng 1\n",                                         // a series twice
           gauge + "g{a=\"1\"} 1\ng{a=\"1\"} 2\n",                       // likewise
           gauge + "g 1\n" + counter + "c_total 1\n" + gauge + "g 2\n",  // a family twice
           "# HELP g A gauge\n# TYPE g gauge\n# TYPE g gauge\ng 1\n",    // a TYPE twice
           "# HELP g A gauge\ng 1\n",                                    // no TYPE
           "# HELP g A gauge\n" + counter + "c_total 1\n",               // likewise
           "# TYPE g gauge\ng 1\n",                                      // no HELP
           "# HELP g A gauge\n# TYPE g gage\ng 1\n",                     // an unknown type
           "g 1\n",                                                      // neither
           gauge + "f 1\n",                                              // of another family
           gauge + "g one\n",                                            // no number
           gauge + "g 1 x\n",                                            // likewise
           gauge + "g  1\n",                                             // likewise
           gauge + "g\n",                                                // no value
           gauge + "g{a=1} 1\n",                                         // a label without quotes
           gauge + "g{a=\"1\",a=\"2\"} 1\n",                             // a label twice
           gauge + "g{a=\"\\x\"} 1\n",                                   // an unknown escape
           gauge + "g{a=\"1} 1\n",                                       // a label without end
           gauge + "g{a-b=\"1\"} 1\n",                                   // no name
           counter + "c_total -1\n",                                     // a negative counter
           histogram + buckets,                                          // no +Inf
           histogram + buckets + "h_bucket{le=\"+Inf\"} 2\n",            // other than count
           histogram + buckets + "h_bucket{le=\"0.05\"} 2\nh_bucket{le=\"+Inf\"} 3\n",  // out of order
           histogram + buckets + "h_bucket{le=\"0.2\"} 0\nh_bucket{le=\"+Inf\"} 3\n",   // not cumulative
           histogram + "h_count 1\nh_bucket{le=\"+Inf\"} 1\n",                          // no sum
           histogram + "h_sum 1\nh_bucket{le=\"+Inf\"} 1\n",                            // no count
           histogram + "h 1\n",                                                         // of another family
           histogram + "h_bucket 1\n",                                                  // no le
       }) {
    EXPECT_THROW(Scrape{page}, std::runtime_error) << page;
  }
}

}  // namespace
}  // namespace geomatch::test
