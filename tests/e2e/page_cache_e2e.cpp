// Pages of guests come out of the node's memory, and yet none is older than the news.
#include <csignal>

#include <gtest/gtest.h>

#include "tests/support/forum.hpp"
#include "tests/support/live_client.hpp"
#include "tests/support/tcp_proxy.hpp"

using namespace foyer::testing;
using namespace std::chrono_literals;

namespace {

const std::string secret = "whom the squirrel loves";

class PageCache : public ::testing::Test {
 protected:
  PageCache() {
    forum_.add_node({{"FOYER_REDIS_URL", "redis://127.0.0.1:" + std::to_string(proxy_.port())}});
    const HttpAnswer posted = author_.send_json("POST", path("posts"), body_json(secret));
    post_ = integer(posted.json().at("post"), "id");
    page_ = HttpClient{forum_.port(0)}.get("/threads/" + std::to_string(thread_) + "-x").header("location");
  }
  std::string path(const std::string& what) const { return "/api/v1/threads/" + std::to_string(thread_) + "/" + what; }
  HttpAnswer get(std::size_t node, const Headers& headers = {}) {
    HttpClient guest{forum_.port(node)};
    return guest.get(page_, headers);
  }
  bool shows_secret(std::size_t node) {
    const HttpAnswer answer = get(node);
    EXPECT_EQ(answer.status, 200);
    return answer.body.find(secret) != std::string::npos;
  }
  std::int64_t hits(std::size_t node) {
    const std::string metrics = HttpClient{forum_.port(node)}.get("/metrics").body;
    const std::string name = "\nfoyer_page_cache_hits ";
    return std::stoll(metrics.substr(metrics.find(name) + name.size()));
  }
  void expect_from_memory(std::size_t node) {
    EXPECT_TRUE(eventually([&] {
      const std::int64_t before = hits(node);
      return shows_secret(node) && hits(node) > before;
    })) << "the page is never kept";
  }
  static bool hears_removal(LiveClient& subscriber) {
    while (subscriber.wait_readable(1ms)) {
      const boost::json::object message = subscriber.receive();
      if (message.contains("event") && message.at("event") == "post.removed") {
        return true;
      }
    }
    return false;
  }
  bool redis_noticed(std::size_t node) { return HttpClient{forum_.port(node)}.get("/readyz").status == 503; }

  // Both nodes have the page in memory. On the one that acknowledged the removal it is clean at once, on the other one
  // at the latest when a subscriber there has heard of it, and never again with the text after that.
  void remove_and_read(const std::function<void()>& before_removal) {
    LiveClient subscriber{forum_.port(1)};
    subscriber.subscribe("thread:" + std::to_string(thread_));
    expect_from_memory(0);
    expect_from_memory(1);
    before_removal();
    const HttpAnswer removed =
        moderator_.send_json("POST", "/api/v1/posts/" + std::to_string(post_) + "/remove", R"({"reason":"spoiler"})");
    ASSERT_EQ(removed.status, 200) << removed.body;
    EXPECT_FALSE(shows_secret(0));
    bool clean = false;
    bool heard = false;
    EXPECT_TRUE(eventually([&] {
      heard = heard || hears_removal(subscriber);
      const bool shown = shows_secret(1);
      EXPECT_FALSE(shown && (clean || heard)) << "clean " << clean << ", heard " << heard;
      clean = clean || !shown;
      return clean && heard;
    }));
    for (const char* encoding : {"br", "gzip"}) {
      const HttpAnswer compressed = get(1, {{"Accept-Encoding", encoding}});
      EXPECT_EQ(compressed.header("content-encoding"), encoding);
      EXPECT_EQ(compressed.header("etag"), get(1).header("etag")) << "a form of an older page";
    }
  }

