#include "server/http/admission.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "protocol/limits.hpp"

namespace foyer::http {
namespace {

const std::string host = "Host: foyer.example\r\n";

std::string get(const std::string& fields) { return "GET / HTTP/1.1\r\n" + host + fields + "\r\n"; }
std::string post(const std::string& fields) { return "POST / HTTP/1.1\r\n" + host + fields + "\r\n"; }

struct Shape {
  std::string what;
  std::string raw;
};

void expect_refused(const std::vector<Shape>& shapes, ErrorCode code) {
  for (const Shape& shape : shapes) {
    const auto admitted = admit(shape.raw);
    ASSERT_TRUE(admitted.has_error()) << shape.what;
    EXPECT_EQ(admitted.error().code, code) << shape.what << ": " << admitted.error().detail;
  }
}

TEST(Admission, takes_the_requests_of_browsers_as_they_are) {
  const auto admitted = admit(
      "POST /api/v1/threads/7/posts?x=%20&y HTTP/1.1\r\nHost: 127.0.0.1:8080\r\nUser-Agent: M\xC3\xB6zilla/5.0 "
      "(X11)\r\nAccept: */*\r\nCookie: a=b; c=d\r\nContent-Length: 12\r\nConnection: keep-alive\r\nX-Empty:\r\n\r\n");
  ASSERT_TRUE(admitted) << admitted.error().detail;
  EXPECT_EQ(admitted->method, Method::post);
  EXPECT_EQ(admitted->path, "/api/v1/threads/7/posts");
  EXPECT_EQ(admitted->query, "x=%20&y");
  EXPECT_EQ(admitted->framing, Framing::length);
  EXPECT_EQ(admitted->length, 12u);
  EXPECT_TRUE(admitted->keep_alive);
  EXPECT_EQ(find_header(admitted->headers, "cookie"), "a=b; c=d");
  EXPECT_EQ(find_header(admitted->headers, "x-empty"), "");
}

TEST(Admission, reads_framing_and_connection) {
  EXPECT_EQ(admit(post("Transfer-Encoding: Chunked\r\n"))->framing, Framing::chunked);
  EXPECT_EQ(admit(post("Content-Length: 0\r\n"))->framing, Framing::none);
  EXPECT_EQ(admit(post(""))->framing, Framing::none);
  EXPECT_FALSE(admit(get("Connection: Close\r\n"))->keep_alive);
  EXPECT_FALSE(admit("GET / HTTP/1.0\r\n" + host + "\r\n")->keep_alive);
  EXPECT_TRUE(admit(post("Content-Length: 5\r\nExpect: 100-continue\r\n"))->expects_continue);
  EXPECT_TRUE(admit(get("Connection: keep-alive, Upgrade\r\nUpgrade: WebSocket\r\n"))->wants_upgrade);
  EXPECT_FALSE(admit(get("Upgrade: websocket\r\n"))->wants_upgrade);
}

TEST(Admission, refuses_two_ways_to_read_the_length_of_a_body) {
  expect_refused(
      {
          {"TE and CL", post("Transfer-Encoding: chunked\r\nContent-Length: 4\r\n")},
          {"CL and TE", post("Content-Length: 4\r\nTransfer-Encoding: chunked\r\n")},
          {"two CL", post("Content-Length: 4\r\nContent-Length: 5\r\n")},
          {"two equal CL", post("Content-Length: 4\r\nContent-Length: 4\r\n")},
          {"CL list", post("Content-Length: 4, 4\r\n")},
          {"CL with plus", post("Content-Length: +4\r\n")},
          {"CL negative", post("Content-Length: -4\r\n")},
          {"CL hexadecimal", post("Content-Length: 0x4\r\n")},
          {"CL empty", post("Content-Length:\r\n")},
          {"CL with a space inside", post("Content-Length: 4 4\r\n")},
          {"two TE", post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n")},
          {"two TE, one identity", post("Transfer-Encoding: identity\r\nTransfer-Encoding: chunked\r\n")},
          {"TE in HTTP/1.0", "POST / HTTP/1.0\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n"},
      },
      ErrorCode::bad_request);
}

TEST(Admission, knows_no_transfer_coding_but_exactly_chunked) {
  expect_refused(
      {
          {"gzip last", post("Transfer-Encoding: chunked, gzip\r\n")},
          {"gzip first", post("Transfer-Encoding: gzip, chunked\r\n")},
          {"twice", post("Transfer-Encoding: chunked, chunked\r\n")},
          {"cow", post("Transfer-Encoding: cow\r\n")},
          {"xchunked", post("Transfer-Encoding: xchunked\r\n")},
          {"quoted", post("Transfer-Encoding: \"chunked\"\r\n")},
          {"identity", post("Transfer-Encoding: identity\r\n")},
          {"parameter", post("Transfer-Encoding: chunked;q=1\r\n")},
          {"empty", post("Transfer-Encoding:\r\n")},
      },
      ErrorCode::not_implemented);
}

TEST(Admission, refuses_headers_that_readers_fold_or_split_differently) {
  expect_refused(
      {
          {"folded", get("X: a\r\n b\r\n")},
          {"folded with a tab", get("X: a\r\n\tb\r\n")},
          {"folded Transfer-Encoding", post("Transfer-Encoding:\r\n chunked\r\n")},
          {"indented first field", "GET / HTTP/1.1\r\n X: a\r\n" + host + "\r\n"},
          {"bare LF between fields", "GET / HTTP/1.1\r\n" + host + "X: a\nY: b\r\n\r\n"},
          {"bare LF after the request line", "GET / HTTP/1.1\n" + host + "\r\n"},
          {"bare CR in a value", get("X: a\rY: b\r\n")},
          {"CR CR LF", get("X: a\r\r\n")},
          {"NUL in a value", get(std::string("X: a\0b\r\n", 8))},
          {"NUL in a name", get(std::string("X\0: a\r\n", 7))},
          {"control in a value", get("X: a\x01\r\n")},
          {"DEL in a value", get("X: a\x7F\r\n")},
          {"space before the colon", post("Content-Length : 4\r\n")},
          {"tab before the colon", post("Transfer-Encoding\t: chunked\r\n")},
          {"no name", get(": a\r\n")},
          {"no colon", get("X\r\n")},
          {"space in a name", get("X Y: a\r\n")},
          {"letter beyond ASCII in a name", get("X\xC3\xA9: a\r\n")},
          {"empty line inside", "GET / HTTP/1.1\r\n\r\n" + host + "\r\n"},
          {"no end", "GET / HTTP/1.1\r\n" + host},
          {"nothing", ""},
      },
      ErrorCode::bad_request);
}

TEST(Admission, needs_exactly_one_well_formed_host) {
  const auto with_host = [](const std::string& fields) { return "GET / HTTP/1.1\r\n" + fields + "\r\n"; };
  expect_refused(
      {
          {"none", with_host("")},
          {"none in HTTP/1.0", "GET / HTTP/1.0\r\n\r\n"},
          {"two", with_host("Host: a\r\nHost: b\r\n")},
          {"two alike", with_host("Host: a\r\nhost: a\r\n")},
          {"empty", with_host("Host:\r\n")},
          {"list", with_host("Host: a, b\r\n")},
          {"with a path", with_host("Host: a/b\r\n")},
          {"with a user", with_host("Host: a@b\r\n")},
          {"port not a number", with_host("Host: a:b\r\n")},
          {"port too large", with_host("Host: a:65536\r\n")},
          {"port empty", with_host("Host: a:\r\n")},
          {"open bracket", with_host("Host: [::1\r\n")},
          {"no address in brackets", with_host("Host: [xyz]\r\n")},
      },
      ErrorCode::bad_request);
  EXPECT_TRUE(admit(with_host("Host: [::1]:8080\r\n")));
  EXPECT_TRUE(admit(with_host("Host: my_host.example:80\r\n")));
}

TEST(Admission, takes_only_local_paths_as_targets) {
  const auto with_line = [](const std::string& line) { return line + "\r\n" + host + "\r\n"; };
  expect_refused(
      {
          {"no slash", with_line("GET nopath HTTP/1.1")},
          {"absolute", with_line("GET http://foyer.example/ HTTP/1.1")},
          {"star with GET", with_line("GET * HTTP/1.1")},
          {"fragment", with_line("GET /a#b HTTP/1.1")},
          {"space", with_line("GET /a b HTTP/1.1")},
          {"two spaces", with_line("GET  / HTTP/1.1")},
          {"control", with_line("GET /\x01 HTTP/1.1")},
          {"tab", with_line("GET\t/ HTTP/1.1")},
          {"beyond ASCII", with_line("GET /caf\xC3\xA9 HTTP/1.1")},
          {"no version", with_line("GET /")},
          {"HTTP/2", with_line("GET / HTTP/2.0")},
          {"HTTP/0.9", with_line("GET / HTTP/0.9")},
          {"HTTP/1.2", with_line("GET / HTTP/1.2")},
          {"small letters", with_line("GET / http/1.1")},
          {"text after the version", with_line("GET / HTTP/1.1 x")},
      },
      ErrorCode::bad_request);
  EXPECT_TRUE(admit(with_line("OPTIONS * HTTP/1.1")));
  EXPECT_TRUE(admit(with_line("GET /films?q=[rec]|a HTTP/1.1")));
}

TEST(Admission, knows_the_methods_of_the_table_only) {
  expect_refused(
      {
          {"TRACE", "TRACE / HTTP/1.1\r\n" + host + "\r\n"},
          {"CONNECT", "CONNECT foyer.example:443 HTTP/1.1\r\n" + host + "\r\n"},
          {"made up", "FETCH / HTTP/1.1\r\n" + host + "\r\n"},
          {"small letters", "get / HTTP/1.1\r\n" + host + "\r\n"},
      },
      ErrorCode::not_implemented);
}

TEST(Admission, bounds_the_body_by_what_its_header_says) {
  expect_refused({{"one too many", post("Content-Length: " + std::to_string(limits::http_body_bytes + 1) + "\r\n")}},
                 ErrorCode::payload_too_large);
  expect_refused({{"beyond 64 bits", post("Content-Length: 99999999999999999999999999\r\n")}}, ErrorCode::bad_request);
  EXPECT_TRUE(admit(post("Content-Length: " + std::to_string(limits::http_body_bytes) + "\r\n")));
}

TEST(Tokens, are_found_in_lists_and_in_repeated_fields) {
  const Headers headers{{"Connection", "keep-alive , Upgrade"}, {"connection", "close"}};
  EXPECT_TRUE(has_token(headers, "Connection", "upgrade"));
  EXPECT_TRUE(has_token(headers, "Connection", "CLOSE"));
  EXPECT_FALSE(has_token(headers, "Connection", "alive"));
  EXPECT_FALSE(has_token({{"Connection", " ,, "}}, "Connection", "close"));
}

}  // namespace
}  // namespace foyer::http
