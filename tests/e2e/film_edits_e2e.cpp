// Films that moderators edit, by the API and by a plain form, as others see them.
#include <gtest/gtest.h>

#include "persistence/database.hpp"
#include "persistence/locks.hpp"
#include "tests/support/forum.hpp"
#include "tests/support/live_client.hpp"

using namespace foyer::testing;

namespace {

class FilmEdits : public ::testing::Test {
 protected:
  static Forum& forum() {
    static Forum shared{2};
    return shared;
  }
  static HttpClient& moderator() {
    static HttpClient shared = forum().moderator("vera", 0);
    return shared;
  }
  std::string film(const std::string& title) {
    const auto found = HttpClient{forum().port(0)}.get("/api/v1/films?q=" + title).json().at("items").at(0);
    id_ = std::to_string(integer(found, "id"));
    return "/films/" + id_ + "-" + text(found, "slug");
  }
  std::string api() const { return "/api/v1/films/" + id_; }
  static bool shows(const HttpAnswer& page, const std::string& words) {
    return page.body.find(words) != std::string::npos;
  }
  static std::string version_in(const HttpAnswer& page) {
    const std::string before = "name=\"version\" value=\"";
    const auto at = page.body.find(before) + before.size();
    return page.body.substr(at, page.body.find('"', at) - at);
  }

