// Feeds, site map and what pages say to search engines: a removed text is gone from all of them at once, on every node,
// and what a spoiler hides was never in them.
#include <array>

#include <gtest/gtest.h>

#include "tests/support/forum.hpp"
#include "tests/support/live_client.hpp"

using namespace foyer::testing;
using namespace std::chrono_literals;

namespace {

const std::string secret = "whom the squirrel loves";
const std::string hidden = "she gives the flowers away";

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

class Feeds : public ::testing::Test {
 protected:
  HttpAnswer get(std::size_t node, const std::string& path, const Headers& headers = {}) {
    HttpClient guest{forum_.port(node)};
    return guest.get(path, headers);
  }
  // Where the page of this path without a slug is.
  std::string moved(const std::string& path) { return get(0, path).header("location"); }
  std::int64_t hits(std::size_t node) {
    const std::string metrics = get(node, "/metrics").body;
    const std::string name = "\nfoyer_page_cache_hits ";
    return std::stoll(metrics.substr(metrics.find(name) + name.size()));
  }
  void expect_from_memory(std::size_t node, const std::string& path) {
    EXPECT_TRUE(eventually([&] {
      const std::int64_t before = hits(node);
      return get(node, path).status == 200 && hits(node) > before;
    })) << path
        << " is never kept";
  }
  HttpAnswer remove(std::int64_t post) {
    return moderator_.send_json("POST", "/api/v1/posts/" + std::to_string(post) + "/remove", R"({"reason":"spoiler"})");
  }
  std::int64_t post(const std::string& path, const std::string& body) {
    const HttpAnswer answer = author_.send_json("POST", "/api/v1" + path, body_json(body));
    EXPECT_EQ(answer.status, 201) << answer.body;
    return integer(answer.json().at("post"), "id");
  }

