#include <boost/json/serialize.hpp>
#include <gtest/gtest.h>

#include "tests/support/forum.hpp"

using namespace foyer::testing;
namespace json = boost::json;

namespace {

struct Case {
  std::string name;
  std::string method;
  std::string target;
  std::string body;
  int status;
  std::string code;
  std::string field;  // "" = no field error expected
};

class HostileRequests : public ::testing::Test {
 protected:
  static Forum& forum() {
    static Forum shared{1};
    return shared;
  }
  static HttpClient& writer() {
    static HttpClient client = forum().member("sven", 0);
    return client;
  }
  static std::string posts() {
    static const std::int64_t thread = forum().start_thread(writer());
    return "/api/v1/threads/" + std::to_string(thread) + "/posts";
  }
  static void expect_alive() { EXPECT_EQ(HttpClient{forum().port(0)}.get("/healthz").status, 200); }
};

void expect_problem(const HttpAnswer& answer, const Case& expected) {
  EXPECT_EQ(answer.status, expected.status) << expected.name << ": " << answer.body;
  EXPECT_EQ(answer.header("content-type"), "application/problem+json") << expected.name;
  const json::value problem = answer.json();
  EXPECT_EQ(text(problem, "code"), expected.code) << expected.name;
  EXPECT_EQ(integer(problem, "status"), expected.status) << expected.name;
  if (!expected.field.empty()) {
    bool named = false;
    for (const json::value& error : problem.at("errors").as_array()) {
      named = named || text(error, "field") == expected.field;
    }
    EXPECT_TRUE(named) << expected.name << ": " << answer.body;
  }
}

TEST_F(HostileRequests, GetTheRightStatusAndAProblemThatNamesTheField) {
  const std::string deep = R"({"body":)" + std::string(100, '[') + std::string(100, ']') + "}";
  const std::vector<Case> cases{
      {"malformed JSON", "POST", posts(), R"({"body":)", 400, "bad_request", ""},
      {"empty body", "POST", posts(), "", 400, "bad_request", ""},
      {"deep JSON", "POST", posts(), deep, 400, "bad_request", ""},
      {"wrong type", "POST", posts(), R"({"body":7})", 422, "invalid", "body"},
      {"missing field", "POST", posts(), R"({})", 422, "invalid", "body"},
      {"unknown field", "POST", posts(), R"({"body":"x","colour":"red"})", 422, "invalid", "colour"},
      {"empty text", "POST", posts(), R"({"body":"  \n "})", 422, "invalid", "body"},
      {"too long", "POST", posts(), boost::json::serialize(json::value{{"body", std::string(10'001, 'x')}}), 422,
       "invalid", "body"},
      {"reply to nothing", "POST", posts(), R"({"body":"x","reply_to":99})", 422, "invalid", "reply_to"},
      {"reply to zero", "POST", posts(), R"({"body":"x","reply_to":0})", 422, "invalid", "reply_to"},
      {"NUL", "POST", posts(), "{\"body\":\"a\\u0000b\"}", 422, "invalid", "body"},
      {"unknown thread", "POST", "/api/v1/threads/999999/posts", R"({"body":"x"})", 404, "not_found", ""},
      {"bad id", "GET", "/api/v1/threads/abc", "", 404, "not_found", ""},
      {"negative id", "GET", "/api/v1/threads/-1", "", 404, "not_found", ""},
      {"huge id", "GET", "/api/v1/threads/99999999999999999999", "", 404, "not_found", ""},
      {"unknown route", "GET", "/api/v1/nothing", "", 404, "not_found", ""},
      {"wrong method", "PUT", posts(), R"({"body":"x"})", 405, "method_not_allowed", ""},
      {"bad limit", "GET", "/api/v1/films?limit=0", "", 422, "invalid", "limit"},
      {"limit too high", "GET", "/api/v1/films?limit=101", "", 422, "invalid", "limit"},
      {"forged position", "GET", "/api/v1/films?after=%00x", "", 422, "invalid", "after"},
      {"unknown kind", "POST", "/api/v1/threads", R"({"film_ids":[],"kind":"party","title":"abc","body":"x"})", 422,
       "invalid", "kind"},
      {"unknown film", "POST", "/api/v1/threads",
       R"({"film_ids":[999999],"kind":"discussion","title":"abc","body":"x"})", 422, "invalid", "film_ids"},
      {"short title", "POST", "/api/v1/threads", R"({"film_ids":[],"kind":"discussion","title":" a ","body":"x"})", 422,
       "invalid", "title"},
  };
  for (const Case& one : cases) {
    expect_problem(writer().send_json(one.method, one.target, one.body), one);
  }
  expect_alive();
}

TEST_F(HostileRequests, InvalidUtf8IsRefused) {
  const HttpAnswer answer = writer().send_json("POST", posts(), "{\"body\":\"\xff\xfe\"}");
  EXPECT_TRUE(answer.status == 400 || answer.status == 422) << answer.body;
  EXPECT_EQ(writer().post_form("/login", {{"login", "a\xff"}, {"password", "x"}}).status, 422);
  expect_alive();
}

TEST_F(HostileRequests, AWrongMethodNamesTheRightOnes) {
  const HttpAnswer answer = writer().send_json("PUT", posts(), "{}");
  EXPECT_NE(answer.header("allow").find("POST"), std::string::npos);
  EXPECT_NE(answer.header("allow").find("GET"), std::string::npos);
}

TEST_F(HostileRequests, JsonMustSayThatItIsJson) {
  EXPECT_EQ(writer().request("POST", posts(), {{"Content-Type", "text/plain"}}, R"({"body":"x"})").status, 415);
}

TEST_F(HostileRequests, ABodyOverTheLimitIsRefused) {
  const HttpAnswer answer = writer().send_json("POST", posts(), std::string(std::size_t{65} * 1024, 'x'));
  EXPECT_EQ(answer.status, 413);
  expect_alive();
}

TEST_F(HostileRequests, GuestsAndForeignSitesCannotWrite) {
  HttpClient guest{forum().port(0)};
  EXPECT_EQ(guest.send_json("POST", posts(), R"({"body":"x"})").status, 401);
  for (const Headers& headers : std::vector<Headers>{
           {{"Origin", "http://evil.example"}}, {{"Origin", "null"}}, {{"Origin", "http://127.0.0.1:1"}}}) {
    const HttpAnswer answer = writer().send_json("POST", posts(), R"({"body":"x"})", headers);
    EXPECT_EQ(answer.status, 403);
    EXPECT_EQ(text(answer.json(), "code"), "cross_origin");
  }
  const std::string localhost = "http://localhost:" + std::to_string(forum().port(0));
  EXPECT_EQ(writer().send_json("POST", posts(), R"({"body":"x"})", {{"Origin", localhost}}).status, 201);
  EXPECT_EQ(writer().send_json("POST", posts(), R"({"body":"x"})", {{"Sec-Fetch-Site", "cross-site"}}).status, 403);
}

TEST_F(HostileRequests, SmugglingShapesAreRefusedAndTheConnectionClosed) {
  const std::string host = "Host: 127.0.0.1\r\n";
  const std::vector<std::string> shapes{
      "GET / HTTP/1.1\r\n\r\n",
      "GET / HTTP/1.1\r\n" + host + host + "\r\n",
      "POST / HTTP/1.1\r\n" + host + "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
      "POST / HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n",
      "POST / HTTP/1.1\r\n" + host + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
      "POST / HTTP/1.0\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
      "POST / HTTP/1.1\r\n" + host + "Content-Length: 1\r\nContent-Length: 2\r\n\r\nx",
      "GET / HTTP/1.1\r\n" + host + "X-Folded: a\r\n b\r\n\r\n",
      "GET / HTTP/1.1\r\n X-Leading: a\r\n" + host + "\r\n",
      "GET / HTTP/1.1\r\nX Space: a\r\n" + host + "\r\n",
      "GET nopath HTTP/1.1\r\n" + host + "\r\n",
      "GET /\x01 HTTP/1.1\r\n" + host + "\r\n",
      "FETCH / HTTP/1.1\r\n" + host + "\r\n",
      "GET / HTTP/1.1\r\n" + host + "X-Long: " + std::string(20'000, 'x') + "\r\n\r\n",
  };
  for (const std::string& shape : shapes) {
    const auto answer = HttpClient::raw(forum().port(0), shape);
    ASSERT_TRUE(answer) << shape.substr(0, 120);
    EXPECT_GE(answer->status, 400) << shape.substr(0, 120);
    EXPECT_EQ(answer->header("connection"), "close") << shape.substr(0, 120);
  }
  expect_alive();
}

TEST_F(HostileRequests, PagesAnswerWithPages) {
  HttpClient guest{forum().port(0)};
  const HttpAnswer missing = guest.get("/threads/999999-x");
  EXPECT_EQ(missing.status, 404);
  EXPECT_TRUE(missing.header("content-type").starts_with("text/html"));
  EXPECT_NE(missing.header("content-security-policy").find("default-src 'none'"), std::string::npos);
  EXPECT_EQ(guest.get("/posts/1/edit").status, 303);
}

TEST_F(HostileRequests, ARedirectAfterLogInStaysOnThisSite) {
  HttpClient tess = forum().member("tess", 0);
  tess.forget_cookie();
  for (const std::string next :
       {"//evil.example/", "https://evil.example/", "/\\evil.example", "javascript:alert(1)"}) {
    const HttpAnswer answer =
        tess.post_form("/login", {{"login", "tess"}, {"password", std::string(test_password)}, {"next", next}});
    ASSERT_EQ(answer.status, 303);
    EXPECT_EQ(answer.header("location"), "/") << next;
  }
}

}  // namespace
