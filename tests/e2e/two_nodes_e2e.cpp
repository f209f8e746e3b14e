#include <gtest/gtest.h>

#include "tests/support/forum.hpp"
#include "tests/support/live_client.hpp"

using namespace foyer::testing;

namespace {

class TwoNodes : public ::testing::Test {
 protected:
  static Forum& forum() {
    static Forum shared{2};
    return shared;
  }
  static std::string thread_path(std::int64_t thread) { return "/api/v1/threads/" + std::to_string(thread); }
  static std::string thread_channel(std::int64_t thread) { return "thread:" + std::to_string(thread); }
};

TEST_F(TwoNodes, ACommentPostedOnOneNodeReachesAGuestOnTheOther) {
  HttpClient ana = forum().member("ana", 0);
  const std::int64_t thread = forum().start_thread(ana);
  LiveClient guest{forum().port(1)};
  EXPECT_TRUE(guest.receive().at("user").is_null());
  const auto subscribed = guest.subscribe(thread_channel(thread));
  EXPECT_EQ(subscribed.at("seq").as_int64(), 1);

  const HttpAnswer posted = ana.send_json("POST", thread_path(thread) + "/posts", body_json("Seen it *twice*."));
  ASSERT_EQ(posted.status, 201) << posted.body;
  EXPECT_EQ(integer(posted.json(), "seq"), 2);

  const auto event = guest.receive_type("event");
  EXPECT_EQ(event.at("event").as_string(), "post.created");
  EXPECT_EQ(event.at("seq").as_int64(), 2);
  EXPECT_EQ(event.at("data").at("post"), posted.json().at("post"));
  EXPECT_EQ(text(event.at("data").at("post"), "html"), "<p>Seen it <em>twice</em>.</p>");
}

TEST_F(TwoNodes, ARemovalReachesEveryScreenAndEveryRouteAgreesAfterwards) {
  HttpClient ben = forum().member("ben", 0);
  HttpClient moderator = forum().moderator("vera", 1);
  const std::int64_t thread = forum().start_thread(ben);
  const HttpAnswer posted =
      ben.send_json("POST", thread_path(thread) + "/posts", body_json("an unkind sentence about somebody"));
  const std::int64_t post = integer(posted.json().at("post"), "id");
  const std::string post_path = "/api/v1/posts/" + std::to_string(post);

  const std::string page = "/threads/" + std::to_string(thread) + "-x";
  const auto read = [](HttpClient reader, const std::string& route) {
    HttpAnswer answer = reader.get(route);
    return answer.status == 301 ? reader.get(answer.header("location")) : answer;
  };
  const std::vector<std::string> routes{
      post_path, thread_path(thread) + "/posts", thread_path(thread) + "/events?since=0",
      page,      "/api/v1/users/ben/posts",      "/members/ben"};
  for (const std::string& route : routes) {
    EXPECT_NE(read(HttpClient{forum().port(0)}, route).body.find("unkind sentence"), std::string::npos) << route;
  }

  LiveClient first{forum().port(0)};
  LiveClient second{forum().port(1)};
  first.subscribe(thread_channel(thread));
  second.subscribe(thread_channel(thread));
  ASSERT_EQ(moderator.send_json("POST", post_path + "/remove", R"({"reason":"unkind"})").status, 200);
  for (LiveClient* screen : {&first, &second}) {
    const auto event = screen->receive_type("event");
    EXPECT_EQ(event.at("event").as_string(), "post.removed");
    const auto& shown = event.at("data").at("post");
    EXPECT_TRUE(shown.at("body").is_null());
    EXPECT_TRUE(shown.at("html").is_null());
    EXPECT_EQ(text(shown.at("removal"), "reason"), "unkind");
  }

  for (const std::string& route : routes) {
    for (const HttpClient& reader : {HttpClient{forum().port(0)}, HttpClient{forum().port(1)}, ben}) {
      const HttpAnswer answer = read(reader, route);
      EXPECT_EQ(answer.status, 200) << route;
      EXPECT_EQ(answer.body.find("unkind sentence"), std::string::npos) << route;
    }
  }
  EXPECT_EQ(HttpClient{forum().port(0)}.get(post_path + "/history").status, 401);
  EXPECT_NE(moderator.get(post_path + "/history").body.find("unkind sentence"), std::string::npos);
  EXPECT_EQ(ben.get(post_path + "/history").status, 403);
  const std::string log = moderator.get("/api/v1/moderation/log").body;
  EXPECT_NE(log.find("\"reason\":\"unkind\""), std::string::npos) << log;

  ASSERT_EQ(moderator.send_json("POST", post_path + "/restore", "{}").status, 200);
  EXPECT_EQ(first.receive_type("event").at("event").as_string(), "post.restored");
  EXPECT_NE(HttpClient{forum().port(0)}.get(post_path).body.find("unkind sentence"), std::string::npos);
}

TEST_F(TwoNodes, EditsDeletionsAndThreadChangesArriveInOrder) {
  HttpClient cleo = forum().member("cleo", 0);
  HttpClient moderator = forum().moderator("vito", 1);
  const std::int64_t thread = forum().start_thread(cleo);
  LiveClient guest{forum().port(1)};
  guest.subscribe(thread_channel(thread));
  const HttpAnswer posted = cleo.send_json("POST", thread_path(thread) + "/posts", body_json("first words"));
  const std::string post_path = "/api/v1/posts/" + std::to_string(integer(posted.json().at("post"), "id"));
  ASSERT_EQ(cleo.send_json("PATCH", post_path, body_json("better words")).status, 200);
  ASSERT_EQ(moderator.send_json("PATCH", thread_path(thread), R"({"locked":true,"reason":"calm down"})").status, 200);
  EXPECT_EQ(cleo.send_json("POST", thread_path(thread) + "/posts", body_json("more")).status, 403);
  ASSERT_EQ(cleo.request("DELETE", post_path, {}, "").status, 200);
  std::vector<std::string> seen;
  for (std::int64_t seq = 2; seq <= 5; ++seq) {
    const auto event = guest.receive_type("event");
    EXPECT_EQ(event.at("seq").as_int64(), seq);
    seen.emplace_back(event.at("event").as_string());
  }
  EXPECT_EQ(seen, (std::vector<std::string>{"post.created", "post.edited", "thread.updated", "post.deleted"}));
}

TEST_F(TwoNodes, TheFilmAnnouncesItsCommentsThreadToThoseWhoWatchIt) {
  HttpClient dora = forum().member("dora", 0);
  LiveClient guest{forum().port(1)};
  const std::string film = std::to_string(forum().film_id());
  EXPECT_FALSE(guest.subscribe("film:" + film).contains("seq"));
  const HttpAnswer commented =
      dora.send_json("POST", "/api/v1/films/" + film + "/comments", body_json("The crane shot itself."));
  ASSERT_EQ(commented.status, 201) << commented.body;
  const std::int64_t thread = integer(commented.json().at("post"), "thread_id");
  for (;;) {
    const auto message = guest.receive_type("event");
    const auto& announced = message.at("data").at("film").at("comments_thread_id");
    if (!announced.is_null()) {
      EXPECT_EQ(announced.as_int64(), thread);
      break;
    }
  }
}

}  // namespace