  Forum forum_{2};
  HttpClient author_ = forum_.member("author", 0);
  HttpClient moderator_ = forum_.moderator("maud", 0);
  std::int64_t thread_ = forum_.start_thread(author_);
  std::string film_path_ = "/films/" + std::to_string(forum_.film_id());
  std::string thread_path_ = "/threads/" + std::to_string(thread_);
};

TEST_F(Feeds, AreFoundWithOrWithoutTheRightWords) {
  const std::string film = moved(film_path_);
  const std::string thread = moved(thread_path_);
  for (const std::string& path :
       std::vector<std::string>{"/feed.atom", film + ".atom", thread + ".atom", "/members/author.atom"}) {
    const HttpAnswer feed = get(1, path);
    EXPECT_EQ(feed.status, 200) << path;
    EXPECT_EQ(feed.header("content-type"), "application/atom+xml; charset=utf-8") << path;
    EXPECT_NE(feed.header("last-modified"), "") << path;
    EXPECT_TRUE(contains(feed.body, "The camera climbs the stairs with him.")) << path;
  }
  for (const std::string& wrong : std::vector<std::string>{film_path_ + ".atom", film_path_ + "-x.atom"}) {
    EXPECT_EQ(get(0, wrong).status, 301) << wrong;
    EXPECT_EQ(moved(wrong), film + ".atom");
  }
  EXPECT_EQ(moved(thread_path_ + "-wrong.atom"), thread + ".atom");
  EXPECT_EQ(moved("/members/AUTHOR.atom"), "/members/author.atom");
  for (const char* none : {"/films/999999-x.atom", "/threads/999999-x.atom", "/members/nobody.atom"}) {
    EXPECT_EQ(get(0, none).status, 404) << none;
  }
  for (const std::string& page : std::vector<std::string>{"/", film, thread, "/members/author"}) {
    const std::string feed = page == "/" ? "/feed.atom" : page + ".atom";
    EXPECT_TRUE(contains(get(0, page).body, "href=\"" + feed + "\">")) << page;
  }
}

TEST_F(Feeds, AreNotSentAgainToWhoHasThem) {
  const std::string thread = moved(thread_path_) + ".atom";
  for (const std::string& path : std::vector<std::string>{thread, "/members/author.atom"}) {
    const HttpAnswer first = get(0, path);
    const Headers known{{"If-None-Match", first.header("etag")}};
    const HttpAnswer same = get(0, path, known);
    EXPECT_EQ(same.status, 304) << path;
    EXPECT_EQ(same.body, "");
    post(thread_path_ + "/posts", "One more in " + path);
    EXPECT_EQ(get(0, path, known).status, 200) << path;
  }
  expect_from_memory(0, thread);
  const HttpAnswer kept = get(0, thread);
  EXPECT_EQ(kept.header("content-type"), "application/atom+xml; charset=utf-8");
  EXPECT_NE(kept.header("last-modified"), "");
  EXPECT_EQ(get(0, thread, {{"If-None-Match", kept.header("etag")}}).status, 304);
  EXPECT_EQ(get(0, thread, {{"If-Modified-Since", kept.header("last-modified")}}).status, 200)
      << "a removal makes a feed older: its date proves nothing";
  EXPECT_EQ(get(0, thread, {{"Accept-Encoding", "gzip"}}).header("content-encoding"), "gzip");
}

TEST_F(Feeds, AndSearchEnginesNeverGetWhatASpoilerHides) {
  post(thread_path_ + "/posts", "And ||" + hidden + "|| at the *end*.");
  post(film_path_ + "/comments", "Yes, ||" + hidden + "||.");
  const std::string thread = moved(thread_path_);
  for (const std::string& path :
       std::vector<std::string>{"/feed.atom", thread + ".atom", moved(film_path_) + ".atom", "/members/author.atom"}) {
    const std::string feed = get(0, path).body;
    EXPECT_FALSE(contains(feed, hidden)) << path;
    EXPECT_EQ(contains(feed, "[spoiler]"), path != "/feed.atom") << path;
  }
  std::string page = get(0, thread).body;
  ASSERT_TRUE(contains(page, hidden)) << "covered, in its post";
  page = page.substr(page.find("application/ld+json"));
  EXPECT_TRUE(contains(page, "And [spoiler] at the end."));
  EXPECT_FALSE(contains(page.substr(0, page.find("</script>")), hidden));
}

// Kept on both nodes; where the removal was acknowledged they are clean at once, on the other one at the latest when a
// subscriber there has heard of it.
TEST_F(Feeds, LoseARemovedTextAtOnceOnEveryNode) {
  const std::string thread = moved(thread_path_);
  const std::string film = moved(film_path_);
  const std::int64_t started =
      integer(author_
                  .send_json("POST", "/api/v1/threads",
                             R"({"film_ids":[)" + std::to_string(forum_.film_id()) +
                                 R"(],"kind":"discussion","title":"To be removed","body":")" + secret + "\"}")
                  .json()
                  .at("post"),
              "id");
  const std::int64_t reply = post(thread_path_ + "/posts", secret);
  const std::int64_t comment = post(film_path_ + "/comments", secret);
  const std::vector<std::string> shown{"/feed.atom", thread + ".atom", thread, film + ".atom", "/members/author.atom"};
  for (const std::string& path : shown) {
    for (const std::size_t node : {0U, 1U}) {
      if (path != "/members/author.atom") {
        expect_from_memory(node, path);
      }
      EXPECT_TRUE(contains(get(node, path).body, secret)) << path;
    }
  }
  EXPECT_TRUE(contains(get(1, "/sitemap/threads-1.xml").body, "-to-be-removed<"));

  const auto all_clean = [&](std::size_t node) {
    bool clean = !contains(get(node, "/sitemap/threads-1.xml").body, "to-be-removed");
    for (const std::string& path : shown) {
      clean = clean && !contains(get(node, path).body, secret);
    }
    return clean;
  };
  for (const std::int64_t post : {started, reply, comment}) {
    ASSERT_EQ(remove(post).status, 200);
  }
  EXPECT_TRUE(all_clean(0));
  EXPECT_TRUE(eventually([&] { return all_clean(1); }));
  EXPECT_FALSE(contains(get(1, "/feed.atom").body, "To be removed"));
  for (const std::string& path : shown) {
    for (const char* encoding : {"gzip", "br"}) {
      EXPECT_EQ(get(1, path, {{"Accept-Encoding", encoding}}).header("etag"), get(1, path).header("etag"))
          << "a form of an older " << path;
    }
  }
}

