// The WebSocket itself on a real connection: handshake, hostile frames, slow readers, silent peers.
#include "server/live/socket.hpp"

#include <algorithm>
#include <random>

#include <gtest/gtest.h>

#include "protocol/close_codes.hpp"
#include "protocol/limits.hpp"
#include "tests/live/raw_client.hpp"

namespace foyer::live {
namespace {

using namespace std::chrono_literals;

struct Recorder final : Socket::Listener {
  void on_open() override { ++opens; }
  void on_text(std::string_view text) override { texts.emplace_back(text); }
  void on_ping() override { ++pings; }
  void on_drained() override { ++drains; }
  void on_too_slow() override {
    ++too_slow;
    socket->close(close_code::too_slow, "reading too slowly");
  }
  void on_flood() override {
    ++floods;
    socket->close(close_code::too_many, "too many bytes");
  }
  void on_closed() override { ++closes; }

  Socket* socket = nullptr;
  std::vector<std::string> texts;
  int opens = 0;
  int pings = 0;
  int drains = 0;
  int too_slow = 0;
  int floods = 0;
  int closes = 0;
};

class SocketTest : public ::testing::Test {
 protected:
  void open(const std::string& protocols = "foyer.v1") {
    socket = std::make_unique<Socket>(context, client.upgrade(protocols), recorder);
    recorder->socket = socket.get();
    socket->accept();
    ASSERT_TRUE(until([this] {
      client.read();
      response = client.take_response();
      return !response.empty();
    }));
    until([this] { return recorder->opens + recorder->closes > 0; }, 200ms);
  }
  template <class Condition>
  bool until(Condition condition, std::chrono::milliseconds deadline = 10s) {
    const auto end = std::chrono::steady_clock::now() + deadline;
    while (!condition()) {
      if (std::chrono::steady_clock::now() > end) {
        return false;
      }
      context.restart();
      context.run_one_for(5ms);
    }
    return true;
  }
  // Until the kernel, which takes more and more for a while, takes no more.
  void fill_the_queue() {
    while (socket->waiting_bytes() < limits::live_queue_bytes / 2) {
      socket->send(text_frame(std::string(10'000, 'x')));
      context.restart();
      context.poll();
    }
    const std::size_t waiting = socket->waiting_bytes();
    if (until([&] { return socket->waiting_bytes() < waiting; }, 200ms)) {
      fill_the_queue();
    }
  }
  std::vector<RawFrame> frames_until_close() {
    std::vector<RawFrame> frames;
    EXPECT_TRUE(until([&] {
      client.read();
      for (auto& frame : client.take_frames()) {
        frames.push_back(std::move(frame));
      }
      return !frames.empty() && frames.back().opcode == 8;
    }));
    return frames;
  }
  void expect_closed_with(int code) {
    const auto frames = frames_until_close();
    ASSERT_FALSE(frames.empty());
    EXPECT_EQ(frames.back().close_code(), code);
    client.close();
    EXPECT_TRUE(until([this] { return recorder->closes == 1; }));
  }
  TimePoint later(std::chrono::seconds by) { return std::chrono::steady_clock::now() + by; }

  boost::asio::io_context context{1};
  RawClient client{context};
  std::shared_ptr<Recorder> recorder = std::make_shared<Recorder>();
  std::unique_ptr<Socket> socket;
  std::string response;
};

TEST_F(SocketTest, ChoosesOurSubprotocolWhenItIsOffered) {
  open("chat, foyer.v1");
  EXPECT_TRUE(response.starts_with("HTTP/1.1 101 "));
  EXPECT_NE(response.find("Sec-WebSocket-Protocol: foyer.v1\r\n"), std::string::npos);
  EXPECT_NE(response.find("s3pPLMBiTxaQ9kYGzzhZRbK+xOo="), std::string::npos);
  EXPECT_EQ(recorder->opens, 1);
}

TEST_F(SocketTest, TakesClientsThatOfferNoSubprotocol) {
  open("");
  EXPECT_TRUE(response.starts_with("HTTP/1.1 101 "));
  EXPECT_EQ(response.find("Sec-WebSocket-Protocol"), std::string::npos);
}

TEST_F(SocketTest, RefusesClientsThatOfferOnlyOtherSubprotocols) {
  open("chat");
  EXPECT_TRUE(response.starts_with("HTTP/1.1 400 "));
  EXPECT_NE(response.find("Connection: close"), std::string::npos);
  until([this] { return !client.read(); });
  client.close();
  EXPECT_TRUE(until([this] { return recorder->closes == 1; }));
  EXPECT_EQ(recorder->opens, 0);
}

TEST_F(SocketTest, PassesTextsOnAndSendsFrames) {
  open();
  client.send_text("hello");
  client.send_text("");
  client.send_frame(0x01, "in ");  // two fragments
  client.send_frame(0x80, "parts");
  ASSERT_TRUE(until([this] { return recorder->texts.size() == 3; }));
  EXPECT_EQ(recorder->texts, (std::vector<std::string>{"hello", "", "in parts"}));
  std::string frames;
  append_text_frame(frames, "one");
  append_text_frame(frames, std::string(70'000, 'x'));
  socket->send(std::make_shared<const std::string>(frames));
  std::vector<RawFrame> got;
  ASSERT_TRUE(until([&] {
    client.read();
    for (auto& frame : client.take_frames()) {
      got.push_back(std::move(frame));
    }
    return got.size() == 2;
  }));
  EXPECT_EQ(got[0].payload, "one");
  EXPECT_EQ(got[1].payload.size(), 70'000U);
}

TEST_F(SocketTest, AnswersPingsAndTellsOfThem) {
  open();
  client.send_frame(0x89, "are you there");
  std::vector<RawFrame> got;
  ASSERT_TRUE(until([&] {
    client.read();
    got = client.take_frames();
    return !got.empty();
  }));
  EXPECT_EQ(got[0].opcode, 10);
  EXPECT_EQ(got[0].payload, "are you there");
  EXPECT_TRUE(until([this] { return recorder->pings == 1; }));
}

TEST_F(SocketTest, ClosesOnBinaryMessages) {
  open();
  client.send_frame(0x82, "bytes");
  expect_closed_with(1003);
}

TEST_F(SocketTest, ClosesOnInvalidUtf8) {
  open();
  client.send_text("\xff\xfe");
  expect_closed_with(1007);
  EXPECT_TRUE(recorder->texts.empty());
}

TEST_F(SocketTest, ClosesOnMessagesThatAreTooLong) {
  open();
  client.send_text(std::string(limits::live_message_bytes, 'x'));
  ASSERT_TRUE(until([this] { return recorder->texts.size() == 1; }));
  client.send_text(std::string(limits::live_message_bytes + 1, 'x'));
  expect_closed_with(1009);
  EXPECT_EQ(recorder->texts.size(), 1U);
}

TEST_F(SocketTest, ClosesOnUnmaskedFrames) {
  open();
  client.write(std::string("\x81\x02hi"));
  expect_closed_with(1002);
}

TEST_F(SocketTest, AnswersTheClientsClose) {
  open();
  client.send_frame(0x88, std::string("\x03\xe8", 2));
  expect_closed_with(1000);
}

TEST_F(SocketTest, APeerThatGoesWithoutAWordIsNoticed) {
  open();
  client.close();
  EXPECT_TRUE(until([this] { return recorder->closes == 1; }));
  socket->send(text_frame("too late"));
}

TEST_F(SocketTest, OurCloseComesWithItsCode) {
  open();
  socket->send(text_frame("last words"));
  socket->close(close_code::restart, "restart");
  socket->send(text_frame("not any more"));
  const auto frames = frames_until_close();
  ASSERT_EQ(frames.size(), 2U);
  EXPECT_EQ(frames[1].close_code(), 1012);
  client.send_frame(0x88, frames[1].payload.substr(0, 2));
  EXPECT_TRUE(until([this] {
    client.read();
    return client.ended();
  }));
  client.close();
  EXPECT_TRUE(until([this] { return recorder->closes == 1; }));
}

TEST_F(SocketTest, APeerThatNeverAnswersTheCloseIsCut) {
  open();
  socket->close(close_code::policy, "enough");
  until([] { return false; }, 20ms);
  EXPECT_EQ(recorder->closes, 0);
  socket->sweep(later(6s));
  EXPECT_TRUE(until([this] { return recorder->closes == 1; }));
}

TEST_F(SocketTest, APeerThatStaysAfterItsFaultIsCut) {
  open();
  client.write(std::string("\x81\x02hi"));
  frames_until_close();
  socket->sweep(later(1s));
  socket->sweep(later(7s));
  EXPECT_TRUE(until([this] { return recorder->closes == 1; }));
}

TEST_F(SocketTest, AHandshakeThatIsNeverAnsweredEnds) {
  socket = std::make_unique<Socket>(context, client.upgrade(), recorder);
  recorder->socket = socket.get();
  socket->sweep(later(11s));
  EXPECT_TRUE(until([this] { return recorder->closes == 1; }));
  socket->accept();
  until([] { return false; }, 20ms);
  EXPECT_EQ(recorder->opens, 0);
}

TEST_F(SocketTest, ASilentServerSendsHeartbeatsAndASilentPeerIsAsked) {
  open();
  socket->sweep(later(0s));
  socket->sweep(later(26s));
  std::vector<RawFrame> got;
  ASSERT_TRUE(until([&] {
    client.read();
    for (auto& frame : client.take_frames()) {
      got.push_back(std::move(frame));
    }
    return got.size() == 2;
  }));
  EXPECT_EQ(got[0].opcode, 9);
  EXPECT_EQ(got[1].payload, R"({"type":"heartbeat"})");
  client.send_frame(0x8a, "");
  until([] { return false; }, 20ms);
  socket->sweep(later(27s));
  socket->sweep(later(100s));
  until([] { return false; }, 20ms);
  EXPECT_EQ(recorder->closes, 0) << "the pong was a sign of life";
  socket->sweep(later(103s));
  EXPECT_TRUE(until([this] { return recorder->closes == 1; }));
}

TEST_F(SocketTest, AReaderThatIsTooSlowIsClosedAfterWholeFramesAndHarmsNoFrameBoundary) {
  open();
  int sent = 0;
  for (; recorder->too_slow == 0 && sent < 10'000; ++sent) {
    socket->send(text_frame(std::to_string(sent) + std::string(30'000, 'x')));
  }
  EXPECT_LE(socket->waiting_bytes(), limits::live_queue_bytes + 100);
  const auto frames = frames_until_close();
  EXPECT_EQ(frames.back().close_code(), 4408);
  ASSERT_GT(frames.size(), 2U);
  for (std::size_t index = 0; index + 1 < frames.size(); ++index) {
    ASSERT_TRUE(frames[index].payload.starts_with(std::to_string(index) + "x"));
    ASSERT_EQ(frames[index].payload.size(), std::to_string(index).size() + 30'000);
  }
  EXPECT_EQ(recorder->too_slow, 1);
}

TEST_F(SocketTest, AReaderWhoseQueueStandsStillIsClosedThoughItIsShort) {
  open();
  fill_the_queue();
  client.send_frame(0x8a, "");  // a sign of life that reads nothing
  until([] { return false; }, 20ms);
  socket->sweep(later(0s));
  socket->sweep(later(28s));
  EXPECT_EQ(recorder->too_slow, 0);
  socket->sweep(later(31s));
  EXPECT_EQ(recorder->too_slow, 1);
  EXPECT_EQ(frames_until_close().back().close_code(), 4408);
}

TEST_F(SocketTest, AReaderWhoseQueueMovesIsGivenTime) {
  open();
  fill_the_queue();
  socket->sweep(later(1s));
  const std::size_t waiting = socket->waiting_bytes();
  ASSERT_TRUE(until([&] {
    client.read();
    return socket->waiting_bytes() < waiting;
  }));
  socket->sweep(later(32s));
  EXPECT_EQ(recorder->too_slow, 0);
}

TEST_F(SocketTest, AFloodOfFramesThatAreNoMessagesIsClosed) {
  open();
  std::string pongs;
  while (pongs.size() < 100'000) {
    pongs += std::string("\x8a\x80\0\0\0\0", 6);
  }
  const auto send_and_sweep = [&](std::size_t bytes, std::chrono::seconds at) {
    for (std::size_t sent = 0; sent < bytes; sent += pongs.size()) {
      client.write(pongs);
      context.restart();
      context.poll();
    }
    until([] { return false; }, 20ms);
    socket->sweep(later(at));
  };
  send_and_sweep(limits::live_bytes_per_second / 2, 1s);
  send_and_sweep(limits::live_bytes_per_second / 2, 2s);
  EXPECT_EQ(recorder->floods, 0);
  send_and_sweep(limits::live_bytes_per_second + 2 * pongs.size(), 3s);
  EXPECT_EQ(recorder->floods, 1);
  EXPECT_EQ(frames_until_close().back().close_code(), 4429);
}

TEST_F(SocketTest, OneTurnMayBeLargerThanTheQueueForAReaderThatReads) {
  open();
  std::string frames;
  for (int count = 0; count < 300; ++count) {
    append_text_frame(frames, std::string(20'000, 'y'));
  }
  socket->send(std::make_shared<const std::string>(std::move(frames)));
  std::size_t got = 0;
  EXPECT_TRUE(until([&] {
    client.read();
    got += client.take_frames().size();
    return got == 300;
  }));
  EXPECT_EQ(recorder->too_slow, 0);
  EXPECT_TRUE(until([this] { return recorder->drains > 0; }));
}

TEST_F(SocketTest, PongsNeverCutAFrameInTwoWhenTheReaderStopsAgainAndAgain) {
  open();
  std::mt19937 random(7);
  int sent = 0;
  int pings = 0;
  int pongs = 0;
  int texts = 0;
  std::string expected_ping(100, 'p');
  while (sent < 3'000) {
    socket->send(text_frame(std::to_string(sent++) + std::string(random() % 6'000, 'z')));
    if (random() % 4 == 0) {
      client.send_frame(0x89, expected_ping);
      ++pings;
    }
    context.restart();
    context.poll();
    if (random() % 8 == 0 || socket->waiting_bytes() > limits::live_queue_bytes / 2) {
      client.read();
    }
    for (const auto& frame : client.take_frames()) {
      if (frame.opcode == 10) {
        ASSERT_EQ(frame.payload, expected_ping);
        ++pongs;
      } else {
        ASSERT_EQ(frame.opcode, 1);
        ASSERT_TRUE(frame.payload.starts_with(std::to_string(texts++)));
      }
    }
  }
  EXPECT_TRUE(until([&] {
    client.read();
    for (const auto& frame : client.take_frames()) {
      frame.opcode == 10 ? ++pongs : ++texts;
    }
    return pongs == pings && texts == sent;
  }));
}

// Beast's close and its read can wait for each other when the peer breaks the protocol during our close.
TEST_F(SocketTest, AFaultOfThePeerDuringOurCloseEndsWithTheDeadlineAndLeavesNothingBehind) {
  std::weak_ptr<void> trace;
  {
    RawClient attacker(context);
    auto upgrade = attacker.upgrade();
    upgrade.seat = std::make_shared<int>(0);
    trace = upgrade.seat;
    const auto heard = std::make_shared<Recorder>();
    Socket target(context, std::move(upgrade), heard);
    heard->socket = &target;
    target.accept();
    ASSERT_TRUE(until([&] { return heard->opens == 1; }));
    attacker.write(std::string("\x82\x80\x01\x02\x03\x04\xff\xff\xff\xff", 10));
    until([] { return false; }, 20ms);
    target.sweep(later(6s));
    ASSERT_TRUE(until([&] { return heard->closes == 1; }));
  }
  EXPECT_TRUE(until([&] { return trace.expired(); }));
}

TEST_F(SocketTest, RandomBytesFromTheClientNeverHarm) {
  std::mt19937_64 random(99);
  for (int round = 0; round < 300; ++round) {
    std::weak_ptr<void> trace;
    {
      RawClient attacker(context);
      auto upgrade = attacker.upgrade();
      upgrade.seat = std::make_shared<int>(0);
      trace = upgrade.seat;
      const auto heard = std::make_shared<Recorder>();
      Socket target(context, std::move(upgrade), heard);
      heard->socket = &target;
      target.accept();
      ASSERT_TRUE(until([&] { return heard->opens == 1; }));
      std::string bytes(1 + random() % 300, ' ');
      std::generate(bytes.begin(), bytes.end(), [&random] { return static_cast<char>(random()); });
      if (random() % 2 == 0) {
        bytes[0] = static_cast<char>(0x80 | (random() % 16));
      }
      attacker.write(bytes);
      until([] { return false; }, 1ms);
      attacker.close();
      until([&] { return heard->closes == 1; }, 5ms);
      target.sweep(later(6s));
      ASSERT_TRUE(until([&] { return heard->closes == 1; })) << "round " << round;
    }
    ASSERT_TRUE(until([&] { return trace.expired(); })) << "round " << round;
  }
}

}  // namespace
}  // namespace foyer::live
