// Likes, as programs, live screens and browsers without script see them.
#include <gtest/gtest.h>

#include "tests/support/forum.hpp"
#include "tests/support/live_client.hpp"

using namespace foyer::testing;

namespace {

class Reactions : public ::testing::Test {
 protected:
  static Forum& forum() {
    static Forum shared{2};
    return shared;
  }
  static HttpAnswer like(HttpClient& member, const std::string& path, const std::string& name = "like") {
    return member.request("PUT", path + "/reactions/" + name, {}, "");
  }
  static HttpAnswer unlike(HttpClient& member, const std::string& path) {
    return member.request("DELETE", path + "/reactions/like", {}, "");
  }
  static std::int64_t likes(const boost::json::value& post) {
    const auto& reactions = post.at("reactions").as_object();
    return reactions.empty() ? 0 : reactions.at("like").as_int64();
  }
  // A thread by `author` and its first post.
  void start(HttpClient& author) {
    thread_ = forum().start_thread(author);
    post_ = integer(all_posts(author, thread_).at(0), "id");
    api_ = "/api/v1/posts/" + std::to_string(post_);
    page_ = HttpClient{forum().port(0)}.get("/threads/" + std::to_string(thread_) + "-x").header("location");
  }

  std::int64_t thread_ = 0;
  std::int64_t post_ = 0;
  std::string api_;
  std::string page_;
};

bool contains(const HttpAnswer& answer, const std::string& words) {
  return answer.body.find(words) != std::string::npos;
}

TEST_F(Reactions, OnOneNodeCountOnTheOtherLiveAndInTheReplay) {
  HttpClient ada = forum().member("ada", 0);
  HttpClient bert = forum().member("bert", 1);
  start(ada);
  const std::string channel = "thread:" + std::to_string(thread_);
  LiveClient guest{forum().port(1)};
  guest.subscribe(channel);
  const HttpAnswer liked = like(ada, api_);
  ASSERT_EQ(liked.status, 200) << liked.body;
  EXPECT_EQ(likes(liked.json()), 1);
  const auto event = guest.receive_type("event");
  EXPECT_EQ(event.at("event").as_string(), "post.reacted");
  EXPECT_EQ(event.at("seq").as_int64(), 2);
  EXPECT_EQ(event.at("data").at("post"), liked.json());

  EXPECT_EQ(likes(like(bert, api_).json()), 2);
  EXPECT_EQ(likes(guest.receive_type("event").at("data").at("post")), 2);
  const HttpAnswer taken_back = unlike(ada, api_);
  EXPECT_EQ(taken_back.status, 200);
  EXPECT_EQ(likes(taken_back.json()), 1);
  EXPECT_EQ(unlike(ada, api_).status, 200) << "twice is a success";
  EXPECT_EQ(likes(ada.get(api_).json()), 1);

  LiveClient late{forum().port(0)};
  EXPECT_EQ(late.subscribe(channel, 0).at("seq").as_int64(), 4);
  for (std::int64_t seq = 1; seq <= 4; ++seq) {
    const auto replayed = late.receive_type("event");
    EXPECT_EQ(replayed.at("seq").as_int64(), seq);
    EXPECT_EQ(likes(replayed.at("data").at("post")), 1) << "the present state";
  }
}

TEST_F(Reactions, AreRefusedToGuestsForUnknownNamesAndOnTombstones) {
  HttpClient cara = forum().member("cara", 0);
  HttpClient guest{forum().port(0)};
  start(cara);
  EXPECT_EQ(like(guest, api_).status, 401);
  EXPECT_EQ(unlike(guest, api_).status, 401);
  const HttpAnswer unknown = like(cara, api_, "cry");
  EXPECT_EQ(unknown.status, 422);
  EXPECT_EQ(text(unknown.json().at("errors").at(0), "field"), "name");
  EXPECT_EQ(like(cara, "/api/v1/posts/999999999").status, 404);
  ASSERT_EQ(like(cara, api_).status, 200);
  ASSERT_EQ(cara.request("DELETE", api_, {}, "").status, 200);
  EXPECT_EQ(like(cara, api_).status, 409);
  EXPECT_EQ(unlike(cara, api_).status, 409);
  EXPECT_EQ(likes(guest.get(api_).json()), 0);
}

TEST_F(Reactions, AreRefusedToTheSilenced) {
  HttpClient dirk = forum().member("dirk", 0);
  HttpClient vera = forum().moderator("vera", 0);
  start(dirk);
  const std::string decision = R"({"kind":"silence","reason":"Too loud"})";
  ASSERT_EQ(vera.send_json("POST", "/api/v1/users/dirk/sanctions", decision).status, 200);
  const HttpAnswer refused = like(dirk, api_);
  EXPECT_EQ(refused.status, 403);
  EXPECT_EQ(text(refused.json(), "code"), "silenced");
}

TEST_F(Reactions, WorkByFormsAndThePageMarksTheViewersOwn) {
  HttpClient elsa = forum().member("elsa", 0);
  HttpClient finn = forum().member("finn", 0);
  start(elsa);
  const std::string form = "/posts/" + std::to_string(post_);
  const std::string marked = "<li class=\"post-row own liked\"";
  EXPECT_FALSE(contains(elsa.get(page_), marked));
  EXPECT_EQ(elsa.post_form(form + "/like", {}).header("location"), page_ + "#post-1");
  EXPECT_TRUE(contains(elsa.get(page_), marked));
  const HttpAnswer other = finn.get(page_);
  EXPECT_FALSE(contains(other, " liked\""));
  EXPECT_TRUE(contains(other, "<span class=\"like-count\">1<"));
  EXPECT_TRUE(contains(HttpClient{forum().port(1)}.get(page_), "<span class=\"like-count\">1<"));
  EXPECT_EQ(elsa.post_form(form + "/unlike", {}).status, 303);
  EXPECT_FALSE(contains(elsa.get(page_), " liked\""));
  const HttpAnswer guests = HttpClient{forum().port(0)}.post_form(form + "/like", {});
  EXPECT_EQ(guests.status, 303);
  EXPECT_EQ(guests.header("location"), "/login?next=%2Fposts%2F" + std::to_string(post_));
}

TEST_F(Reactions, OfTheCallerAreListedApartFromThePosts) {
  HttpClient ivan = forum().member("ivan", 0);
  start(ivan);
  ASSERT_EQ(like(ivan, api_).status, 200);
  const std::string likes = "/api/v1/threads/" + std::to_string(thread_) + "/likes";
  EXPECT_EQ(ivan.get(likes).body, "{\"liked\":[" + std::to_string(post_) + "]}");
  EXPECT_EQ(ivan.get(likes + "?after=x").status, 422);
  EXPECT_EQ(HttpClient{forum().port(0)}.get(likes).status, 401);
}

TEST_F(Reactions, AreOnAFilmsPageToo) {
  HttpClient gina = forum().member("gina", 0);
  const std::string film = "/films/" + std::to_string(forum().film_id());
  const HttpAnswer comment = gina.send_json("POST", "/api/v1" + film + "/comments", body_json("The crane shot."));
  const std::string page = gina.get(film + "-x").header("location");
  ASSERT_EQ(like(gina, "/api/v1/posts/" + std::to_string(integer(comment.json().at("post"), "id"))).status, 200);
  EXPECT_TRUE(contains(gina.get(page), "<li class=\"post-row own liked\""));
  EXPECT_TRUE(contains(HttpClient{forum().port(0)}.get(page), "<span class=\"like-count\">1<"));
}

// A member's page is kept but for what is the viewer's own: where nobody has liked anything, nothing is read for it.
TEST_F(Reactions, AreReadForAViewerOnlyWhereThereAreSome) {
  HttpClient hugo = forum().member("hugo", 0);
  start(hugo);
  const auto reads = [&](const char* of) {
    shared_postgres().count_statements();
    EXPECT_EQ(hugo.get(page_).status, 200);
    return shared_postgres().statements(of);
  };
  constexpr const char* posts = "from \\(select \\* from posts";
  EXPECT_TRUE(eventually([&] { return reads(posts) == 0; })) << "the page is never kept";
  EXPECT_EQ(reads("post_reactions"), 0);
  ASSERT_EQ(like(hugo, api_).status, 200);
  EXPECT_TRUE(eventually([&] { return reads(posts) == 0; })) << "the page is never kept";
  EXPECT_EQ(reads("post_reactions"), 1);
}

}  // namespace
