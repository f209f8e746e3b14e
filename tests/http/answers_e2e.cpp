// What every answer of a node has in common: headers, conditions, methods, limits.
#include <gtest/gtest.h>

#include "tests/support/forum.hpp"

using namespace foyer::testing;

namespace {

class Answers : public ::testing::Test {
 protected:
  static Forum& forum() {
    static Forum shared{1};
    return shared;
  }
  static HttpClient guest() { return HttpClient{forum().port(0)}; }
};

std::string between(const std::string& text, const std::string& before, const std::string& after) {
  const std::size_t start = text.find(before) + before.size();
  return text.substr(start, text.find(after, start) - start);
}

TEST_F(Answers, CarryTheSecurityHeadersWhateverTheyAre) {
  for (const std::string& target :
       std::vector<std::string>{"/", "/api/v1/films", "/api/v1/nothing", "/nothing", "/posts/1/edit", "/healthz",
                                "/assets/none", "/robots.txt"}) {
    const HttpAnswer answer = guest().get(target);
    EXPECT_NE(answer.header("content-security-policy").find("require-trusted-types-for 'script'"), std::string::npos)
        << target;
    EXPECT_EQ(answer.header("x-content-type-options"), "nosniff") << target;
    EXPECT_EQ(answer.header("referrer-policy"), "same-origin") << target;
    EXPECT_EQ(answer.header("cross-origin-opener-policy"), "same-origin") << target;
    EXPECT_NE(answer.header("x-request-id"), "") << target;
    EXPECT_NE(answer.header("cache-control"), "") << target;
  }
  EXPECT_EQ(guest().get("/api/v1/films").header("cache-control"), "no-store");
}

TEST_F(Answers, KeepSearchEnginesFromTheManyAddressesOfOneFormOnly) {
  const std::string robots = guest().get("/robots.txt").body;
  for (const std::string& form : std::vector<std::string>{"/login", "/register"}) {
    EXPECT_NE(robots.find("Disallow: " + form + "?\n"), std::string::npos) << robots;
    EXPECT_EQ(robots.find("Disallow: " + form + "\n"), std::string::npos) << robots;
  }
}

TEST_F(Answers, ToAPageThatDidNotChangeAre304) {
  const HttpAnswer first = guest().get("/films");
  EXPECT_EQ(first.header("cache-control"), "private, no-cache");
  const HttpAnswer again = guest().get("/films", {{"If-None-Match", first.header("etag")}});
  EXPECT_EQ(again.status, 304);
  EXPECT_EQ(again.body, "");
}

TEST_F(Answers, ToHeadAreThoseToGetWithoutTheBody) {
  const HttpAnswer head = guest().request("HEAD", "/films", {}, "");
  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(head.header("content-length"), std::to_string(guest().get("/films").body.size()));
}

TEST_F(Answers, ToOptionsNameTheMethods) {
  const HttpAnswer answer = guest().request("OPTIONS", "/api/v1/session", {}, "");
  EXPECT_EQ(answer.status, 204);
  EXPECT_EQ(answer.header("allow"), "POST, DELETE, GET, HEAD, OPTIONS");
}

TEST_F(Answers, SendTheClientCompressedAndForEver) {
  const std::string page = guest().get("/").body;
  for (const std::string& start : std::vector<std::string>{"src=\"/assets/", "href=\"/assets/"}) {
    const std::string address = "/assets/" + between(page, start, "\"");
    const HttpAnswer plain = guest().get(address);
    EXPECT_EQ(plain.status, 200) << address;
    const HttpAnswer brotli = guest().get(address, {{"Accept-Encoding", "gzip, br"}});
    EXPECT_EQ(brotli.header("content-encoding"), "br");
    EXPECT_LT(brotli.body.size(), plain.body.size());
    EXPECT_EQ(brotli.header("cache-control"), "public, max-age=31536000, immutable");
    EXPECT_EQ(guest().get(address, {{"If-None-Match", plain.header("etag")}}).status, 304);
  }
}

// A font is compressed already: it has one form, whatever is asked for.
TEST_F(Answers, SendTheFontAsItIsAndForEver) {
  const std::string address = between(guest().get("/").body, "crossorigin href=\"", "\"");
  const HttpAnswer font = guest().get(address, {{"Accept-Encoding", "gzip, br"}});
  EXPECT_EQ(font.status, 200) << address;
  EXPECT_EQ(font.header("content-type"), "font/woff2");
  EXPECT_EQ(font.header("content-encoding"), "");
  EXPECT_EQ(font.header("cache-control"), "public, max-age=31536000, immutable");
  EXPECT_TRUE(font.body.starts_with("wOF2"));
}

TEST_F(Answers, MoveWrongSlugsToTheRightOneAndKeepTheQuery) {
  const std::string id = std::to_string(forum().film_id());
  const std::string right = guest().get("/films/" + id).header("location");
  const HttpAnswer moved = guest().get("/films/" + id + "-wrong/cast?x=1");
  EXPECT_EQ(moved.status, 301);
  EXPECT_EQ(moved.header("location"), right + "/cast?x=1");
  EXPECT_EQ(guest().get(right + "/cast").status, 200);
  EXPECT_EQ(guest().get(right + "/crew").status, 200);
}

TEST_F(Answers, NameTheQueryParameterThatIsUnknown) {
  const HttpAnswer answer = guest().get("/api/v1/films?colour=red");
  EXPECT_EQ(answer.status, 422);
  EXPECT_EQ(text(answer.json().at("errors").at(0), "field"), "colour");
  EXPECT_EQ(guest().get("/films?colour=red").status, 200);
}

TEST_F(Answers, GiveTokensTheRightsOfTheirMemberAndRefuseOthers) {
  HttpClient wanda = forum().member("wanda", 0);
  const HttpAnswer made = wanda.send_json("POST", "/api/v1/tokens", R"({"name":"script","scopes":["write"]})");
  ASSERT_EQ(made.status, 201) << made.body;
  EXPECT_EQ(wanda.get(made.header("location")).status, 405);
  const std::string bearer = "Bearer " + text(made.json(), "secret");
  HttpClient script = guest();
  EXPECT_EQ(text(script.get("/api/v1/session", {{"Authorization", bearer}}).json().at("user"), "name"), "wanda");
  EXPECT_EQ(script.get("/api/v1/films", {{"Authorization", "Bearer wrong"}}).status, 401);
  EXPECT_EQ(wanda.send_json("DELETE", made.header("location"), "").status, 204);
  EXPECT_EQ(script.get("/api/v1/session", {{"Authorization", bearer}}).status, 401);
}

TEST_F(Answers, LogInByJsonSetsACookieThatLogOutTakesAway) {
  HttpClient xaver = forum().member("xaver", 0);
  EXPECT_EQ(xaver.send_json("DELETE", "/api/v1/session", "").status, 204);
  EXPECT_TRUE(xaver.get("/api/v1/session").json().at("user").is_null());
  const HttpAnswer in = xaver.send_json("POST", "/api/v1/session",
                                        R"({"login":"xaver","password":")" + std::string(test_password) + "\"}");
  EXPECT_EQ(in.status, 200);
  EXPECT_NE(in.header("set-cookie").find("HttpOnly; SameSite=Lax"), std::string::npos);
}

