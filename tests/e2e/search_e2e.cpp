// Search, related threads and suggestions, as programs and browsers without script use them.
#include <boost/json/serialize.hpp>
#include <gtest/gtest.h>

#include "tests/support/forum.hpp"

using namespace foyer::testing;

namespace {

class SearchOnNodes : public ::testing::Test {
 protected:
  static Forum& forum() {
    static Forum shared{2};
    return shared;
  }
  static boost::json::array found(HttpClient& client, const std::string& text, const std::string& in) {
    const HttpAnswer answer = client.get("/api/v1/search?q=" + url_encode(text) + "&in=" + in);
    EXPECT_EQ(answer.status, 200) << answer.body;
    return answer.json().at(in).at("items").as_array();
  }
};

TEST_F(SearchOnNodes, APostIsFoundOnTheOtherNodeAtOnceAndARemovedOneIsNot) {
  HttpClient ada = forum().member("ada", 0);
  HttpClient vera = forum().moderator("vera", 1);
  HttpClient guest{forum().port(1)};
  const std::int64_t thread = forum().start_thread(ada, "On kinetoscopes");
  const std::string posts = "/api/v1/threads/" + std::to_string(thread) + "/posts";
  const auto posted = ada.send_json("POST", posts, body_json("A *kinetoscope* ||burns down|| here")).json();
  const auto hits = found(guest, "kinetoscopes", "posts");
  ASSERT_EQ(hits.size(), 1U);
  EXPECT_EQ(hits[0].at("id"), posted.at("post").at("id"));
  EXPECT_EQ(
      boost::json::serialize(hits[0].at("snippet")),
      R"([{"text":"A ","marked":false},{"text":"kinetoscope","marked":true},{"text":" [spoiler] here","marked":false}])");
  EXPECT_TRUE(found(guest, "burns", "posts").empty());
  EXPECT_EQ(found(guest, "kineto", "threads").size(), 1U);
  const std::string page = guest.get("/search?q=kinetoscope").body;
  EXPECT_NE(page.find("<mark>kinetoscope</mark>"), std::string::npos);
  EXPECT_EQ(page.find("burns"), std::string::npos);

  const std::string id = std::to_string(posted.at("post").at("id").as_int64());
  ASSERT_EQ(vera.send_json("POST", "/api/v1/posts/" + id + "/remove", R"({"reason":"rude"})").status, 200);
  EXPECT_TRUE(found(guest, "kinetoscope", "posts").empty());
  EXPECT_TRUE(found(vera, "kinetoscope", "posts").empty()) << "moderators read what they removed in its history";
}

TEST_F(SearchOnNodes, WhatIsNotUnderstoodIsRefusedWithTheNameOfTheField) {
  HttpClient guest{forum().port(0)};
  for (const char* query :
       {"", "?q=", "?q=a&in=books", "?q=a&after=x&in=posts", "?q=a&limit=0", "?q=before:x", "?x=y"}) {
    EXPECT_EQ(guest.get("/api/v1/search" + std::string(query)).status, 422) << query;
  }
  EXPECT_EQ(guest.get("/search?q=kind:poem").status, 422);
  EXPECT_EQ(guest.get("/search?q=%FF").status, 422);
  EXPECT_EQ(guest.get("/search").status, 200);
  const std::string hostile = guest.get("/search?q=" + url_encode("<script>alert(1)</script>\"'")).body;
  EXPECT_EQ(hostile.find("<script>alert"), std::string::npos);
}

TEST_F(SearchOnNodes, ThreadsLikeAFilmAndLikeATitleAreOfferedWithAReason) {
  HttpClient cora = forum().member("cora", 0);
  HttpClient guest{forum().port(1)};
  const std::string film = std::to_string(forum().film_id());
  const std::string title = guest.get("/api/v1/films/" + film).json().at("title").as_string().c_str();
  const std::string body = R"({"film_ids":[],"kind":"discussion","body":"Hm","title":")" + title + R"( once more"})";
  ASSERT_EQ(cora.send_json("POST", "/api/v1/threads", body).status, 201);
  // The threads of the other tests belong to the film; this one asks of a film that has none.
  const auto suggested = guest.get("/api/v1/threads/suggestions?title=" + url_encode(title + " again"));
  ASSERT_EQ(suggested.status, 200) << suggested.body;
  const boost::json::value document = suggested.json();
  const auto& items = document.at("items").as_array();
  ASSERT_FALSE(items.empty());
  EXPECT_EQ(items[0].at("thread").at("title").as_string(), title + " once more");
  EXPECT_EQ(guest.get("/api/v1/threads/suggestions").status, 422);
  EXPECT_EQ(guest.get("/api/v1/threads/suggestions?title=a&film=x").status, 422);
}

TEST_F(SearchOnNodes, RelatedThreadsAreKeptAndRenewedBesideTheRequests) {
  HttpClient dora = forum().member("dora", 0);
  run_sql(forum().database_url(),
          "insert into films (slug, title, year, search_key) values "
          "('the-lost-reel', 'The Lost Reel', 1931, 'the lost reel')");
  const std::string film = run_sql(forum().database_url(), "select id from films where title = 'The Lost Reel'");
  ASSERT_EQ(dora.send_json("POST", "/api/v1/threads",
                           R"({"film_ids":[],"kind":"discussion","body":"Hm","title":"Was The Lost Reel found?"})")
                .status,
            201);
  HttpClient guest{forum().port(1)};
  const auto related = [&] { return guest.get("/api/v1/films/" + film + "/threads").json().at("related").as_array(); };
  ASSERT_EQ(related().size(), 1U);
  EXPECT_EQ(related()[0].at("reason").as_string(), "The title names “The Lost Reel”");
  EXPECT_TRUE(eventually([&] {
    return run_sql(forum().database_url(), "select count(*) from related_threads where film_id = " + film) == "1";
  })) << "what was found is kept";
  run_sql(forum().database_url(),
          "update related_threads set thread_ids = '{}', reasons = '{}', "
          "found_at = now() - interval '2 days' where film_id = " +
              film);
  EXPECT_TRUE(eventually([&] { return related().size() == 1U; })) << "an old list is renewed when somebody asks";
}

}  // namespace
