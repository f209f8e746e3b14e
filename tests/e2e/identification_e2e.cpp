// Threads that look for a film, as programs, live screens, pages out of memory and browsers without script use them.
#include <gtest/gtest.h>

#include "tests/support/forum.hpp"
#include "tests/support/live_client.hpp"

using namespace foyer::testing;

namespace {

class Identification : public ::testing::Test {
 protected:
  static Forum& forum() {
    static Forum shared{2};
    return shared;
  }
  static std::string film_id() { return std::to_string(forum().film_id()); }
  static std::string film_link() {
    HttpClient guest{forum().port(0)};
    return "[It](" + guest.get("/films/" + film_id() + "-x").header("location") + ")";
  }
  static boost::json::value search(HttpClient& asker) {
    const HttpAnswer started = asker.send_json(
        "POST", "/api/v1/threads",
        R"({"film_ids":[],"kind":"identify","title":"Which film is this?","body":"A train.","clues":{"decade":1950,"scene":"A <b>squirrel</b> toy."}})");
    EXPECT_EQ(started.status, 201) << started.body;
    return started.json().at("thread");
  }
  static std::string page_of(const boost::json::value& thread) {
    return "/threads/" + std::to_string(integer(thread, "id")) + "-" + text(thread, "slug");
  }
  static std::string api_of(const boost::json::value& thread) {
    return "/api/v1/threads/" + std::to_string(integer(thread, "id"));
  }
  static void answer(HttpClient& member, const boost::json::value& thread, const std::string& body) {
    ASSERT_EQ(member.send_json("POST", api_of(thread) + "/posts", body_json(body)).status, 201);
  }
  static std::string solution(int post) {
    return R"({"post_number":)" + std::to_string(post) + R"(,"film_id":)" + film_id() + "}";
  }
};

bool contains(const HttpAnswer& answer, const std::string& words) {
  return answer.body.find(words) != std::string::npos;
}

TEST_F(Identification, IsFollowedLiveAndOnCachedPagesOfAnotherNode) {
  HttpClient asker = forum().member("ada", 0);
  HttpClient helper = forum().member("bert", 1);
  const auto thread = search(asker);
  HttpClient guest{forum().port(1)};
  for (int visit = 0; visit < 2; ++visit) {  // the second one comes out of memory
    const HttpAnswer page = guest.get(page_of(thread));
    EXPECT_TRUE(contains(page, "Looking for a film</p>"));
    EXPECT_TRUE(contains(page, "<dd>1950s</dd>"));
    EXPECT_TRUE(contains(page, "A &lt;b&gt;squirrel&lt;/b&gt; toy."));
    EXPECT_FALSE(contains(page, "This is it"));
  }
  answer(helper, thread, film_link());
  EXPECT_TRUE(contains(guest.get(page_of(thread)), "Films named so far"));
  EXPECT_FALSE(contains(guest.get(page_of(thread)), "This is it"));
  EXPECT_FALSE(contains(helper.get(page_of(thread)), "This is it"));
  EXPECT_TRUE(contains(asker.get(page_of(thread)), "This is it"));
  const auto state = guest.get(api_of(thread) + "/identification").json();
  ASSERT_EQ(state.at("answers").as_array().size(), 1U);
  EXPECT_EQ(integer(state.at("answers").as_array()[0], "post_number"), 2);

  LiveClient screen{forum().port(1)};
  screen.subscribe("thread:" + std::to_string(integer(thread, "id")));
  EXPECT_EQ(helper.send_json("PUT", api_of(thread) + "/solution", solution(2)).status, 403);
  const HttpAnswer solved = asker.send_json("PUT", api_of(thread) + "/solution", solution(2));
  ASSERT_EQ(solved.status, 200) << solved.body;
  const auto event = screen.receive_type("event");
  EXPECT_EQ(event.at("event").as_string(), "thread.updated");
  EXPECT_EQ(event.at("data").at("thread").at("solved"), solved.json().at("solved"));
  EXPECT_EQ(integer(event.at("data").at("thread").at("solved"), "id"), forum().film_id());
  EXPECT_TRUE(contains(guest.get(page_of(thread)), "Solved: <a"));
  EXPECT_TRUE(contains(guest.get("/threads?kind=identify"), "Solved: <cite"));
  EXPECT_FALSE(
      contains(guest.get("/threads?kind=identify&solved=0"), "data-thread=\"" + std::to_string(integer(thread, "id"))));
}

TEST_F(Identification, IsDoneWithPlainForms) {
  HttpClient asker = forum().member("cora", 0);
  HttpClient helper = forum().member("dora", 0);
  const HttpAnswer started = asker.post_form("/threads", {{"kind", "identify"},
                                                          {"title", "A ballad of trains"},
                                                          {"body", "Seen long ago."},
                                                          {"decade", "1950s"},
                                                          {"colour", "black_and_white"}});
  ASSERT_EQ(started.status, 303) << started.body;
  const std::string page = started.header("location");
  const HttpAnswer named = helper.post_form(
      page + "/posts", {{"body", "I am sure:"}, {"named_film", "http://elsewhere.example/films/" + film_id()}});
  EXPECT_EQ(named.status, 422);
  EXPECT_TRUE(contains(named, "I am sure:"));
  const std::string address = "/films/" + film_id();
  EXPECT_EQ(helper.post_form(page + "/posts", {{"body", "I am sure:"}, {"named_film", address}}).status, 303);
  EXPECT_TRUE(contains(helper.get(page), "class=\"film-title\""));
  EXPECT_EQ(helper.post_form(page + "/solution", {{"post_number", "2"}, {"film_id", film_id()}}).status, 403);
  const HttpAnswer accepted = asker.post_form(page + "/solution", {{"post_number", "2"}, {"film_id", film_id()}});
  EXPECT_EQ(accepted.status, 303);
  EXPECT_EQ(accepted.header("location"), page + "#search-state");
  EXPECT_TRUE(contains(helper.get(page), "Solved: <a"));
  EXPECT_EQ(asker.post_form(page + "/solution", {{"withdraw", "1"}}).status, 303);
  EXPECT_TRUE(contains(helper.get(page), "Looking for a film"));
  EXPECT_EQ(HttpClient{forum().port(0)}.post_form(page + "/solution", {{"post_number", "2"}}).status, 303);
}

TEST_F(Identification, LooksFilmsUpInAFormThatKeepsItsText) {
  HttpClient asker = forum().member("emil", 0);
  const HttpAnswer found = asker.post_form(
      "/threads", {{"find", "1"}, {"title", "Kept <title>"}, {"body", "Kept body"}, {"wanted_film", "the"}});
  EXPECT_EQ(found.status, 200);
  EXPECT_TRUE(contains(found, "Kept &lt;title&gt;"));
  EXPECT_TRUE(contains(found, "Kept body"));
  EXPECT_TRUE(contains(found, "name=\"film\" value=\"" + film_id() + "\""));
  const HttpAnswer none = asker.post_form("/threads", {{"find", "1"}, {"wanted_film", "no such title anywhere"}});
  EXPECT_TRUE(contains(none, "No other film was found"));
  const HttpAnswer refused = asker.post_form(
      "/threads", {{"kind", "discussion"}, {"title", "A title"}, {"body", "A body"}, {"scene", "A train"}});
  EXPECT_EQ(refused.status, 422);
  EXPECT_TRUE(contains(refused, "Only threads of kind identify have clues."));
  for (const char* film : {"x", "0", "999999"}) {
    const HttpAnswer wrong = asker.post_form("/threads", {{"film", film}, {"title", "A title"}, {"body", "A body"}});
    EXPECT_EQ(wrong.status, 422) << film;
    EXPECT_TRUE(contains(wrong, "A body"));
  }
}

TEST_F(Identification, TakesProposalsOfFilmsForAThread) {
  HttpClient author = forum().member("fred", 0);
  HttpClient helper = forum().member("gina", 1);
  HttpClient guest{forum().port(0)};
  const auto thread = search(author);
  const std::string proposals = api_of(thread) + "/proposals";
  const std::string film = R"({"film_id":)" + film_id() + "}";
  EXPECT_EQ(guest.send_json("POST", proposals, film).status, 401);
  EXPECT_EQ(helper.send_json("POST", proposals, R"({"film_id":999999})").status, 422);
  ASSERT_EQ(helper.post_form(page_of(thread) + "/proposals", {{"proposed_film", "/films/" + film_id()}}).status, 303);
  EXPECT_TRUE(contains(guest.get(page_of(thread)), "proposed by gina"));
  EXPECT_FALSE(contains(guest.get(page_of(thread)), "Confirm"));
  EXPECT_TRUE(contains(author.get(page_of(thread)), "Confirm"));
  EXPECT_EQ(helper.request("PUT", proposals + "/" + film_id(), {}, "").status, 403);
  EXPECT_EQ(author.request("PUT", proposals + "/x", {}, "").status, 404);
  for (int time = 0; time < 2; ++time) {
    const HttpAnswer confirmed = author.request("PUT", proposals + "/" + film_id(), {}, "");
    ASSERT_EQ(confirmed.status, 200) << confirmed.body;
    EXPECT_EQ(confirmed.json().at("films").as_array().size(), 1U);
  }
  EXPECT_EQ(author.request("DELETE", proposals + "/" + film_id(), {}, "").status, 200);
  EXPECT_FALSE(contains(guest.get(page_of(thread)), "proposed by"));
}

TEST_F(Identification, OfOtherKindsAndUnknownThreadsIsRefused) {
  HttpClient author = forum().member("hugo", 0);
  const std::string discussion = "/api/v1/threads/" + std::to_string(forum().start_thread(author));
  ASSERT_EQ(author.send_json("POST", discussion + "/posts", body_json("An answer")).status, 201);
  EXPECT_EQ(author.send_json("PUT", discussion + "/solution", solution(2)).status, 409);
  EXPECT_EQ(author.send_json("PUT", "/api/v1/threads/999999/solution", solution(2)).status, 404);
  EXPECT_EQ(author.get("/api/v1/threads/999999/identification").status, 404);
  EXPECT_EQ(author.get("/api/v1/threads?solved=2").status, 422);
  const HttpAnswer clues = author.send_json(
      "POST", "/api/v1/threads",
      R"({"film_ids":[],"kind":"discussion","title":"A title","body":"A body","clues":{"decade":1950}})");
  EXPECT_EQ(clues.status, 422);
  EXPECT_EQ(clues.json().at("errors").as_array()[0].at("field").as_string(), "clues");
}

}  // namespace
