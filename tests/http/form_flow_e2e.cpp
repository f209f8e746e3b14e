// The forum as a browser without JavaScript uses it: pages, forms, redirects.
#include <gtest/gtest.h>

#include "tests/support/forum.hpp"

using namespace foyer::testing;

namespace {

class FormFlow : public ::testing::Test {
 protected:
  static Forum& forum() {
    static Forum shared{1};
    return shared;
  }
  static std::string film() {
    static const std::string address = [] {
      HttpClient guest{forum().port(0)};
      return guest.get("/films/" + std::to_string(forum().film_id())).header("location");
    }();
    return address;
  }
  static HttpClient registered(const std::string& name) {
    HttpClient member{forum().port(0)};
    const HttpAnswer answer = member.post_form(
        "/register",
        {{"name", name}, {"email", name + "@example.org"}, {"password", std::string(test_password)}, {"next", film()}});
    EXPECT_EQ(answer.status, 303) << answer.body;
    EXPECT_EQ(answer.header("location"), film());
    return member;
  }
  static std::string thread_of(HttpClient& member, const std::string& title) {
    return member
        .post_form("/threads",
                   {{"film", std::to_string(forum().film_id())}, {"title", title}, {"body", "First *words*."}})
        .header("location");
  }
};

bool contains(const HttpAnswer& answer, const std::string& words) {
  return answer.body.find(words) != std::string::npos;
}

TEST_F(FormFlow, AGuestRegistersCommentsAndSeesTheComment) {
  HttpClient mira = registered("mira");
  EXPECT_NE(mira.cookie(), "");
  const HttpAnswer posted = mira.post_form(film() + "/comments", {{"body", "The staircase, every time."}});
  ASSERT_EQ(posted.status, 303) << posted.body;
  EXPECT_EQ(posted.header("location"), film() + "#post-1");
  HttpClient guest{forum().port(0)};
  EXPECT_TRUE(contains(guest.get(film()), "The staircase, every time."));
}

TEST_F(FormFlow, ADoubleClickPostsOnce) {
  HttpClient nils = registered("nils");
  const std::string thread = thread_of(nils, "Pressed twice");
  const Form form{{"body", "Only once"}, {"key", "0123456789abcdef"}};
  const HttpAnswer first = nils.post_form(thread + "/posts", form);
  const HttpAnswer second = nils.post_form(thread + "/posts", form);
  EXPECT_EQ(first.status, 303);
  EXPECT_EQ(first.header("location"), thread + "#post-2");
  EXPECT_EQ(second.header("location"), thread + "#post-2");
}

TEST_F(FormFlow, AThreadIsStartedReadAndAnswered) {
  HttpClient olga = registered("olga");
  const std::string thread = thread_of(olga, "The last shot");
  ASSERT_TRUE(thread.starts_with("/threads/")) << thread;
  const HttpAnswer reply = olga.post_form(thread + "/posts", {{"body", "I disagree."}, {"reply_to", "1"}});
  EXPECT_EQ(reply.header("location"), thread + "#post-2");
  HttpClient guest{forum().port(0)};
  const HttpAnswer page = guest.get(thread);
  EXPECT_TRUE(contains(page, "First <em>words</em>."));
  EXPECT_TRUE(contains(page, "I disagree."));
  EXPECT_EQ(guest.get(thread + "?page=2").status, 404);
  EXPECT_EQ(guest.get(thread + "?page=abc").status, 404);
  EXPECT_EQ(guest.get(thread + "?at=2").header("location"), thread + "#post-2");
  EXPECT_EQ(guest.get(thread + "?at=3").status, 404);
}

TEST_F(FormFlow, ARefusedFormComesBackWithItsErrorsAndInput) {
  HttpClient petra = registered("petra");
  const std::string thread = thread_of(petra, "Refusals");
  const HttpAnswer empty = petra.post_form(thread + "/posts", {{"body", " \n "}});
  EXPECT_EQ(empty.status, 422);
  EXPECT_TRUE(empty.header("content-type").starts_with("text/html"));
  const HttpAnswer lost = petra.post_form(thread + "/posts", {{"body", "kept words"}, {"reply_to", "99"}});
  EXPECT_EQ(lost.status, 422);
  EXPECT_TRUE(contains(lost, "kept words"));
  const HttpAnswer titled = petra.post_form("/threads", {{"title", "x"}, {"body", "a body to keep"}});
  EXPECT_EQ(titled.status, 422);
  EXPECT_TRUE(contains(titled, "a body to keep"));
}

TEST_F(FormFlow, RegisteringAndLoggingInSayWhatIsWrong) {
  HttpClient rosa = registered("rosa");
  HttpClient guest{forum().port(0)};
  const HttpAnswer taken =
      guest.post_form("/register", {{"name", "Rosa"}, {"email", "r@example.org"}, {"password", "long enough"}});
  EXPECT_EQ(taken.status, 409);
  EXPECT_TRUE(contains(taken, "r@example.org"));
  EXPECT_EQ(guest.post_form("/register", {{"name", "b"}, {"email", "x"}, {"password", "y"}}).status, 422);
  const HttpAnswer wrong = guest.post_form("/login", {{"login", "rosa"}, {"password", "not hers at all"}});
  EXPECT_EQ(wrong.status, 401);
  EXPECT_TRUE(contains(wrong, "value=\"rosa\""));
  EXPECT_FALSE(contains(wrong, "not hers at all"));
  EXPECT_EQ(guest.cookie(), "");
  EXPECT_EQ(rosa.post_form("/logout", {}).status, 303);
  EXPECT_FALSE(contains(rosa.get("/"), "Log out"));
}

TEST_F(FormFlow, AuthorsEditAndDeleteTheirPosts) {
  HttpClient sara = registered("sara");
  const std::string thread = thread_of(sara, "Second thoughts");
  const auto posts = sara.get("/api/v1/threads/" + thread.substr(9, thread.find('-') - 9) + "/posts").json();
  const std::string post = "/posts/" + std::to_string(integer(posts.at("items").at(0), "id"));
  EXPECT_TRUE(contains(sara.get(post + "/edit"), "First *words*."));
  EXPECT_EQ(sara.post_form(post + "/edit", {{"body", "Better words."}}).header("location"), thread + "#post-1");
  EXPECT_TRUE(contains(sara.get(thread), "Better words."));
  EXPECT_EQ(sara.get(post + "/history").status, 200);
  EXPECT_EQ(sara.get(post).header("location"), thread + "#post-1");
  HttpClient other = registered("otto");
  EXPECT_EQ(other.get(post + "/edit").status, 403);
  EXPECT_EQ(other.post_form(post + "/edit", {{"body", "Mine now"}}).status, 403);
  EXPECT_EQ(other.post_form(post + "/delete", {}).status, 403);
  EXPECT_EQ(sara.post_form(post + "/delete", {}).status, 303);
  EXPECT_FALSE(contains(sara.get(thread), "Better words."));
}

TEST_F(FormFlow, ModeratorsRemoveRestoreAndLock) {
  HttpClient tom = registered("tom");
  HttpClient ana = forum().moderator("ana", 0);
  const std::string thread = thread_of(tom, "Under watch");
  const auto posts = tom.get("/api/v1/threads/" + thread.substr(9, thread.find('-') - 9) + "/posts").json();
  const std::string post = "/posts/" + std::to_string(integer(posts.at("items").at(0), "id"));
  EXPECT_EQ(tom.get(post + "/remove").status, 403);
  EXPECT_EQ(ana.get(post + "/remove").status, 200);
  EXPECT_EQ(ana.post_form(post + "/remove", {{"reason", "Off topic"}, {"revision", "9"}}).status, 409);
  EXPECT_EQ(ana.post_form(post + "/remove", {{"reason", "Off topic"}, {"revision", "1"}}).header("location"),
            thread + "#post-1");
  EXPECT_FALSE(contains(tom.get(thread), "First <em>words"));
  EXPECT_TRUE(contains(ana.get("/moderation/log"), "Off topic"));
  EXPECT_EQ(ana.post_form(post + "/restore", {}).status, 303);
  EXPECT_TRUE(contains(tom.get(thread), "First <em>words"));
  EXPECT_EQ(tom.post_form(thread + "/lock", {}).status, 403);
  EXPECT_EQ(ana.post_form(thread + "/lock", {}).header("location"), thread);
  const HttpAnswer late = tom.post_form(thread + "/posts", {{"body", "too late"}});
  EXPECT_EQ(late.status, 403);
  EXPECT_EQ(ana.post_form(thread + "/unlock", {}).status, 303);
  EXPECT_EQ(tom.post_form(thread + "/posts", {{"body", "in time"}}).status, 303);
}

TEST_F(FormFlow, ModeratorsSilenceAndBanOnTheMembersPage) {
  HttpClient ulla = registered("ulla");
  HttpClient vito = forum().moderator("vito", 0);
  const std::string thread = thread_of(ulla, "Too loud");
  const std::string decide = "/members/ulla/sanctions";
  EXPECT_FALSE(contains(ulla.get("/members/ulla"), decide));
  EXPECT_FALSE(contains(ulla.get("/members/vito"), "/members/vito/sanctions"));
  EXPECT_TRUE(contains(vito.get("/members/ulla"), decide));
  EXPECT_EQ(ulla.post_form("/members/vito/sanctions", {{"kind", "ban"}, {"reason", "revenge"}}).status, 403);
  const HttpAnswer wrong = vito.post_form(decide, {{"kind", "ban"}, {"days", "soon"}, {"reason", "Insults & more"}});
  EXPECT_EQ(wrong.status, 422);
  EXPECT_TRUE(contains(wrong, "error-days"));
  EXPECT_TRUE(contains(wrong, "Insults &amp; more"));
  EXPECT_EQ(vito.post_form(decide, {{"kind", "silence"}, {"days", "3"}, {"reason", "Insults"}}).header("location"),
            "/members/ulla");
  EXPECT_TRUE(contains(vito.get("/members/ulla"), "Silenced</strong> until"));
  const HttpAnswer quiet = ulla.post_form(thread + "/posts", {{"body", "but"}});
  EXPECT_EQ(quiet.status, 403);
  EXPECT_TRUE(contains(quiet, "You may read but not write until"));
  EXPECT_EQ(vito.post_form(decide, {{"kind", "ban"}, {"days", ""}, {"reason", "Insults"}}).status, 303);
  EXPECT_TRUE(ulla.post_form(thread + "/posts", {{"body", "but"}}).header("location").starts_with("/login"));
  const HttpAnswer out = ulla.post_form("/login", {{"login", "ulla"}, {"password", std::string(test_password)}});
  EXPECT_EQ(out.status, 403);
  EXPECT_TRUE(contains(out, "You are banned: Insults"));
  EXPECT_EQ(vito.post_form(decide, {{"kind", "lift"}, {"reason", "We talked"}}).status, 303);
  EXPECT_EQ(ulla.post_form("/login", {{"login", "ulla"}, {"password", std::string(test_password)}}).status, 303);
  EXPECT_EQ(vito.post_form(decide, {{"kind", "lift"}, {"reason", "Twice"}}).status, 409);
  EXPECT_TRUE(contains(vito.get("/moderation/log"), "/members/ulla"));
}

TEST_F(FormFlow, GuestsAreSentToLogInAndComeBack) {
  HttpClient guest{forum().port(0)};
  EXPECT_EQ(guest.get("/threads/new?film=7").header("location"), "/login?next=%2Fthreads%2Fnew%3Ffilm%3D7");
  const HttpAnswer posted = guest.post_form(film() + "/comments", {{"body", "hello"}});
  EXPECT_EQ(posted.status, 303);
  EXPECT_TRUE(posted.header("location").starts_with("/login?next=%2Ffilms%2F"));
  EXPECT_EQ(posted.header("location").find("comments"), std::string::npos);
}

TEST_F(FormFlow, ForeignPagesCannotPostForms) {
  HttpClient vera = registered("vera");
  for (const Headers& headers :
       std::vector<Headers>{{{"Origin", "https://evil.example"}}, {{"Sec-Fetch-Site", "cross-site"}}}) {
    EXPECT_EQ(vera.post_form(film() + "/comments", {{"body", "forged"}}, headers).status, 403);
    HttpClient guest{forum().port(0)};
    EXPECT_EQ(guest.post_form("/login", {{"login", "vera"}, {"password", std::string(test_password)}}, headers).status,
              403);
  }
}

TEST_F(FormFlow, AGuestChoosesAThemeAndEachPageHasItFromTheFirstByte) {
  HttpClient guest{forum().port(0)};
  EXPECT_FALSE(contains(guest.get("/films"), "data-theme"));
  const HttpAnswer chosen = guest.post_form("/settings", {{"theme", "dark"}});
  ASSERT_EQ(chosen.status, 303) << chosen.body;
  EXPECT_EQ(chosen.header("location"), "/settings?saved=1");
  const std::string set = chosen.header("set-cookie");
  const Headers cookie{{"Cookie", set.substr(0, set.find(';'))}};
  for (const std::string& path : {std::string("/films"), std::string("/nothing-here"), film()}) {
    EXPECT_TRUE(contains(guest.get(path, cookie), "<html lang=\"en\" data-theme=\"dark\">")) << path;
  }
  EXPECT_TRUE(contains(guest.get("/settings?saved=1", cookie), "value=\"dark\" checked"));
}

TEST_F(FormFlow, AThemeThatIsNoneIsRefusedAtItsField) {
  HttpClient guest{forum().port(0)};
  const HttpAnswer refused = guest.post_form("/settings", {{"theme", "sepia"}});
  EXPECT_EQ(refused.status, 422);
  EXPECT_EQ(refused.header("set-cookie"), "");
  EXPECT_TRUE(contains(refused, "href=\"#field-theme\""));
}

TEST_F(FormFlow, APreviewShowsTheTextAndItsFormAndPostsNothing) {
  HttpClient wim = registered("wim");
  const std::string thread = thread_of(wim, "Looked at first");
  const Form form{{"body", "So *very* ||secret||"}, {"reply_to", "1"}, {"preview", "1"}};
  for (const std::string& address : {thread + "/posts", film() + "/comments", std::string("/threads")}) {
    const HttpAnswer shown = wim.post_form(address, form);
    EXPECT_EQ(shown.status, 200) << address;
    EXPECT_TRUE(contains(shown, "aria-label=\"Preview\"><div class=\"paragraph\">So <em>very</em> <details"))
        << address;
    EXPECT_TRUE(contains(shown, ">\nSo *very* ||secret||</textarea>")) << address;
  }
  EXPECT_FALSE(contains(wim.get(thread), "post-2"));
  EXPECT_EQ(wim.post_form(thread + "/posts", {{"body", " "}, {"preview", "1"}}).status, 422);
  HttpClient guest{forum().port(0)};
  EXPECT_TRUE(guest.post_form(thread + "/posts", form).header("location").starts_with("/login"));
}

}  // namespace