TEST(RateLimits, AnswerTooManyLogInsWith429AndTheWait) {
  Forum forum{1};
  Node& limited = forum.add_node({{"FOYER_RATE_LIMITS", "on"}});
  HttpClient guest{limited.port()};
  HttpAnswer answer;
  for (int attempt = 0; attempt < 30 && answer.status != 429; ++attempt) {
    answer = guest.send_json("POST", "/api/v1/session", R"({"login":"nobody","password":"guess"})");
  }
  EXPECT_EQ(answer.status, 429);
  EXPECT_GE(std::stoi(answer.header("retry-after")), 1);
  EXPECT_EQ(text(answer.json(), "code"), "rate_limited");
}

TEST(RateLimits, AnswerAMemberWhoWritesTooFastWith429) {
  Forum forum{1};
  HttpClient member = forum.member("yara", 0);
  const std::string path = "/api/v1/threads/" + std::to_string(forum.start_thread(member)) + "/posts";
  Node& limited = forum.add_node({{"FOYER_RATE_LIMITS", "on"}});
  member.use_port(limited.port());
  HttpAnswer answer;
  int written = 0;
  for (int attempt = 0; attempt < 40 && answer.status != 429; ++attempt) {
    answer = member.send_json("POST", path, body_json("word " + std::to_string(attempt)));
    written += answer.status == 201 ? 1 : 0;
  }
  EXPECT_EQ(answer.status, 429);
  EXPECT_GE(written, 15);
}

}  // namespace
