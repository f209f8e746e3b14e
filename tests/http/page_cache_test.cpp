#include "server/http/page_cache.hpp"

#include <map>
#include <set>

#include <gtest/gtest.h>

#include "protocol/limits.hpp"
#include "server/http/compression.hpp"

namespace foyer::http {
namespace {

using namespace std::chrono_literals;

constexpr Channel thread{ChannelKind::thread, 7};
constexpr Channel film{ChannelKind::film, 3};

class PageCacheTest : public ::testing::Test {
 protected:
  static std::shared_ptr<const FinishedPage> page(std::vector<ShownVersion> shown, std::size_t bytes = 10) {
    auto made = std::make_shared<FinishedPage>();
    made->unchanged_fields = std::make_shared<const std::string>("fields");
    made->identity = {made->unchanged_fields, std::make_shared<const std::string>(bytes, 'x')};
    made->brotli = made->gzip = {made->unchanged_fields, std::make_shared<const std::string>("")};
    made->shown = std::move(shown);
    return made;
  }

  std::map<Channel, std::optional<std::int64_t>> heard;
  std::set<Channel> listened;
  PageCache<FinishedPage> cache{[this](Channel channel) { return heard[channel]; },
                                [this](Channel channel) { listened.insert(channel); }};
  PageCache<FinishedPage>::TimePoint now{1h};
};

TEST_F(PageCacheTest, APageIsGivenOutWhileAllItShowsStandsWhereItStood) {
  cache.keep("/threads/7-x", page({{thread, 5}, {film, 2}}), now);
  EXPECT_EQ(listened, (std::set<Channel>{thread, film}));
  heard[thread] = 5;
  heard[film] = 2;
  EXPECT_NE(cache.find("/threads/7-x", now), nullptr);
  EXPECT_EQ(cache.find("/threads/7-y", now), nullptr);
  heard[film] = 3;
  EXPECT_EQ(cache.find("/threads/7-x", now), nullptr);
  heard[film] = 2;
  heard[thread] = 6;
  EXPECT_EQ(cache.find("/threads/7-x", now), nullptr);
  EXPECT_EQ(cache.figures().hits, 1u);
  EXPECT_EQ(cache.figures().misses, 3u);
  EXPECT_EQ(cache.figures().outdated, 2u);
}

TEST_F(PageCacheTest, WhatCannotBeHeardIsNotGivenOut) {
  cache.keep("/threads/7-x", page({{thread, 5}}), now);
  EXPECT_EQ(cache.find("/threads/7-x", now), nullptr);
  heard[thread] = 5;
  EXPECT_NE(cache.find("/threads/7-x", now), nullptr);
  heard[thread] = std::nullopt;
  EXPECT_EQ(cache.find("/threads/7-x", now), nullptr);
}

TEST_F(PageCacheTest, APageThatWasReadBeforeAnEventIsNeverGivenOutAfterIt) {
  heard[thread] = 6;  // the event came while the page of seq 5 was made
  cache.keep("/threads/7-x", page({{thread, 5}}), now);
  EXPECT_EQ(cache.find("/threads/7-x", now), nullptr);
  cache.keep("/threads/7-x", page({{thread, 6}}), now);
  EXPECT_NE(cache.find("/threads/7-x", now), nullptr);
  EXPECT_EQ(cache.figures().pages, 1u);
}

TEST_F(PageCacheTest, APageHasALifeForWhatChangesWithoutNews) {
  heard[thread] = 5;
  cache.keep("/threads/7-x", page({{thread, 5}}), now);
  EXPECT_NE(cache.find("/threads/7-x", now + limits::page_life - 1ms), nullptr);
  EXPECT_EQ(cache.find("/threads/7-x", now + limits::page_life), nullptr);
}

TEST_F(PageCacheTest, TheOneNotAskedForLongestGoesWhenThereAreTooMany) {
  heard[thread] = 5;
  for (std::size_t number = 0; number < limits::cached_pages; ++number) {
    cache.keep("/" + std::to_string(number), page({{thread, 5}}), now);
  }
  EXPECT_NE(cache.find("/0", now), nullptr);
  cache.keep("/new", page({{thread, 5}}), now);
  EXPECT_EQ(cache.figures().pages, limits::cached_pages);
  EXPECT_NE(cache.find("/0", now), nullptr);
  EXPECT_EQ(cache.find("/1", now), nullptr);
  EXPECT_NE(cache.find("/new", now), nullptr);
}

TEST_F(PageCacheTest, BytesAreBoundedAndCountedInAllForms) {
  heard[thread] = 5;
  const std::size_t large = limits::cached_page_bytes / 4;
  for (const char* target : {"/a", "/b", "/c", "/d", "/e"}) {
    cache.keep(target, page({{thread, 5}}, large), now);
  }
  EXPECT_LE(cache.figures().bytes, limits::cached_page_bytes);
  EXPECT_EQ(cache.figures().pages, 3u);
  EXPECT_EQ(cache.find("/a", now), nullptr);
  EXPECT_NE(cache.find("/e", now), nullptr);
}

TEST(Compression, MakesSmallerBodiesThatAreWhatTheySayTheyAre) {
  std::string html;
  for (int line = 0; line < 500; ++line) {
    html += "<p>The camera climbs the stairs with him, for the " + std::to_string(line) + ". time.</p>";
  }
  const std::string gzip = compressed_by_gzip(html);
  EXPECT_TRUE(gzip.starts_with("\x1f\x8b\x08"));
  EXPECT_LT(gzip.size(), html.size() / 5);
  EXPECT_LT(compressed_by_brotli(html).size(), html.size() / 5);
  EXPECT_FALSE(compressed_by_gzip("").empty());
  EXPECT_FALSE(compressed_by_brotli("").empty());
}

}  // namespace
}  // namespace foyer::http
