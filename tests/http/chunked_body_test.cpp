#include "server/http/chunked_body.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "protocol/limits.hpp"

namespace foyer::http {
namespace {

TEST(ChunkedBody, is_read_in_one_piece_and_leaves_the_next_request) {
  ChunkedBody body;
  std::string_view input = "4\r\nWiki\r\nA\r\npedia, the\r\n0\r\n\r\nGET / HTTP/1.1";
  const auto done = body.feed(input);
  ASSERT_TRUE(done && *done);
  EXPECT_EQ(body.take(), "Wikipedia, the");
  EXPECT_EQ(input, "GET / HTTP/1.1");
}

TEST(ChunkedBody, is_the_same_however_it_arrives) {
  const std::string wire = "5\r\nhello\r\n01\r\n \r\n5\r\nworld\r\n0\r\n\r\n";
  for (std::size_t step = 1; step < wire.size(); ++step) {
    ChunkedBody body;
    bool complete = false;
    for (std::size_t at = 0; at < wire.size(); at += step) {
      std::string_view piece = std::string_view(wire).substr(at, step);
      const auto done = body.feed(piece);
      ASSERT_TRUE(done) << step;
      complete = *done;
    }
    EXPECT_TRUE(complete) << step;
    EXPECT_EQ(body.take(), "hello world") << step;
  }
}

TEST(ChunkedBody, refuses_what_other_readers_could_read_otherwise) {
  for (const std::string& wire : std::vector<std::string>{
           "4;name=value\r\nWiki\r\n0\r\n\r\n", "4 \r\nWiki\r\n0\r\n\r\n", " 4\r\nWiki\r\n0\r\n\r\n",
           "0x4\r\nWiki\r\n0\r\n\r\n", "-4\r\nWiki\r\n", "4\nWiki\n0\n\n", "4\r\nWikiX\r\n", "4\r\nWiki\n0\r\n\r\n",
           "0\r\nTrailer: x\r\n\r\n", "0\r\n\n", "\r\n4\r\nWiki\r\n", "000000004\r\nWiki\r\n", "FFFFFFFFFFFFFFFFF\r\n",
           "g\r\n", "4\rWiki"}) {
    ChunkedBody body;
    std::string_view input = wire;
    const auto done = body.feed(input);
    ASSERT_TRUE(done.has_error()) << wire;
    EXPECT_EQ(done.error().code, ErrorCode::bad_request) << wire;
  }
}

TEST(ChunkedBody, is_bounded_before_its_bytes_arrive) {
  ChunkedBody body;
  std::string_view first = "FFFFFFFF\r\n";
  const auto done = body.feed(first);
  ASSERT_TRUE(done.has_error());
  EXPECT_EQ(done.error().code, ErrorCode::payload_too_large);
}

TEST(ChunkedBody, is_bounded_over_all_its_chunks) {
  ChunkedBody body;
  const std::string chunk = "8000\r\n" + std::string(0x8000, 'x') + "\r\n";
  for (std::size_t sent = 0; sent + 0x8000 <= limits::http_body_bytes; sent += 0x8000) {
    std::string_view input = chunk;
    ASSERT_TRUE(body.feed(input));
  }
  std::string_view more = "1\r\nx\r\n";
  EXPECT_TRUE(body.feed(more).has_error());
}

}  // namespace
}  // namespace foyer::http