// No subscriber of the other node hears of a removal while a feed there still has the text.
TEST_F(Feeds, OfTheOtherNodeAreCleanWhenSomebodyThereHears) {
  const std::int64_t comment = post(film_path_ + "/comments", secret);
  const std::int64_t comments = integer(get(0, "/api/v1/posts/" + std::to_string(comment)).json(), "thread_id");
  const std::string feed = moved(film_path_) + ".atom";
  LiveClient subscriber{forum_.port(1)};
  subscriber.subscribe("thread:" + std::to_string(comments));
  expect_from_memory(1, feed);
  ASSERT_TRUE(contains(get(1, feed).body, secret));
  ASSERT_EQ(remove(comment).status, 200);
  while (subscriber.receive_type("event").at("event").as_string() != "post.removed") {
  }
  EXPECT_FALSE(contains(get(1, feed).body, secret));
}

// Its excerpt, and what the page tells search engines of it.
TEST_F(Feeds, AndTheFilmsPagesOfBothNodesLoseARemovedReview) {
  const HttpAnswer made = author_.send_json("PUT", "/api/v1" + film_path_ + "/review",
                                            R"({"body":")" + secret + R"(","score":9,"contains_spoilers":false})");
  ASSERT_EQ(made.status, 201) << made.body;
  const std::int64_t review = integer(made.json().at("post"), "id");
  const std::string page = moved(film_path_);
  for (const std::size_t node : {0U, 1U}) {
    expect_from_memory(node, page);
    ASSERT_TRUE(eventually([&] { return contains(get(node, page).body, "\"reviewBody\":\"" + secret); }));
  }
  ASSERT_EQ(remove(review).status, 200);
  EXPECT_FALSE(contains(get(0, page).body, secret));
  EXPECT_TRUE(eventually([&] { return !contains(get(1, page).body, secret); }));
}

TEST_F(Feeds, SiteMapAndRobotsLeadToEachPage) {
  const std::string robots = get(0, "/robots.txt").body;
  const std::string index = robots.substr(robots.find("Sitemap: ") + 9);
  const std::string origin = index.substr(0, index.find("/sitemap.xml"));
  ASSERT_TRUE(origin.starts_with("http://")) << robots;
  const HttpAnswer map = get(0, "/sitemap.xml");
  EXPECT_EQ(map.header("content-type"), "application/xml; charset=utf-8");
  EXPECT_EQ(map.header("cache-control"), "private, no-cache");
  const std::array<std::pair<std::string, std::string>, 3> parts{
      {{"films", moved(film_path_)}, {"threads", moved(thread_path_)}, {"people", "/people/1-"}}};
  for (const auto& [kind, page] : parts) {
    EXPECT_TRUE(contains(map.body, "<loc>" + origin + "/sitemap/" + kind + "-1.xml</loc>")) << kind;
    const HttpAnswer part = get(0, "/sitemap/" + kind + "-1.xml");
    EXPECT_EQ(part.status, 200);
    EXPECT_TRUE(contains(part.body, "<loc>" + origin + page)) << kind;
    EXPECT_EQ(part.header("cache-control"), kind == "threads" ? "private, no-cache" : "public, max-age=3600");
    EXPECT_EQ(get(0, "/sitemap/" + kind + "-1.xml", {{"If-None-Match", part.header("etag")}}).status, 304);
    EXPECT_EQ(get(0, "/sitemap/" + kind + "-2.xml").status, 404);
  }
}

TEST_F(Feeds, PersonPagesShowWorkAndDiscussions) {
  const boost::json::value film = get(0, "/api/v1" + film_path_).json();
  const boost::json::value director = film.at("crew").at(0);
  const std::string path = "/people/" + std::to_string(integer(director, "id"));
  const std::string page = moved(path);
  EXPECT_EQ(moved(path + "?job=directing"), page + "?job=directing");
  const std::string shown = get(0, page).body;
  EXPECT_TRUE(contains(shown, "<h2 id=\"directing\">Directing</h2>"));
  EXPECT_TRUE(contains(shown, "About the last shot")) << "the discussion";
  EXPECT_EQ(get(0, page + "?job=directing").status, 200);
  for (const char* none : {"?job=juggling", "?job=directing&page=2", "?job=directing&page=x"}) {
    EXPECT_EQ(get(0, page + none).status, 404) << none;
  }
}

}  // namespace
