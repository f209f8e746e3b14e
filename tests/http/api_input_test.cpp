#include <algorithm>

#include <gtest/gtest.h>

#include "server/http/form_answers.hpp"
#include "server/http/json_body.hpp"
#include "server/http/page_visit.hpp"
#include "server/http/query_fields.hpp"

namespace foyer::http {
namespace {

TEST(QueryFields, have_bounds_and_defaults) {
  const Pairs none;
  QueryFields fields(none);
  const auto list = fields.list();
  EXPECT_EQ(list.limit, 20);
  EXPECT_FALSE(list.after);
  EXPECT_TRUE(fields.finish());
  const Pairs most{{"limit", "100"}, {"after", "abc"}};
  QueryFields bounded(most);
  const auto full = bounded.list();
  EXPECT_EQ(full.limit, 100);
  EXPECT_EQ(full.after, "abc");
}

TEST(QueryFields, name_all_that_is_wrong_at_once) {
  const Pairs pairs{{"limit", "0"}, {"film", "abc"}, {"film", "2"}, {"colour", "red"}};
  QueryFields fields(pairs);
  fields.id<FilmId>("film");
  fields.list();
  const auto result = fields.finish();
  ASSERT_TRUE(result.has_error());
  EXPECT_EQ(result.error().code, ErrorCode::invalid);
  std::vector<std::pair<std::string, std::string>> found;
  for (const FieldError& error : result.error().fields) {
    found.emplace_back(error.field, error.code);
  }
  const std::vector<std::pair<std::string, std::string>> expected{
      {"film", "repeated"}, {"film", "wrong_type"}, {"limit", "out_of_range"}, {"colour", "unknown"}};
  EXPECT_EQ(found, expected);
}

TEST(QueryFields, read_integers_strictly) {
  for (const char* text : {"", " 1", "1 ", "+1", "1.0", "0x1", "1e3", "99999999999999999999", "one"}) {
    EXPECT_FALSE(integer_from_text(text)) << text;
  }
  EXPECT_EQ(integer_from_text("-7"), -7);
}

Request with(const std::string& content_type, const std::string& body) {
  Request request;
  request.method = Method::post;
  if (!content_type.empty()) {
    request.headers = {{"Content-Type", content_type}};
  }
  request.body = body;
  return request;
}

TEST(JsonBodies, say_that_they_are_json_in_utf8) {
  for (const char* type : {"application/json", "application/json; charset=utf-8", "Application/Json;charset=\"UTF-8\"",
                           "application/json;"}) {
    EXPECT_TRUE(json_body(with(type, "{}"))) << type;
  }
  for (const char* type : {"", "text/plain", "application/x-www-form-urlencoded", "application/jsonx",
                           "application/json; charset=utf-16", "application/json-patch+json"}) {
    const auto body = json_body(with(type, "{}"));
    ASSERT_TRUE(body.has_error()) << type;
    EXPECT_EQ(body.error().code, ErrorCode::unsupported_media_type) << type;
  }
}

TEST(CallsWithoutFields, take_nothing_or_an_empty_object) {
  EXPECT_TRUE(no_fields(with("", "")));
  EXPECT_TRUE(no_fields(with("application/json", " { } \n")));
  EXPECT_FALSE(no_fields(with("application/json", R"({"reason":"x"})")));
}

TEST(IdempotencyKeys, are_checked_and_given_once) {
  Request request;
  EXPECT_EQ(*idempotency_key(request), "");
  request.headers = {{"Idempotency-Key", "abcdefgh"}};
  EXPECT_EQ(*idempotency_key(request), "abcdefgh");
  request.headers = {{"Idempotency-Key", "short"}};
  EXPECT_FALSE(idempotency_key(request));
  request.headers = {{"Idempotency-Key", "abcdefgh"}, {"idempotency-key", "abcdefgi"}};
  EXPECT_FALSE(idempotency_key(request));
}

TEST(Forms, are_urlencoded_and_nothing_else) {
  EXPECT_TRUE(form_fields(with("application/x-www-form-urlencoded", "a=b")));
  EXPECT_EQ(form_fields(with("multipart/form-data; boundary=x", "a=b")).error().code,
            ErrorCode::unsupported_media_type);
  EXPECT_FALSE(form_fields(with("application/x-www-form-urlencoded", "a=%zz")));
  EXPECT_TRUE(readable_fields(with("text/plain", "a=b")).empty());
}

TEST(Forms, of_composers_name_the_post_they_answer) {
  EXPECT_EQ(post_request({{"body", "hi"}, {"reply_to", "7"}})->reply_to, PostNumber{7});
  EXPECT_FALSE(post_request({{"body", "hi"}, {"reply_to", ""}})->reply_to);
  EXPECT_FALSE(post_request({{"body", "hi"}, {"reply_to", "0"}}));
  EXPECT_FALSE(post_request({{"body", "hi"}, {"reply_to", "x"}}));
}

TEST(NextAddresses, stay_on_this_site) {
  EXPECT_EQ(local_path("/threads/7-x?page=2#post-60"), "/threads/7-x?page=2#post-60");
  for (const std::string& next :
       {std::string(""), std::string("//evil.example"), std::string("/\\evil.example"),
        std::string("https://evil.example"), std::string("javascript:alert(1)"), std::string("/a\r\nX: y"),
        std::string("/a b"), std::string("/\tevil"), "/" + std::string(3'000, 'a'), std::string("/caf\xC3\xA9")}) {
    EXPECT_EQ(local_path(next), "/") << next;
  }
  EXPECT_EQ(login_address("/posts/7/edit?x=1"), "/login?next=%2Fposts%2F7%2Fedit%3Fx%3D1");
  EXPECT_EQ(login_address("//evil.example"), "/login");
}

}  // namespace
}  // namespace foyer::http