  Forum forum_{1};
  TcpProxy proxy_{static_cast<std::uint16_t>(forum_.redis().port())};
  HttpClient author_ = forum_.member("author", 0);
  HttpClient moderator_ = forum_.moderator("maud", 0);
  std::int64_t thread_ = forum_.start_thread(author_);
  std::int64_t post_ = 0;
  std::string page_;
};

TEST_F(PageCache, ShowsNoRemovedTextWithRedis) {
  remove_and_read([] {});
}

TEST_F(PageCache, ShowsNoRemovedTextWhileRedisIsSlow) {
  remove_and_read([&] { proxy_.delay(300ms); });
}

TEST_F(PageCache, ShowsNoRemovedTextWhileRedisHangs) {
  remove_and_read([&] { forum_.redis().signal(SIGSTOP); });
  forum_.redis().signal(SIGCONT);
}

TEST_F(PageCache, IsCleanAtOnceOnEveryNodeWhileRedisIsAway) {
  expect_from_memory(0);
  expect_from_memory(1);
  forum_.redis().kill();
  ASSERT_TRUE(eventually([&] { return redis_noticed(0) && redis_noticed(1); }));
  ASSERT_EQ(
      moderator_.send_json("POST", "/api/v1/posts/" + std::to_string(post_) + "/remove", R"({"reason":"spoiler"})")
          .status,
      200);
  EXPECT_FALSE(shows_secret(1));
  EXPECT_FALSE(shows_secret(0));
}

TEST_F(PageCache, AnswersUnchangedOnlyUntilSomethingChanges) {
  expect_from_memory(0);
  const std::string tag = get(0).header("etag");
  const HttpAnswer same = get(0, {{"If-None-Match", tag}});
  EXPECT_EQ(same.status, 304);
  EXPECT_EQ(same.body, "");
  EXPECT_EQ(same.header("content-length"), "");
  ASSERT_EQ(author_.send_json("POST", path("posts"), body_json("One more.")).status, 201);
  const HttpAnswer changed = get(0, {{"If-None-Match", tag}});
  EXPECT_EQ(changed.status, 200);
  EXPECT_NE(changed.body.find("One more."), std::string::npos);
}

TEST_F(PageCache, HeadSaysWhatGetSends) {
  expect_from_memory(0);
  const HttpAnswer whole = get(0, {{"Accept-Encoding", "gzip"}});
  HttpClient guest{forum_.port(0)};
  HttpAnswer head = guest.request("HEAD", page_, {{"Accept-Encoding", "gzip"}}, "");
  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(head.body, "");
  EXPECT_NE(head.header("x-request-id"), whole.header("x-request-id"));
  for (const char* own : {"x-request-id", "date"}) {
    head.headers.erase(own);
  }
  for (const auto& [name, value] : head.headers) {
    EXPECT_EQ(whole.header(name), value) << name;
  }
  EXPECT_EQ(whole.header("content-length"), std::to_string(whole.body.size()));
  EXPECT_NE(whole.header("content-security-policy"), "");
}

TEST_F(PageCache, AMemberGetsNoGuestsPageAndAGuestNoMembers) {
  expect_from_memory(0);
  const HttpAnswer members = author_.get(page_);
  EXPECT_NE(members.body.find("/members/author"), std::string::npos);
  const HttpAnswer guests = get(0);
  EXPECT_NE(guests.body.find("/login"), std::string::npos);
  EXPECT_EQ(guests.header("vary"), "Cookie, Accept-Encoding");
  EXPECT_NE(members.header("etag"), guests.header("etag"));
  EXPECT_EQ(author_.get(page_, {{"If-None-Match", guests.header("etag")}}).status, 200);
}

TEST_F(PageCache, AMembersPageIsMadeAnewAsSoonAsSomethingHasChanged) {
  const auto shows = [&](const std::string& words) { return author_.get(page_).body.find(words) != std::string::npos; };
  for (int number = 0; number < 10; ++number) {
    EXPECT_TRUE(shows(secret));
    const std::string words = "The " + std::to_string(number) + ". reply.";
    ASSERT_EQ(moderator_.send_json("POST", path("posts"), body_json(words)).status, 201);
    EXPECT_TRUE(shows(words));
  }
  ASSERT_EQ(
      moderator_.send_json("POST", "/api/v1/posts/" + std::to_string(post_) + "/remove", R"({"reason":"spoiler"})")
          .status,
      200);
  EXPECT_FALSE(shows(secret));
}

TEST_F(PageCache, AFilmsPageShowsACommentAsSoonAsItsAuthorHasTheAnswer) {
  const std::string film = "/films/" + std::to_string(forum_.film_id());
  const std::string page = HttpClient{forum_.port(0)}.get(film + "-x").header("location");
  for (int number = 0; number < 20; ++number) {
    const std::string words = "The " + std::to_string(number) + ". comment.";
    ASSERT_EQ(author_.send_json("POST", "/api/v1" + film + "/comments", body_json(words)).status, 201);
    HttpClient guest{forum_.port(0)};
    EXPECT_NE(guest.get(page).body.find(words), std::string::npos);
  }
}

TEST_F(PageCache, KeepsAPageForEachTheme) {
  expect_from_memory(0);
  const Headers dark{{"Cookie", "foyer_theme=dark"}};
  const std::string light_tag = get(0).header("etag");
  EXPECT_EQ(get(0).body.find("data-theme"), std::string::npos);
  EXPECT_TRUE(eventually([&] {
    const std::int64_t before = hits(0);
    return get(0, dark).body.find("data-theme=\"dark\"") != std::string::npos && hits(0) > before;
  })) << "the dark page is never kept";
  EXPECT_EQ(get(0).body.find("data-theme"), std::string::npos);
  EXPECT_EQ(get(0, {{"Cookie", "foyer_theme=dark"}, {"If-None-Match", light_tag}}).status, 200);
}

}  // namespace
