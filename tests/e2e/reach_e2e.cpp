// Proof of reach on two nodes: on how many screens a removal has done its work, as moderators see it.
#include <deque>
#include <optional>

#include <boost/json/serialize.hpp>
#include <gtest/gtest.h>

#include "tests/support/forum.hpp"
#include "tests/support/live_client.hpp"

using namespace foyer::testing;
namespace json = boost::json;

namespace {

class Reach : public ::testing::Test {
 protected:
  static Forum& forum() {
    static Forum shared{2};
    return shared;
  }
  void SetUp() override {
    const std::string test = ::testing::UnitTest::GetInstance()->current_test_info()->name();
    author = forum().member("a" + test.substr(0, 20), 0);
    moderator = forum().moderator("m" + test.substr(0, 20), 1);
    thread = forum().start_thread(author);
    const HttpAnswer posted = author.send_json("POST", "/api/v1/threads/" + std::to_string(thread) + "/posts",
                                               body_json("an unkind sentence"));
    post = "/posts/" + std::to_string(integer(posted.json().at("post"), "id"));
  }

  std::string channel() const { return "thread:" + std::to_string(thread); }
  void remove() {
    ASSERT_EQ(moderator.send_json("POST", "/api/v1" + post + "/remove", R"({"reason":"unkind"})").status, 200);
  }
  void restore() { ASSERT_EQ(moderator.send_json("POST", "/api/v1" + post + "/restore", "{}").status, 200); }
  // The seq of the removal that the screen gets.
  static std::int64_t sees_removal(LiveClient& screen) {
    const auto event = screen.receive_type("event");
    EXPECT_EQ(event.at("event").as_string(), "post.removed");
    return event.at("seq").as_int64();
  }
  void applies(LiveClient& screen, std::int64_t seq) const {
    screen.send({{"type", "applied"}, {"channel", channel()}, {"seq", seq}});
  }
  // Both nodes say so, soon.
  void expect_reach(int screens, int gone, int offline) {
    const json::value expected{{"screens", screens}, {"gone", gone}, {"offline", offline}};
    for (std::size_t node = 0; node < 2; ++node) {
      moderator.use_port(forum().port(node));
      HttpAnswer answer;
      EXPECT_TRUE(eventually([&] {
        answer = moderator.get("/api/v1" + post + "/reach");
        return answer.status == 200 && answer.json() == expected;
      })) << "node "
          << node << ": " << answer.status << ' ' << answer.body << ", not " << json::serialize(expected);
    }
  }

