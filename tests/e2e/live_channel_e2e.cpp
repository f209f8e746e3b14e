#include <boost/json/serialize.hpp>
#include <gtest/gtest.h>

#include "tests/support/forum.hpp"
#include "tests/support/live_client.hpp"

using namespace foyer::testing;
namespace json = boost::json;

namespace {

class LiveChannel : public ::testing::Test {
 protected:
  static Forum& forum() {
    static Forum shared{1};
    return shared;
  }
  static LiveClient guest() {
    LiveClient client{forum().port(0)};
    client.receive_type("welcome");
    return client;
  }
  static void post(HttpClient& author, std::int64_t thread, const std::string& body) {
    const HttpAnswer answer =
        author.send_json("POST", "/api/v1/threads/" + std::to_string(thread) + "/posts", body_json(body));
    ASSERT_EQ(answer.status, 201) << answer.body;
  }
  static std::string channel(std::int64_t thread) { return "thread:" + std::to_string(thread); }
};

TEST_F(LiveChannel, WelcomesAMemberByName) {
  HttpClient emma = forum().member("emma", 0);
  LiveClient live{forum().port(0), {.cookie = emma.cookie()}};
  const auto welcome = live.receive();
  EXPECT_EQ(welcome.at("type").as_string(), "welcome");
  EXPECT_EQ(welcome.at("protocol").as_string(), "foyer.v1");
  EXPECT_EQ(welcome.at("user").at("name").as_string(), "emma");
  EXPECT_EQ(welcome.at("heartbeat_seconds").as_int64(), 25);
}

TEST_F(LiveChannel, TakesACookieWithoutOriginForAGuest) {
  HttpClient finn = forum().member("finn", 0);
  LiveClient live{forum().port(0), {.cookie = finn.cookie(), .origin = ""}};
  EXPECT_TRUE(live.receive().at("user").is_null());
}

TEST_F(LiveChannel, RefusesAForeignOriginBeforeTheUpgrade) {
  for (const std::string origin : {"http://evil.example", "null", "http://127.0.0.1:1", "https://127.0.0.1"}) {
    try {
      LiveClient live{forum().port(0), {.origin = origin}};
      FAIL() << origin << " was let in";
    } catch (const UpgradeRefused& refused) {
      EXPECT_EQ(refused.status, 403) << origin;
    }
  }
}

TEST_F(LiveChannel, ReplaysWhatCameAfterSinceAndThenGoesOnLive) {
  HttpClient gina = forum().member("gina", 0);
  const std::int64_t thread = forum().start_thread(gina);
  for (int i = 0; i < 5; ++i) {
    post(gina, thread, "number " + std::to_string(i));
  }
  LiveClient late = guest();
  EXPECT_EQ(late.subscribe(channel(thread), 2).at("seq").as_int64(), 6);
  post(gina, thread, "live");
  for (std::int64_t seq = 3; seq <= 7; ++seq) {
    EXPECT_EQ(late.receive_type("event").at("seq").as_int64(), seq);
  }
}

TEST_F(LiveChannel, SaysResyncWhenSinceLiesAboveTheHead) {
  HttpClient hugo = forum().member("hugo", 0);
  const std::int64_t thread = forum().start_thread(hugo);
  LiveClient live = guest();
  const auto subscribed = live.subscribe(channel(thread), 99);
  EXPECT_TRUE(subscribed.at("resync").as_bool());
  EXPECT_EQ(subscribed.at("seq").as_int64(), 1);
}

TEST_F(LiveChannel, CountsItsViewers) {
  HttpClient ida = forum().member("ida", 0);
  const std::int64_t thread = forum().start_thread(ida);
  LiveClient first = guest();
  EXPECT_EQ(first.subscribe(channel(thread)).at("viewers").as_int64(), 1);
  LiveClient second = guest();
  EXPECT_EQ(second.subscribe(channel(thread)).at("viewers").as_int64(), 2);
  EXPECT_EQ(first.receive_type("presence").at("viewers").as_int64(), 2);
  second.cut();
  EXPECT_EQ(first.receive_type("presence").at("viewers").as_int64(), 1);
}

TEST_F(LiveChannel, ShowsWhoIsTyping) {
  HttpClient jan = forum().member("jan", 0);
  const std::int64_t thread = forum().start_thread(jan);
  LiveClient reader = guest();
  reader.subscribe(channel(thread));
  LiveClient typist{forum().port(0), {.cookie = jan.cookie()}};
  typist.subscribe(channel(thread));
  typist.send({{"type", "typing"}, {"channel", channel(thread)}});
  for (;;) {
    const auto presence = reader.receive_type("presence");
    if (!presence.at("typing").as_array().empty()) {
      EXPECT_EQ(presence.at("typing").as_array().at(0).as_string(), "jan");
      break;
    }
  }
}

TEST_F(LiveChannel, PostsOverTheSocketOnceForOneKey) {
  HttpClient kim = forum().member("kim", 0);
  const std::int64_t thread = forum().start_thread(kim);
  LiveClient live{forum().port(0), {.cookie = kim.cookie()}};
  const json::object frame{{"type", "post"},  {"id", 7},           {"thread_id", thread},
                           {"body", "hello"}, {"key", "key-0001"}, {"reply_to", 1}};
  live.send(frame);
  const auto posted = live.receive_type("posted");
  EXPECT_EQ(posted.at("id").as_int64(), 7);
  EXPECT_EQ(posted.at("seq").as_int64(), 2);
  live.send(frame);
  EXPECT_EQ(live.receive_type("posted").at("post").at("id"), posted.at("post").at("id"));
  HttpClient reader{forum().port(0)};
  EXPECT_EQ(all_posts(reader, thread).size(), 2u);
}

TEST_F(LiveChannel, RefusesAGuestsPostWithTheStableCode) {
  HttpClient lea = forum().member("lea", 0);
  const std::int64_t thread = forum().start_thread(lea);
  LiveClient live = guest();
  live.send({{"type", "post"}, {"id", 1}, {"thread_id", thread}, {"body", "hello"}});
  const auto error = live.receive_type("error");
  EXPECT_EQ(error.at("id").as_int64(), 1);
  EXPECT_EQ(error.at("code").as_string(), "unauthenticated");
}

TEST_F(LiveChannel, ASocketWhoseSessionHasEndedPostsNoMoreAndIsClosed) {
  HttpClient lars = forum().member("lars", 0);
  const std::int64_t thread = forum().start_thread(lars);
  LiveClient live{forum().port(0), {.cookie = lars.cookie()}};
  live.receive_type("welcome");
  HttpClient browser = lars;
  ASSERT_EQ(lars.request("DELETE", "/api/v1/session", {}, "").status, 204);
  int closed_with = 0;
  const auto refused = [&] {
    try {
      live.send({{"type", "post"}, {"id", 1}, {"thread_id", thread}, {"body", "after the log-out"}});
      live.receive_type("posted");
    } catch (const LiveClosed& closed) {
      closed_with = closed.code;
    }
    return closed_with != 0;
  };
  EXPECT_TRUE(eventually(refused));  // within the second for which a node trusts what it looked up
  EXPECT_EQ(closed_with, 4401);
  EXPECT_TRUE(browser.get("/api/v1/session").json().at("user").is_null());
}

TEST_F(LiveChannel, StopsSendingAfterUnsubscribe) {
  HttpClient mia = forum().member("mia", 0);
  const std::int64_t quiet = forum().start_thread(mia);
  const std::int64_t followed = forum().start_thread(mia);
  LiveClient live = guest();
  live.subscribe(channel(quiet));
  live.subscribe(channel(followed));
  live.send({{"type", "unsubscribe"}, {"id", 9}, {"channel", channel(quiet)}});
  EXPECT_EQ(live.receive_type("unsubscribed").at("id").as_int64(), 9);
  post(mia, quiet, "unheard");
  post(mia, followed, "heard");
  EXPECT_EQ(live.receive_type("event").at("channel").as_string(), channel(followed));
}

TEST_F(LiveChannel, AnswersNonsenseWithErrorsAndClosesAfterFiveInARow) {
  LiveClient live = guest();
  for (const std::string nonsense : {"{", "[]", R"({"type":"dance"})", R"({"type":"subscribe","id":1})",
                                     R"({"type":"subscribe","id":"x","channel":"thread:1"})"}) {
    live.send(nonsense);
  }
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(live.receive().at("type").as_string(), "error");
  }
  try {
    live.receive();
    FAIL() << "still open";
  } catch (const LiveClosed& closed) {
    EXPECT_EQ(closed.code, 1008);
  }
}

TEST_F(LiveChannel, NamesAnUnknownChannelAndOneThatIsSomebodyElses) {
  LiveClient live = guest();
  EXPECT_EQ(live.subscribe("thread:999999").at("code").as_string(), "not_found");
  HttpClient nils = forum().member("nils", 0);
  LiveClient member{forum().port(0), {.cookie = nils.cookie()}};
  EXPECT_EQ(live.subscribe("member:1").at("code").as_string(), "unauthenticated");
  EXPECT_EQ(member.subscribe("member:1").at("code").as_string(), "forbidden");
  EXPECT_EQ(member.subscribe("moderation").at("code").as_string(), "forbidden");
}

TEST_F(LiveChannel, ClosesOverAMessageThatIsTooBig) {
  LiveClient live = guest();
  live.send(std::string(70UL * 1024, 'x'));
  try {
    live.receive();
    FAIL() << "still open";
  } catch (const LiveClosed& closed) {
    EXPECT_EQ(closed.code, 1009);
  }
}

}  // namespace
