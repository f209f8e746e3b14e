// What a film's page, a thread's rail and the list of films take from elsewhere in the forum, as a guest reads it.
#include <gtest/gtest.h>

#include "tests/support/forum.hpp"

using namespace foyer::testing;

namespace {

class FilmPages : public ::testing::Test {
 protected:
  Forum forum{1};
  HttpClient ada = forum.member("ada", 0);
  HttpClient guest{forum.port(0)};
  std::string film = "/films/" + std::to_string(forum.film_id());

  std::string start(const std::string& title, const std::string& films) {
    const HttpAnswer started = ada.send_json("POST", "/api/v1/threads",
                                             R"({"film_ids":[)" + films + R"(],"kind":"discussion","title":")" + title +
                                                 R"(","body":"What do you think?"})");
    EXPECT_EQ(started.status, 201) << started.body;
    return std::to_string(started.json().at("thread").at("id").as_int64());
  }
  HttpAnswer page(const std::string& address) {
    const HttpAnswer moved = guest.get(address);
    return moved.status / 100 == 3 ? guest.get(moved.header("location")) : moved;
  }
  std::string sql(const std::string& text) { return run_sql(forum.database_url(), text); }
};

TEST_F(FilmPages, ComeWithRelatedThreadsAtTheFirstRequestAndKeepThem) {
  start("The Cranes Are Flying, where to see it", "");
  EXPECT_NE(page(film + "-x").body.find("Possibly related"), std::string::npos);
  EXPECT_TRUE(eventually([&] { return sql("select count(*) from related_threads") == "1"; }));
}

// As when the look takes too long: it fails, the page does not.
TEST_F(FilmPages, ComeWithoutRelatedThreadsWhenTheLookForThemFails) {
  const std::string thread = start("The Cranes Are Flying, where to see it", "");
  sql("alter table thread_words rename to words_elsewhere");
  const HttpAnswer without = page(film + "-x");
  EXPECT_EQ(without.status, 200);
  EXPECT_NE(without.body.find("No discussion is linked to this film yet."), std::string::npos);
  EXPECT_EQ(without.body.find("Possibly related"), std::string::npos);
  EXPECT_EQ(guest.get("/api/v1" + film + "/threads").status, 200);
  EXPECT_EQ(page("/threads/" + thread + "-x").status, 200);
}

TEST_F(FilmPages, OfThreadsNameOthersWithATitleLikeTheirOwn) {
  const std::string thread = start("That long staircase shot", "");
  EXPECT_EQ(page("/threads/" + thread + "-x").body.find("Similar discussions"), std::string::npos);
  const std::string other = start("Another long staircase shot", std::to_string(forum.film_id()));
  const std::string shown = page("/threads/" + other + "-x").body;
  EXPECT_NE(shown.find("Similar discussions"), std::string::npos);
  EXPECT_NE(shown.find("That long staircase shot"), std::string::npos);
}

TEST_F(FilmPages, SayWhatOneLessToNarrowByWouldFind) {
  EXPECT_NE(page("/films?q=cranes&decade=1890").body.find("<a href=\"/films?q=cranes\">Any decade</a>: 1 film</li>"),
            std::string::npos);
}

TEST_F(FilmPages, CanBeNarrowedToWhatIsDiscussedEverOrNow) {
  const auto count = [&](const std::string& word) {
    return guest.get("/api/v1/films?discussed=" + word).json().at("items").as_array().size();
  };
  EXPECT_EQ(count("now"), 0U);
  start("How was it lit?", std::to_string(forum.film_id()));
  EXPECT_EQ(count("now"), 1U);
  EXPECT_EQ(count("1"), 1U);
  EXPECT_GT(count("0"), 1U);
  EXPECT_EQ(guest.get("/api/v1/films?discussed=never").status, 422);
  EXPECT_NE(page("/films?discussed=now").body.find("<p class=\"meta film-count\">1 film</p>"), std::string::npos);
}

TEST_F(FilmPages, NameTheFieldThatIsWrong) {
  const HttpAnswer wrong = page("/films?sort=fame");
  EXPECT_EQ(wrong.status, 422);
  EXPECT_NE(wrong.body.find("<code>sort</code>: Must be title, year"), std::string::npos);
}

}  // namespace