  HttpClient author{forum().port(0)};
  HttpClient moderator{forum().port(1)};
  std::int64_t thread = 0;
  std::string post;
};

TEST_F(Reach, ViewersOfBothNodesAreCountedAndTheHistoryPageSaysIt) {
  std::deque<LiveClient> screens;
  for (std::size_t index = 0; index < 5; ++index) {
    screens.emplace_back(forum().port(index % 2)).subscribe(channel());
  }
  remove();
  for (std::size_t index = 0; index < 5; ++index) {
    const std::int64_t seq = sees_removal(screens[index]);
    if (index != 1) {
      applies(screens[index], seq);
      applies(screens[index], seq);
    }
  }
  expect_reach(5, 4, 0);
  screens[1].cut();
  expect_reach(5, 4, 1);
  const std::string page = moderator.get(post + "/history").body;
  EXPECT_NE(page.find("Gone from 4 of 5 screens; 1 was offline and is cleaned when it comes back."), std::string::npos)
      << page;
}

TEST_F(Reach, AScreenThatWasCutIsGoneWhenItIsBackOnTheOtherNodeAndLateComersAreNotCounted) {
  LiveClient stays{forum().port(1)};
  stays.subscribe(channel());
  LiveClient cut{forum().port(0)};
  const std::int64_t before = cut.subscribe(channel()).at("seq").as_int64();
  remove();
  const std::int64_t seq = sees_removal(cut);
  cut.cut();
  applies(stays, sees_removal(stays));
  expect_reach(2, 1, 1);
  LiveClient late{forum().port(0)};
  late.subscribe(channel(), seq);
  LiveClient later{forum().port(1)};
  later.subscribe(channel());
  LiveClient back{forum().port(1)};
  back.subscribe(channel(), before);
  EXPECT_EQ(sees_removal(back), seq);
  applies(back, seq);
  expect_reach(2, 2, 0);
}

// It names no `since`, or one that any loaded page shows.
TEST_F(Reach, AGuestWhoNeverSawThePostSettlesNoLostScreenOfAMember) {
  LiveClient cut{forum().port(0), {.cookie = author.cookie()}};
  const std::int64_t before = cut.subscribe(channel()).at("seq").as_int64();
  remove();
  const std::int64_t seq = sees_removal(cut);
  cut.cut();
  expect_reach(1, 0, 1);
  for (std::size_t node = 0; node < 2; ++node) {
    for (const std::optional<std::int64_t> since : {std::optional<std::int64_t>(), {seq}}) {
      LiveClient liar{forum().port(node)};
      liar.subscribe(channel(), since);
      applies(liar, seq);
      liar.subscribe("film:1");  // once this is answered the other is heard
    }
  }
  expect_reach(1, 0, 1);
  LiveClient back{forum().port(1), {.cookie = author.cookie()}};
  back.subscribe(channel(), before);
  EXPECT_EQ(sees_removal(back), seq);
  applies(back, seq);
  expect_reach(1, 1, 0);
}

TEST_F(Reach, IsForModeratorsAndForRemovedPosts) {
  const std::string path = "/api/v1" + post + "/reach";
  EXPECT_EQ(moderator.get(path).status, 409) << "nothing is removed";
  remove();
  EXPECT_EQ(HttpClient{forum().port(0)}.get(path).status, 401);
  EXPECT_EQ(author.get(path).status, 403);
  EXPECT_EQ(moderator.get("/api/v1/posts/999999/reach").status, 404);
  EXPECT_EQ(moderator.get(path + "?x=1").status, 422);
  expect_reach(0, 0, 0);
  EXPECT_NE(moderator.get(post + "/history").body.find("No screen was showing it."), std::string::npos);
  restore();
  EXPECT_EQ(moderator.get(path).status, 409);
  EXPECT_EQ(moderator.get(post + "/history").body.find("class=\"reach\""), std::string::npos);
}

TEST_F(Reach, APostRemovedAgainIsCountedAnew) {
  LiveClient screen{forum().port(0)};
  screen.subscribe(channel());
  remove();
  applies(screen, sees_removal(screen));
  expect_reach(1, 1, 0);
  restore();
  EXPECT_EQ(screen.receive_type("event").at("event").as_string(), "post.restored");
  LiveClient second{forum().port(1)};
  second.subscribe(channel());
  remove();
  const std::int64_t seq = sees_removal(screen);
  expect_reach(2, 0, 0);
  applies(screen, seq);
  expect_reach(2, 1, 0);
}

// Counted by a stranger who listens on the topic.
TEST_F(Reach, FiveHundredScreensCostOneBusMessageASecondAndNode) {
  std::deque<LiveClient> screens;
  for (std::size_t index = 0; index < 500; ++index) {
    screens.emplace_back(forum().port(index % 2)).subscribe(channel());
  }
  TcpStream listener{static_cast<std::uint16_t>(forum().redis().port())};
  listener.send("SUBSCRIBE foyer:reach\r\n");
  listener.receive_until(":1\r\n", std::chrono::seconds{10});
  const auto start = std::chrono::steady_clock::now();
  remove();
  for (LiveClient& screen : screens) {
    applies(screen, sees_removal(screen));
  }
  expect_reach(500, 500, 0);
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(std::chrono::steady_clock::now() - start);
  listener.send("UNSUBSCRIBE\r\n");
  const std::string heard = listener.receive_until("$11\r\nunsubscribe\r\n", std::chrono::seconds{10});
  std::int64_t messages = 0;
  for (std::size_t at = heard.find("$7\r\nmessage\r\n"); at != std::string::npos;
       at = heard.find("$7\r\nmessage\r\n", at + 1)) {
    ++messages;
  }
  EXPECT_GE(messages, 2);
  EXPECT_LE(messages, 2 * (seconds.count() + 2));
  RecordProperty("messages", static_cast<int>(messages));
  std::printf("500 screens: %lld bus messages in %lld s\n", static_cast<long long>(messages),
              static_cast<long long>(seconds.count()));
}

}  // namespace
