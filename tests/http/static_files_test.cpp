#include "server/http/static_files.hpp"

#include <array>

#include <gtest/gtest.h>

#include "server/http/conditional.hpp"

namespace foyer::http {
namespace {

constexpr std::array assets{Asset{"app.0123.js", "text/javascript; charset=utf-8", "plain", "brotli", "gzip"},
                            Asset{"mark.4567.svg", "image/svg+xml", "<svg/>", {}, {}}};

Response asset(std::string_view name, const Headers& headers = {}) {
  return asset_response(assets, name, headers).value_or(empty_response(404));
}

TEST(Negotiation, prefers_brotli_and_heeds_what_is_forbidden) {
  struct Row {
    const char* accept;
    Encoding expected;
  };
  for (const Row& row :
       {Row{"gzip, deflate, br", Encoding::brotli}, Row{"gzip", Encoding::gzip}, Row{"br;q=0, gzip", Encoding::gzip},
        Row{"br; q=0.0, *", Encoding::gzip}, Row{"*", Encoding::brotli}, Row{"*;q=0", Encoding::identity},
        Row{"", Encoding::identity}, Row{"identity", Encoding::identity}, Row{"BR;q=0.5", Encoding::brotli},
        Row{"xbr, gzipped", Encoding::identity}, Row{",,;q=", Encoding::identity}}) {
    EXPECT_EQ(negotiate(row.accept, true, true), row.expected) << row.accept;
  }
  EXPECT_EQ(negotiate("br, gzip", false, true), Encoding::gzip);
  EXPECT_EQ(negotiate("br, gzip", false, false), Encoding::identity);
}

TEST(Assets, come_in_the_encoding_that_was_asked_for) {
  const Response brotli = asset("app.0123.js", {{"Accept-Encoding", "br"}});
  EXPECT_EQ(bytes_of(brotli.body), "brotli");
  EXPECT_EQ(brotli.header("Content-Encoding"), "br");
  EXPECT_EQ(brotli.header("Vary"), "Accept-Encoding");
  EXPECT_EQ(brotli.header("Cache-Control"), "public, max-age=31536000, immutable");
  const Response plain = asset("app.0123.js");
  EXPECT_EQ(bytes_of(plain.body), "plain");
  EXPECT_FALSE(plain.header("Content-Encoding"));
  EXPECT_NE(plain.header("ETag"), brotli.header("ETag"));
  EXPECT_EQ(bytes_of(asset("mark.4567.svg", {{"Accept-Encoding", "br, gzip"}}).body), "<svg/>");
}

TEST(Assets, are_found_by_exact_name_only) {
  for (const char* name : {"", "app.js", "APP.0123.js", "../app.0123.js", "app.0123.js.br", "app.0123.js/"}) {
    EXPECT_EQ(asset(name).status, 404) << name;
  }
}

Request getting(const std::string& if_none_match) {
  Request request;
  request.headers = {{"If-None-Match", if_none_match}};
  return request;
}

Response page(const std::string& html) {
  Response response{200, {}, html};
  response.add("Content-Type", "text/html; charset=utf-8");
  response.add("Cache-Control", "private, no-cache");
  return response;
}

TEST(ConditionalRequests, get_304_for_the_bytes_they_have) {
  Response first = page("<p>one</p>");
  answer_if_changed(getting(""), first);
  EXPECT_EQ(first.status, 200);
  const std::string tag(*first.header("ETag"));
  for (const std::string& condition : {tag, tag.substr(2), "\"other\", " + tag, std::string("*")}) {
    Response again = page("<p>one</p>");
    answer_if_changed(getting(condition), again);
    EXPECT_EQ(again.status, 304) << condition;
    EXPECT_EQ(bytes_of(again.body), "") << condition;
    EXPECT_EQ(again.header("ETag"), tag) << condition;
    EXPECT_EQ(again.header("Cache-Control"), "private, no-cache") << condition;
  }
}

TEST(ConditionalRequests, get_the_page_when_it_changed) {
  Response old = page("<p>one</p>");
  answer_if_changed(getting(""), old);
  Response changed = page("<p>two</p>");
  answer_if_changed(getting(std::string(*old.header("ETag"))), changed);
  EXPECT_EQ(changed.status, 200);
  EXPECT_EQ(bytes_of(changed.body), "<p>two</p>");
}

TEST(ConditionalRequests, are_for_successful_reads_only) {
  Request posting = getting("*");
  posting.method = Method::post;
  Response response = page("x");
  answer_if_changed(posting, response);
  EXPECT_EQ(response.status, 200);
  Response missing = page("x");
  missing.status = 404;
  answer_if_changed(getting("*"), missing);
  EXPECT_EQ(missing.status, 404);
  EXPECT_FALSE(missing.header("ETag"));
}

}  // namespace
}  // namespace foyer::http
