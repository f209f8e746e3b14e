#include "server/live/frame.hpp"

#include <gtest/gtest.h>

#include "server/live/handshake.hpp"

namespace foyer::live {
namespace {

TEST(Frame, HeadersHaveTwoFourOrTenBytes) {
  EXPECT_EQ(*text_frame("ab"), std::string("\x81\x02"
                                           "ab"));
  EXPECT_EQ(text_frame(std::string(125, 'x'))->substr(0, 2), std::string("\x81\x7d"));
  EXPECT_EQ(text_frame(std::string(126, 'x'))->substr(0, 4), std::string("\x81\x7e\x00\x7e", 4));
  EXPECT_EQ(text_frame(std::string(65'535, 'x'))->substr(0, 4), std::string("\x81\x7e\xff\xff", 4));
  EXPECT_EQ(text_frame(std::string(65'536, 'x'))->substr(0, 10),
            std::string("\x81\x7f\x00\x00\x00\x00\x00\x01\x00\x00", 10));
}

TEST(Frame, FramesStandOneBehindTheOther) {
  std::string frames;
  append_text_frame(frames, "a");
  append_text_frame(frames, "");
  EXPECT_EQ(frames, std::string("\x81\x01"
                                "a\x81\x00",
                                5));
  EXPECT_EQ(*ping_frame(), std::string("\x89\x00", 2));
}

TEST(Handshake, OurSubprotocolIsFoundAmongOthers) {
  EXPECT_EQ(offered_subprotocol({}), Offer::nothing);
  EXPECT_EQ(offered_subprotocol({{"Host", "foyer.v1"}}), Offer::nothing);
  EXPECT_EQ(offered_subprotocol({{"sec-websocket-protocol", "chat, foyer.v1"}}), Offer::ours);
  EXPECT_EQ(offered_subprotocol({{"Sec-WebSocket-Protocol", "chat"}, {"Sec-WebSocket-Protocol", " foyer.v1 "}}),
            Offer::ours);
  EXPECT_EQ(offered_subprotocol({{"Sec-WebSocket-Protocol", "foyer.v2, FOYER.V1,,"}}), Offer::only_others);
  EXPECT_EQ(offered_subprotocol({{"Sec-WebSocket-Protocol", ""}}), Offer::only_others);
}

TEST(Handshake, ARefusalIsAWholeProblemDocument) {
  Error error = refused(ErrorCode::unavailable, "Later.");
  error.retry_after_seconds = 2;
  const std::string response = refusal_response(error);
  EXPECT_TRUE(response.starts_with("HTTP/1.1 503 "));
  EXPECT_NE(response.find("\r\nRetry-After: 2\r\n"), std::string::npos);
  EXPECT_NE(response.find("application/problem+json"), std::string::npos);
  const auto body = response.substr(response.find("\r\n\r\n") + 4);
  EXPECT_NE(response.find("Content-Length: " + std::to_string(body.size()) + "\r\n"), std::string::npos);
}

}  // namespace
}  // namespace foyer::live
