#include "server/http/message.hpp"

#include <stdexcept>

#include <gtest/gtest.h>

#include "server/http/cookies.hpp"
#include "server/http/response_head.hpp"

namespace foyer::http {
namespace {

TEST(Requests, name_their_media_type_without_parameters) {
  Request request;
  request.headers = {{"content-type", "Application/JSON ; charset=utf-8"}};
  EXPECT_EQ(request.media_type(), "application/json");
  request.headers.clear();
  EXPECT_EQ(request.media_type(), "");
}

TEST(Methods, have_words_that_read_back) {
  for (const Method method :
       {Method::get, Method::head, Method::post, Method::put, Method::patch, Method::remove, Method::options}) {
    EXPECT_EQ(method_from_word(to_word(method)), method);
  }
  EXPECT_EQ(method_from_word("BREW"), std::nullopt);
}

TEST(Cookies, are_found_among_others) {
  EXPECT_EQ(cookie_value({{"Cookie", "a=1; foyer_session=abc-_9; b=2"}}, "foyer_session"), "abc-_9");
  EXPECT_EQ(cookie_value({{"Cookie", "a=1"}, {"cookie", "foyer_session=x"}}, "foyer_session"), "x");
  EXPECT_EQ(cookie_value({{"Cookie", "foyer_session=one; foyer_session=two"}}, "foyer_session"), "one");
}

TEST(Cookies, that_are_no_tokens_count_as_none) {
  const std::string endless = "foyer_session=" + std::string(5'000, 'a');
  for (const std::string& field :
       {std::string(""), std::string(";;;"), std::string("foyer_session"), std::string("xfoyer_session=a"),
        std::string("foyer_session=a b"), std::string("foyer_session=\"a\""), std::string("foyer_session=a\xC3\xA9"),
        endless}) {
    EXPECT_EQ(cookie_value({{"Cookie", field}}, "foyer_session"), "") << field;
  }
}

TEST(SessionCookie, is_bound_to_this_host_on_https) {
  EXPECT_EQ(session_cookie(Transport::plain, "t"), "foyer_session=t; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax");
  EXPECT_EQ(session_cookie(Transport::secure, "t"),
            "__Host-foyer_session=t; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax; Secure");
  EXPECT_EQ(ended_session_cookie(Transport::plain), "foyer_session=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax");
}

TEST(ResponseHead, has_length_date_and_connection) {
  Response response = json_response(201, "{}");
  const std::string head =
      response_head(response, KeepAlive::yes, std::chrono::sys_seconds(std::chrono::seconds(784111777)));
  EXPECT_EQ(head,
            "HTTP/1.1 201 Created\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\nContent-Type: application/json\r\n"
            "Content-Length: 2\r\nConnection: keep-alive\r\n\r\n");
}

TEST(ResponseHead, of_answers_that_have_no_body_names_no_length) {
  for (const int status : {204, 304}) {
    const std::string head = response_head(empty_response(status), KeepAlive::no, {});
    EXPECT_EQ(head.find("Content-Length"), std::string::npos);
    EXPECT_NE(head.find("Connection: close"), std::string::npos);
  }
}

TEST(ResponseHead, never_carries_a_line_break_from_outside) {
  Response response = see_other("/a\r\nSet-Cookie: x=y");
  EXPECT_THROW(response_head(response, KeepAlive::no, {}), std::logic_error);
}

}  // namespace
}  // namespace foyer::http