  std::string id_;
};

TEST_F(FilmEdits, OnOneNodeAreOnThePageThatGuestsHaveKeptOnTheOther) {
  const std::string page = film("eden");
  HttpClient guest{forum().port(1)};
  LiveClient viewer{forum().port(1)};
  viewer.subscribe("film:" + id_);
  ASSERT_EQ(viewer.receive_type("event").at("event").as_string(), "film.updated");
  ASSERT_FALSE(shows(guest.get(page), "1 hour 51 minutes"));
  ASSERT_FALSE(shows(guest.get(page), "1 hour 51 minutes")) << "out of memory";
  const HttpAnswer edited = moderator().send_json("PATCH", api(), R"({"runtime_minutes":111,"year":null})");
  ASSERT_EQ(edited.status, 200) << edited.body;
  EXPECT_EQ(edited.json(), guest.get(api()).json());
  EXPECT_TRUE(edited.json().at("year").is_null());
  EXPECT_TRUE(eventually([&] { return shows(guest.get(page), "1 hour 51 minutes"); }, std::chrono::seconds(5)))
      << "before a page without news would be made anew";
}

TEST_F(FilmEdits, AreForModeratorsAndNameWrongFields) {
  const std::string page = film("jones");
  HttpClient guest{forum().port(0)};
  HttpClient member = forum().member("mira", 0);
  const std::string year = R"({"year":1950})";
  EXPECT_EQ(guest.send_json("PATCH", api(), year).status, 401);
  EXPECT_EQ(member.send_json("PATCH", api(), year).status, 403);
  EXPECT_EQ(guest.get(api() + "/history").status, 401);
  EXPECT_EQ(member.get(api() + "/history").status, 403);
  EXPECT_EQ(moderator().send_json("PATCH", "/api/v1/films/999999", year).status, 404);
  EXPECT_EQ(moderator().get("/api/v1/films/999999/history").status, 404);
  EXPECT_EQ(moderator().get(api() + "/history?after=forged").status, 422);
  for (const char* body : {R"({"year":"1950"})", R"({"slug":"x"})", R"({"title":null})", R"({"cast":[{"name":""}]})"}) {
    EXPECT_EQ(moderator().send_json("PATCH", api(), body).status, 422) << body;
  }
  const HttpAnswer wrong = moderator().send_json("PATCH", api(), R"({"year":1,"crew":[{"name":"A"}]})");
  ASSERT_EQ(wrong.status, 422);
  EXPECT_EQ(text(wrong.json().at("errors").at(0), "field"), "year");
  EXPECT_EQ(text(wrong.json().at("errors").at(1), "field"), "crew[0].job");
  EXPECT_EQ(moderator().send_json("PATCH", api(), "{").status, 400);
  EXPECT_EQ(
      moderator()
          .request("PATCH", api(), {{"Content-Type", "application/json"}, {"Origin", "https://evil.example"}}, year)
          .status,
      403);
  for (const char* end : {"/edit", "/history"}) {
    EXPECT_EQ(guest.get(page + end).status, 303) << "to the log-in";
    EXPECT_EQ(member.get(page + end).status, 403);
    EXPECT_EQ(moderator().get(page + end).status, 200);
    EXPECT_FALSE(shows(member.get(page), page + end));
    EXPECT_TRUE(shows(moderator().get(page), page + end));
    EXPECT_EQ(moderator().get("/films/" + id_ + "-x" + end).header("location"), page + end);
  }
  EXPECT_EQ(member.post_form(page + "/edit", {{"title", "Mine"}}).status, 403);
  EXPECT_EQ(moderator().get("/films/999999-x/edit").status, 404);
  EXPECT_TRUE(moderator().get(api() + "/history").json().at("items").as_array().empty());
}

TEST_F(FilmEdits, ByAPlainFormChangeTheAddressWhileTheOldOneLeadsThere) {
  const std::string page = film("third");
  const HttpAnswer form = moderator().get(page + "/edit");
  ASSERT_EQ(form.status, 200);
  const Form fields{{"version", version_in(form)}, {"title", "The Third One"}, {"genres", "noir\r\nmystery"}};
  const HttpAnswer saved = moderator().post_form(page + "/edit", fields);
  ASSERT_EQ(saved.status, 303) << saved.body;
  const std::string renamed = "/films/" + id_ + "-the-third-one";
  EXPECT_EQ(saved.header("location"), renamed);
  HttpClient guest{forum().port(1)};
  EXPECT_TRUE(shows(guest.get(renamed), "/films?genre=mystery"));
  EXPECT_EQ(guest.get(page).status, 301);
  EXPECT_EQ(guest.get(page).header("location"), renamed);
  const auto changes = moderator().get(api() + "/history?limit=1").json();
  EXPECT_EQ(text(changes.at("items").at(0), "field"), "title");
  EXPECT_EQ(text(changes.at("items").at(0), "old_text"), "The Third Man");
  const auto next = moderator().get(api() + "/history?after=" + text(changes, "next")).json();
  EXPECT_EQ(text(next.at("items").at(0), "field"), "genres");
  EXPECT_TRUE(next.at("next").is_null());
  EXPECT_TRUE(shows(moderator().get(renamed + "/history"), "The Third Man"));
}

TEST_F(FilmEdits, ThatAreWrongComeBackWithWhatWasTypedAndTheMistakeBesideItsField) {
  const std::string page = film("eden");
  const Form fields{{"version", version_in(moderator().get(page + "/edit"))},
                    {"year", "long ago"},
                    {"synopsis", "Kept <text>"},
                    {"crew", "Elia Kazan | Director\r\nSomebody"}};
  const HttpAnswer again = moderator().post_form(page + "/edit", fields);
  EXPECT_EQ(again.status, 422);
  EXPECT_TRUE(shows(again, "value=\"long ago\""));
  EXPECT_TRUE(shows(again, "Kept &lt;text&gt;</textarea>"));
  EXPECT_TRUE(shows(again, "id=\"error-year\">Year: must be from 1870 to 2200</p>"));
  EXPECT_TRUE(shows(again, "id=\"error-crew\">Crew, item 2, job: is missing</p>"));
  EXPECT_FALSE(shows(again, "id=\"error-title\""));
}

// The second hears what the first has changed, keeps what they typed, and saves it with the next click.
TEST_F(FilmEdits, OfTwoAtOnceAreAConflictForTheSecondWhoLosesNothing) {
  const std::string page = film("jones");
  HttpClient second = forum().moderator("ada", 1);
  const std::string version = version_in(second.get(page + "/edit"));
  ASSERT_EQ(moderator().send_json("PATCH", api(), R"({"year":1955,"runtime_minutes":106})").status, 200);
  const HttpAnswer stale =
      second.post_form(page + "/edit", {{"version", version}, {"year", "1953"}, {"synopsis", "Carmen, sung."}});
  ASSERT_EQ(stale.status, 409);
  EXPECT_TRUE(shows(stale, "The film was changed while you edited it: year, runtime minutes."));
  EXPECT_TRUE(shows(stale, "id=\"error-year\">Year: somebody else changed this meanwhile. It is now “1955”.</p>"));
  EXPECT_TRUE(shows(stale, "value=\"1953\"")) << "typed";
  EXPECT_TRUE(shows(stale, "Carmen, sung.</textarea>")) << "typed";
  EXPECT_TRUE(shows(stale, "value=\"106\"")) << "not touched: as it is now";
  EXPECT_EQ(integer(second.get(api()).json(), "year"), 1955);
  const Form again{
      {"version", version_in(stale)}, {"year", "1953"}, {"runtime_minutes", "106"}, {"synopsis", "Carmen, sung."}};
  EXPECT_EQ(second.post_form(page + "/edit", again).status, 303);
  const auto now = second.get(api()).json();
  EXPECT_EQ(integer(now, "year"), 1953);
  EXPECT_EQ(integer(now, "runtime_minutes"), 106);
  EXPECT_EQ(text(now, "synopsis"), "Carmen, sung.");
}

TEST_F(FilmEdits, OfWhoIsLoggedInNoMoreAreShownToCopy) {
  const std::string page = film("eden");
  HttpClient leaving = forum().moderator("lev", 0);
  const Form fields{{"key", "of-the-form"},
                    {"version", version_in(leaving.get(page + "/edit"))},
                    {"title", "Mine"},
                    {"crew", "Elia | Director"}};
  ASSERT_EQ(leaving.request("DELETE", "/api/v1/session", {}, "").status, 204);
  const HttpAnswer kept = leaving.post_form(page + "/edit", fields);
  EXPECT_EQ(kept.status, 401);
  EXPECT_TRUE(shows(kept, "Title:\nMine\n\nCrew:\nElia | Director\n"));
}

// The film is locked by another transaction for longer than the node waits.
TEST_F(FilmEdits, ThatTheDatabaseHasNoTimeForComeBackWithWhatWasTyped) {
  const std::string page = film("jones");
  const Form fields{{"version", version_in(moderator().get(page + "/edit"))}, {"title", "Kept for later"}};
  foyer::persistence::Database database{{.url = forum().database_url()}};
  const HttpAnswer again = database.write([&](foyer::persistence::Transaction& transaction) {
    EXPECT_TRUE(lock_film(transaction, foyer::FilmId{std::stoll(id_)}));
    return moderator().post_form(page + "/edit", fields);
  });
  EXPECT_EQ(again.status, 503);
  EXPECT_TRUE(shows(again, "value=\"Kept for later\""));
}

}  // namespace
