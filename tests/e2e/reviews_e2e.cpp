// Reviews of films, as programs, live screens and browsers without script write and see them.
#include <gtest/gtest.h>

#include "persistence/database.hpp"
#include "persistence/transaction_impl.hpp"
#include "tests/support/forum.hpp"
#include "tests/support/live_client.hpp"

using namespace foyer::testing;

namespace {

class Reviews : public ::testing::Test {
 protected:
  static Forum& forum() {
    static Forum shared{2};
    return shared;
  }
  static std::string film() { return "/films/" + std::to_string(forum().film_id()); }
  static std::string api() { return "/api/v1" + film() + "/review"; }
  static HttpAnswer review(HttpClient& member, const std::string& body, int score, bool spoilers) {
    return member.send_json("PUT", api(),
                            R"({"body":")" + body + R"(","score":)" + std::to_string(score) +
                                R"(,"contains_spoilers":)" + (spoilers ? "true}" : "false}"));
  }
  static std::string page_of(HttpClient& reader) { return reader.get(film() + "-x").header("location"); }
};

TEST_F(Reviews, AreMadeOnceThenChangedAndHeardOnTheOtherNode) {
  HttpClient ada = forum().member("ada", 0);
  LiveClient guest{forum().port(1)};
  guest.subscribe("film:" + std::to_string(forum().film_id()));
  ASSERT_EQ(guest.receive_type("event").at("event").as_string(), "film.updated");
  EXPECT_EQ(ada.get(api()).status, 404);
  const HttpAnswer made = review(ada, "It weeps.", 9, false);
  ASSERT_EQ(made.status, 201) << made.body;
  const auto thread = made.json().at("thread");
  EXPECT_EQ(made.header("location"), "/api/v1/threads/" + std::to_string(integer(thread, "id")));
  EXPECT_EQ(guest.receive_type("event").at("data").at("film").at("threads").at(0).at("score").as_int64(), 9);
  const HttpAnswer changed = review(ada, "It weeps, and we.", 8, false);
  ASSERT_EQ(changed.status, 200) << changed.body;
  EXPECT_EQ(changed.json().at("thread").at("id"), thread.at("id"));
  EXPECT_EQ(ada.get(api()).json(), changed.json());
  HttpClient reader{forum().port(1)};
  const auto listed = reader.get("/api/v1" + film() + "/reviews").json().at("items").at(0);
  EXPECT_EQ(text(listed, "excerpt"), "It weeps, and we.");
  EXPECT_NE(reader.get(page_of(reader)).body.find("It weeps, and we."), std::string::npos);
}

// What the review says stands nowhere but inside the details of its own thread.
TEST_F(Reviews, ThatContainSpoilersLeakNothing) {
  HttpClient bert = forum().member("bert", 0);
  const HttpAnswer made = review(bert, "SECRETWORD happens", 7, true);
  ASSERT_EQ(made.status, 201) << made.body;
  HttpClient reader{forum().port(1)};
  const std::string page = page_of(reader);
  for (const std::string& address :
       {page, page + "/reviews", std::string("/"), std::string("/threads"), "/api/v1" + film() + "/reviews",
        "/api/v1" + film() + "/threads", std::string("/api/v1/threads?kind=review")}) {
    const HttpAnswer answer = reader.get(address);
    EXPECT_EQ(answer.status, 200) << address;
    EXPECT_EQ(answer.body.find("SECRETWORD"), std::string::npos) << address;
  }
  EXPECT_NE(reader.get(page).body.find("This review tells what happens"), std::string::npos);
  const auto thread = made.json().at("thread");
  const std::string shown =
      reader.get("/threads/" + std::to_string(integer(thread, "id")) + "-" + text(thread, "slug")).body;
  const auto opened = shown.find("<details class=\"spoiler\">");
  const auto secret = shown.find("SECRETWORD");
  ASSERT_NE(secret, std::string::npos);
  EXPECT_LT(opened, secret);
  EXPECT_LT(secret, shown.find("</details>", opened));
  EXPECT_EQ(shown.find("SECRETWORD", secret + 1), std::string::npos);
}

TEST_F(Reviews, AreWrittenAndChangedByAPlainForm) {
  HttpClient cora = forum().member("cora", 0);
  const std::string form = page_of(cora) + "/review";
  EXPECT_EQ(cora.get(film() + "-x/review").header("location"), form);
  EXPECT_EQ(HttpClient{forum().port(0)}.get(form).status, 303) << "to the log-in";
  const HttpAnswer refused = cora.post_form(form, {{"body", "Kept text"}, {"title", ""}});
  EXPECT_EQ(refused.status, 422);
  EXPECT_NE(refused.body.find("Kept text</textarea>"), std::string::npos);
  const HttpAnswer made = cora.post_form(form, {{"body", "Kept text"}, {"title", ""}, {"score", "6"}});
  ASSERT_EQ(made.status, 303) << made.body;
  EXPECT_TRUE(made.header("location").starts_with("/threads/"));
  const std::string again = cora.get(form).body;
  EXPECT_NE(again.find("Change your review"), std::string::npos);
  EXPECT_NE(again.find("value=\"6\" checked"), std::string::npos);
  const HttpAnswer changed =
      cora.post_form(form, {{"body", "Kept text"}, {"title", "Mine"}, {"score", "6"}, {"contains_spoilers", "1"}});
  EXPECT_EQ(changed.status, 303);
  EXPECT_NE(cora.get(changed.header("location")).body.find("<details class=\"spoiler\">"), std::string::npos);
}

TEST_F(Reviews, RemovedWhileTheyAreChangedComeBackWithWhatWasTyped) {
  HttpClient fay = forum().member("fay", 0);
  const std::string form = page_of(fay) + "/review";
  ASSERT_EQ(fay.post_form(form, {{"body", "First text"}, {"title", ""}, {"score", "6"}}).status, 303);
  HttpClient moderator = forum().moderator("rex", 0);
  const auto own = fay.get("/api/v1" + film() + "/review").json();
  const std::string post = std::to_string(integer(own.at("post"), "id"));
  ASSERT_EQ(moderator.send_json("POST", "/api/v1/posts/" + post + "/remove", R"({"reason":"rude"})").status, 200);
  EXPECT_EQ(fay.get(form).status, 409);
  const HttpAnswer refused = fay.post_form(form, {{"body", "Long thoughts"}, {"title", ""}, {"score", "6"}});
  EXPECT_EQ(refused.status, 409);
  EXPECT_NE(refused.body.find("Long thoughts</textarea>"), std::string::npos);
}

// Another transaction holds what the form needs for longer than the node waits.
TEST_F(Reviews, AndThreadsThatTheDatabaseHasNoTimeForComeBackWithWhatWasTyped) {
  HttpClient gil = forum().member("gil", 0);
  const std::string page = page_of(gil);
  foyer::persistence::Database database{{.url = forum().database_url()}};
  constexpr foyer::persistence::Statement lock{"lock", "lock table threads in exclusive mode"};
  database.write([&](foyer::persistence::Transaction& transaction) {
    execute(transaction, lock);
    const HttpAnswer review =
        gil.post_form(page + "/review", {{"body", "Long thoughts"}, {"title", ""}, {"score", "6"}});
    EXPECT_EQ(review.status, 503);
    EXPECT_NE(review.body.find("Long thoughts</textarea>"), std::string::npos);
    const HttpAnswer thread =
        gil.post_form("/threads", {{"kind", "discussion"}, {"title", "A question"}, {"body", "Long thoughts"}});
    EXPECT_EQ(thread.status, 503);
    EXPECT_NE(thread.body.find("Long thoughts</textarea>"), std::string::npos);
    return true;
  });
}

TEST_F(Reviews, AreRefusedWithTheNameOfTheField) {
  HttpClient dora = forum().member("dora", 0);
  HttpClient guest{forum().port(0)};
  EXPECT_EQ(review(guest, "Text", 5, false).status, 401);
  EXPECT_EQ(review(dora, "Text", 11, false).status, 422);
  EXPECT_EQ(review(dora, "", 5, false).status, 422);
  EXPECT_EQ(dora.send_json("PUT", api(), R"({"body":"Text","score":5})").status, 422);
  EXPECT_EQ(
      dora.send_json("PUT", "/api/v1/films/999999/review", R"({"body":"Text","score":5,"contains_spoilers":false})")
          .status,
      404);
}

TEST_F(Reviews, AndMarksOfAFilmAreTheMembersOwn) {
  HttpClient emil = forum().member("emil", 0);
  const std::string seen = "/api/v1" + film() + "/marks/seen";
  const HttpAnswer marked = emil.request("PUT", seen, {}, "");
  ASSERT_EQ(marked.status, 200) << marked.body;
  EXPECT_TRUE(marked.json().at("seen").as_bool());
  const std::string page = page_of(emil);
  EXPECT_NE(emil.get(page).body.find("value=\"seen\" aria-pressed=\"true\""), std::string::npos);
  EXPECT_EQ(emil.post_form(page + "/marks", {{"unmark", "seen"}}).status, 303);
  EXPECT_NE(emil.get(page).body.find("value=\"seen\" aria-pressed=\"false\""), std::string::npos);
  EXPECT_EQ(emil.request("PUT", "/api/v1" + film() + "/marks/loved", {}, "").status, 422);
  HttpClient guest{forum().port(0)};
  EXPECT_EQ(guest.request("PUT", seen, {}, "").status, 401);
  ASSERT_EQ(emil.request("PUT", "/api/v1" + film() + "/marks/watchlist", {}, "").status, 200);
  EXPECT_NE(emil.get("/films?mine=watchlist").body.find("href=\"" + page + "\""), std::string::npos);
  EXPECT_EQ(emil.get("/films?mine=rated").body.find("href=\"" + page + "\""), std::string::npos);
  EXPECT_EQ(emil.get("/films?mine=everything").status, 422);
  EXPECT_EQ(guest.get("/films?mine=watchlist").header("location"), "/login?next=%2Ffilms%3Fmine%3Dwatchlist");
}

}  // namespace
