// Ratings of films, as programs, live screens and browsers without script give and see them.
#include <gtest/gtest.h>

#include "tests/support/forum.hpp"
#include "tests/support/live_client.hpp"

using namespace foyer::testing;

namespace {

class Ratings : public ::testing::Test {
 protected:
  static Forum& forum() {
    static Forum shared{2};
    return shared;
  }
  static std::string film() { return "/films/" + std::to_string(forum().film_id()); }
  static std::string api() { return "/api/v1" + film() + "/rating"; }
  static HttpAnswer rate(HttpClient& member, int score) {
    return member.send_json("PUT", api(), "{\"score\":" + std::to_string(score) + "}");
  }
};

TEST_F(Ratings, OnOneNodeAreSeenLiveAndOnThePageOfTheOther) {
  HttpClient ada = forum().member("ada", 0);
  const std::string page = ada.get(film() + "-x").header("location");
  LiveClient guest{forum().port(1)};
  guest.subscribe("film:" + std::to_string(forum().film_id()));
  ASSERT_EQ(guest.receive_type("event").at("event").as_string(), "film.updated");
  const HttpAnswer rated = rate(ada, 9);
  ASSERT_EQ(rated.status, 200) << rated.body;
  EXPECT_EQ(rated.json().at("score").as_int64(), 9);
  const auto news = guest.receive_type("event");
  EXPECT_EQ(news.at("data").at("film").at("rating"), rated.json().at("rating"));
  const std::string shown = HttpClient{forum().port(1)}.get(page).body;
  EXPECT_NE(shown.find("of 10 from 1 rating<"), std::string::npos);

  EXPECT_EQ(ada.get(api()).json(), rated.json());
  const HttpAnswer none = ada.request("DELETE", api(), {}, "");
  ASSERT_EQ(none.status, 200) << none.body;
  EXPECT_TRUE(none.json().at("score").is_null());
  EXPECT_TRUE(none.json().at("rating").at("average").is_null());
  const auto withdrawn = guest.receive_type("event");
  EXPECT_EQ(withdrawn.at("data").at("film").at("rating").at("count").as_int64(), 0);
}

TEST_F(Ratings, AreRefusedWithTheNameOfTheField) {
  HttpClient bert = forum().member("bert", 0);
  HttpClient guest{forum().port(0)};
  EXPECT_EQ(rate(guest, 5).status, 401);
  EXPECT_EQ(guest.get(api()).status, 401);
  for (const char* body : {R"({"score":0})", R"({"score":11})", R"({"score":"8"})", R"({})", R"({"score":8,"x":1})"}) {
    EXPECT_EQ(bert.send_json("PUT", api(), body).status, 422) << body;
  }
  EXPECT_EQ(bert.send_json("PUT", "/api/v1/films/999999/rating", R"({"score":5})").status, 404);
}

TEST_F(Ratings, AreGivenAndTakenBackByAPlainForm) {
  HttpClient cora = forum().member("cora", 0);
  const std::string page = cora.get(film() + "-x").header("location");
  const HttpAnswer given = cora.post_form(page + "/rating", {{"score", "7"}});
  EXPECT_EQ(given.status, 303);
  EXPECT_EQ(given.header("location"), page + "#rating");
  EXPECT_NE(cora.get(page).body.find("value=\"7\" checked"), std::string::npos);
  EXPECT_EQ(HttpClient{forum().port(0)}.get(page).body.find("name=\"score\""), std::string::npos);
  EXPECT_EQ(cora.post_form(page + "/rating", {{"score", "70"}}).status, 422);
  EXPECT_EQ(cora.post_form(page + "/rating", {{"withdraw", "1"}}).status, 303);
  EXPECT_TRUE(cora.get(api()).json().at("score").is_null());
  EXPECT_EQ(HttpClient{forum().port(0)}.post_form(page + "/rating", {{"score", "7"}}).status, 303) << "to the log-in";
}

// The header names whom the page was made for; the session in the browser may be another's by now.
TEST_F(Ratings, AreNotGivenInTheNameOfWhoLoggedInSince) {
  HttpClient dora = forum().member("dora", 0);
  const auto as = [&](const std::string& member) {
    return dora
        .request("PUT", api(), {{"Content-Type", "application/json"}, {"Foyer-Member", member}}, R"({"score":3})")
        .status;
  };
  const auto id = dora.get("/api/v1/session").json().at("user").at("id").as_int64();
  EXPECT_EQ(as(std::to_string(id + 1)), 401);
  EXPECT_EQ(as("dora"), 401);
  EXPECT_TRUE(dora.get(api()).json().at("score").is_null());
  EXPECT_EQ(as(std::to_string(id)), 200);
}

}  // namespace
