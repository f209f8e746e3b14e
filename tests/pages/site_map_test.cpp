#include "server/pages/site_map.hpp"

#include <gtest/gtest.h>

#include "tests/pages/markup.hpp"
#include "tests/pages/sample_views.hpp"

namespace foyer::pages {
namespace {

using namespace samples;

TEST(SiteMap, NamesItsPartsByWholeAddresses) {
  const auto xml = site_map_index("https://foyer.example", {.films = {1, 3}, .threads = {2}, .people = {}});
  EXPECT_TRUE(contains(xml, "<loc>https://foyer.example/sitemap/films-1.xml</loc>"));
  EXPECT_TRUE(contains(xml, "<loc>https://foyer.example/sitemap/films-3.xml</loc>"));
  EXPECT_TRUE(contains(xml, "<loc>https://foyer.example/sitemap/threads-2.xml</loc>"));
  EXPECT_EQ(count_of(xml, "<sitemap>"), 3u);
}

TEST(SiteMap, ListsPagesWithTheTimeOfTheirLastChangeWhereItIsKnown) {
  const auto xml = site_map_part("https://foyer.example", SiteMapKind::threads,
                                 {{42, "the-staircase-shot", at(9)}, {43, "x&<y", std::nullopt}});
  EXPECT_TRUE(contains(xml, "<loc>https://foyer.example/threads/42-the-staircase-shot</loc>\n<lastmod>" +
                                to_rfc3339(at(9)) + "</lastmod>"));
  EXPECT_TRUE(contains(xml, "<loc>https://foyer.example/threads/43-x%26%3Cy</loc>\n</url>"));
  EXPECT_TRUE(contains(site_map_part("https://foyer.example", SiteMapKind::films, {{3, "cranes", {}}}),
                       "https://foyer.example/films/3-cranes<"));
  EXPECT_TRUE(contains(site_map_part("https://foyer.example", SiteMapKind::people, {{3, "urusevsky", {}}}),
                       "https://foyer.example/people/3-urusevsky<"));
}

}  // namespace
}  // namespace foyer::pages
