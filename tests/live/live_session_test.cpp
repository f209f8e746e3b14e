// A session on a real socket with a hub of fakes behind it: what a client may say and what it hears.
#include "server/live/live_session.hpp"

#include <gtest/gtest.h>

#include "protocol/close_codes.hpp"
#include "protocol/limits.hpp"
#include "server/forum/permissions.hpp"
#include "tests/live/bus_recorder.hpp"
#include "tests/live/fake_rights.hpp"
#include "tests/live/hub_fixture.hpp"
#include "tests/live/raw_client.hpp"

namespace foyer::live {
namespace {

using namespace std::chrono_literals;

class LiveSessionTest : public HubTest {
 protected:
  explicit LiveSessionTest(bool limited = true) : limiter(limited, 100) {}

  ~LiveSessionTest() override { session->abandon(); }

  void open(runtime::Upgrade upgrade) {
    session = std::make_shared<LiveSession>(1, services);
    session->start(std::move(upgrade));
  }
  void open_guest() {
    open(client.upgrade());
    ASSERT_TRUE(wait([this] { return !client.take_response().empty(); }));
  }
  template <class Condition>
  bool wait(Condition condition, std::chrono::milliseconds deadline = 10s) {
    return run_until(
        context,
        [&] {
          client.read();
          backlog.answer_all();
          reader.answer_all();
          return condition();
        },
        deadline);
  }
  // A socket of the member with this cookie.
  void open_member(const std::string& token) {
    auto upgrade = client.upgrade();
    upgrade.session_token = token;
    open(std::move(upgrade));
    ASSERT_TRUE(wait([this] { return !client.take_response().empty(); }));
  }
  void look() {
    rights.look(std::chrono::steady_clock::now());
    reader.answer_all();
  }
  boost::json::object next() {
    EXPECT_TRUE(wait([this] {
      for (RawFrame& frame : client.take_frames()) {
        frames.push_back(std::move(frame));
      }
      return !frames.empty();
    }));
    if (frames.empty() || frames.front().opcode != 1) {
      return {};
    }
    auto message = boost::json::parse(frames.front().payload).as_object();
    frames.pop_front();
    return message;
  }
  int close_code() {
    while (!next().empty()) {
    }
    return frames.empty() ? 0 : frames.front().close_code();
  }
  boost::json::object ask(const std::string& text) {
    client.send_text(text);
    return next();
  }

  // Of thread 1, with seq 4.
  void remove_post() {
    node.hub.publish(News{{backlog.commit(1, 500, "post.removed")}, {}});
    settle();
  }
  // A screen of each of them sees it, and leaves without a word.
  void lose_screens(const std::vector<std::string>& people) {
    backlog.commit_many(1, 3);
    std::deque<FakeViewer> viewers(people.size());
    std::vector<std::unique_ptr<Subscription>> screens;
    for (std::size_t index = 0; index < people.size(); ++index) {
      const SubscribeFrame frame{1, thread_1, std::nullopt};
      screens.push_back(node.hub.subscribe(viewers[index], frame, {.bucket = reach_bucket(people[index])}));
    }
    settle();
    remove_post();
  }
  static std::string about(const std::string& type, std::int64_t thread, const std::string& rest) {
    return R"({"type":")" + type + R"(","channel":"thread:)" + std::to_string(thread) + "\"," + rest + "}";
  }
  // Comes back from there, says that it has applied all up to there, and leaves the channel.
  void apply_from(std::int64_t since, std::int64_t thread = 1) {
    const std::string seq = std::to_string(since);
    EXPECT_EQ(ask(about("subscribe", thread, R"("id":1,"since":)" + seq)).at("type"), "subscribed");
    client.send_text(about("applied", thread, R"("seq":)" + seq));
    auto answer = ask(about("unsubscribe", thread, R"("id":2)"));
    while (answer.at("type") == "event") {
      answer = next();
    }
    EXPECT_EQ(answer.at("type"), "unsubscribed");
  }

  persistence::Database database{{"host=/nowhere connect_timeout=1", 1}};
  persistence::PostWriter writer{database, [](News) {}};
  FakeRights reader;
  RightsWatch rights{reader};
  runtime::RateLimiter limiter;
  SessionFigures figures;
  int closed = 0;
  SessionServices services{"node-1", context, node.hub, rights,
                           writer,   limiter, figures,  [this](std::uint64_t) { ++closed; }};
  RawClient client{context};
  std::shared_ptr<LiveSession> session;
  std::deque<RawFrame> frames;
};

class UnlimitedSessionTest : public LiveSessionTest {
 protected:
  UnlimitedSessionTest() : LiveSessionTest(false) {}
};

TEST_F(LiveSessionTest, WelcomesFirst) {
  open_guest();
  const auto welcome = next();
  EXPECT_EQ(welcome.at("type"), "welcome");
  EXPECT_EQ(welcome.at("node"), "node-1");
  EXPECT_TRUE(welcome.at("user").is_null());
  EXPECT_EQ(welcome.at("heartbeat_seconds"), 25);
}

TEST_F(LiveSessionTest, SubscribesUnsubscribesAndSubscribesAgain) {
  backlog.commit_many(1, 3);
  open_guest();
  next();
  const auto subscribed = ask(R"({"type":"subscribe","id":1,"channel":"thread:1","since":1})");
  EXPECT_EQ(subscribed.at("type"), "subscribed");
  EXPECT_EQ(next().at("seq"), 2);
  EXPECT_EQ(next().at("seq"), 3);
  EXPECT_EQ(ask(R"({"type":"subscribe","id":2,"channel":"thread:1"})").at("code"), "conflict");
  EXPECT_EQ(ask(R"({"type":"unsubscribe","id":3,"channel":"thread:1"})").at("type"), "unsubscribed");
  EXPECT_EQ(ask(R"({"type":"unsubscribe","id":4,"channel":"thread:1"})").at("code"), "not_found");
  EXPECT_EQ(ask(R"({"type":"subscribe","id":5,"channel":"thread:1"})").at("seq"), 3);
}

TEST_F(LiveSessionTest, NamesTheIdOfARefusedSubscription) {
  open_guest();
  next();
  const auto unknown = ask(R"({"type":"subscribe","id":41,"channel":"thread:77"})");
  EXPECT_EQ(unknown.at("code"), "not_found");
  EXPECT_EQ(unknown.at("id"), 41);
  for (const char* channel : {"member:1", "moderation"}) {
    const std::string frame = R"({"type":"subscribe","id":42,"channel":")" + std::string(channel) + "\"}";
    EXPECT_EQ(ask(frame).at("code"), "unauthenticated") << channel;
  }
  EXPECT_EQ(ask(R"({"type":"applied","channel":"thread:77","seq":1})").at("code"), "not_found");
}

TEST_F(LiveSessionTest, ASocketThatLeavesAndSubscribesAgainIsNoOtherScreen) {
  backlog.commit_many(1, 3);
  open_guest();
  next();
  remove_post();
  for (int round = 0; round < 3; ++round) {
    EXPECT_EQ(ask(about("subscribe", 1, R"("id":1,"since":3)")).at("type"), "subscribed");
    EXPECT_EQ(next().at("seq"), 4);
    client.send_text(about("applied", 1, R"("seq":4)"));
    EXPECT_EQ(ask(about("unsubscribe", 1, R"("id":2)")).at("type"), "unsubscribed");
    apply_from(2);  // less than before, which takes nothing back
  }
  EXPECT_EQ(node.hub.reach(PostId{500}), (ReachView{1, 1, 0}));
}

TEST_F(LiveSessionTest, AGuestAnswersForALostScreenOfItsNetwork) {
  lose_screens({"network:127.0.0.1", "member:7", "member:7"});
  open_guest();
  next();
  apply_from(4);
  EXPECT_EQ(node.hub.reach(PostId{500}), (ReachView{3, 1, 2}));
}

TEST_F(LiveSessionTest, AMemberAnswersForALostScreenOfItsOwn) {
  lose_screens({"network:192.0.2.1", "member:7", "member:7"});
  reader.people.emplace("anna", actor_of(7));
  open_member("anna");
  next();
  apply_from(4);
  apply_from(4);
  EXPECT_EQ(node.hub.reach(PostId{500}), (ReachView{3, 1, 2})) << "one socket, one screen";
}

TEST_F(LiveSessionTest, NobodyAnswersForOthers) {
  lose_screens({"network:127.0.0.1", "member:7", "network:192.0.2.1"});
  reader.people.emplace("bert", actor_of(8));
  open_member("bert");
  next();
  apply_from(4);
  EXPECT_EQ(node.hub.reach(PostId{500}), (ReachView{3, 0, 3}));
}

// It has acknowledged on more channels than are remembered.
TEST_F(UnlimitedSessionTest, RemembersABoundedNumberOfChannelsThatItHasLeft) {
  lose_screens({"network:127.0.0.1", "network:127.0.0.1", "network:127.0.0.1"});
  open_guest();
  next();
  apply_from(4);
  for (std::size_t more = 0; more < limits::live_subscriptions; ++more) {
    const auto thread = static_cast<std::int64_t>(2 + more);
    backlog.commit(thread);
    apply_from(1, thread);
    for (std::size_t again = 0; more == 0 && again < limits::live_subscriptions; ++again) {
      apply_from(1, thread);  // one channel is remembered once
    }
    if (more == 0) {
      apply_from(4);  // what is said again is remembered anew
    }
  }
  EXPECT_EQ(node.hub.reach(PostId{500}), (ReachView{3, 1, 2}));
  apply_from(4);
  EXPECT_EQ(node.hub.reach(PostId{500}), (ReachView{3, 1, 2}));
  for (std::size_t more = 0; more < limits::live_subscriptions; ++more) {
    apply_from(1, static_cast<std::int64_t>(2 + more));
  }
  apply_from(4);
  EXPECT_EQ(node.hub.reach(PostId{500}), (ReachView{3, 2, 1})) << "the oldest is forgotten";
}

TEST_F(LiveSessionTest, AGuestMayNotPost) {
  open_guest();
  next();
  const auto error = ask(R"({"type":"post","id":9,"thread_id":1,"body":"hello"})");
  EXPECT_EQ(error.at("code"), "unauthenticated");
  EXPECT_EQ(error.at("id"), 9);
}

TEST_F(UnlimitedSessionTest, HasABoundedNumberOfSubscriptions) {
  open_guest();
  next();
  for (std::size_t thread = 1; thread <= limits::live_subscriptions; ++thread) {
    backlog.commit(static_cast<std::int64_t>(thread));
    const std::string frame = R"({"type":"subscribe","id":1,"channel":"thread:)" + std::to_string(thread) + "\"}";
    ASSERT_EQ(ask(frame).at("type"), "subscribed");
  }
  EXPECT_EQ(ask(R"({"type":"subscribe","id":2,"channel":"thread:4711"})").at("code"), "conflict");
}

TEST_F(LiveSessionTest, FiveMalformedMessagesInARowCloseWith1008) {
  backlog.commit(1);
  open_guest();
  next();
  for (int count = 0; count < limits::live_malformed - 1; ++count) {
    EXPECT_EQ(ask("{").at("type"), "error");
  }
  EXPECT_EQ(ask(R"({"type":"subscribe","id":1,"channel":"thread:1"})").at("type"), "subscribed");
  for (int count = 0; count < limits::live_malformed; ++count) {
    client.send_text("nonsense");
  }
  EXPECT_EQ(close_code(), close_code::policy);
}

TEST_F(LiveSessionTest, TooManyMessagesCloseWith4429) {
  open_guest();
  next();
  for (int count = 0; count <= limits::live_messages_per_minute / 4 + 1; ++count) {
    client.send_text(R"({"type":"typing","channel":"thread:1"})");
  }
  EXPECT_EQ(close_code(), close_code::too_many);
  EXPECT_EQ(figures.closed_too_many, 1U);
}

TEST_F(LiveSessionTest, TooManyPingsCloseWith4429) {
  open_guest();
  next();
  for (int count = 0; count <= limits::live_messages_per_minute / 4 + 1; ++count) {
    client.send_frame(0x89, "");
  }
  ASSERT_TRUE(wait([this] {
    for (RawFrame& frame : client.take_frames()) {
      if (frame.opcode != 10) {
        frames.push_back(std::move(frame));
      }
    }
    return !frames.empty();
  }));
  EXPECT_EQ(frames.front().close_code(), close_code::too_many);
}

TEST_F(LiveSessionTest, GoodbyeNamesTheSlotAndClosesWith1012) {
  open_guest();
  next();
  session->say_goodbye(1'234);
  const auto goodbye = next();
  EXPECT_EQ(goodbye.at("type"), "goodbye");
  EXPECT_EQ(goodbye.at("retry_ms"), 1'234);
  EXPECT_EQ(close_code(), close_code::restart);
}

TEST_F(LiveSessionTest, AClosedSocketLeavesItsChannels) {
  backlog.commit(1);
  open_guest();
  next();
  EXPECT_EQ(ask(R"({"type":"subscribe","id":1,"channel":"thread:1"})").at("type"), "subscribed");
  EXPECT_EQ(node.hub.figures().subscriptions, 1U);
  client.close();
  ASSERT_TRUE(run_until(context, [this] { return closed == 1; }));
  EXPECT_EQ(node.hub.figures().subscriptions, 0U);
}

TEST_F(LiveSessionTest, IsClosedWith4401WhenItsSessionEnds) {
  reader.people.emplace("anna", actor_of(7));
  open_member("anna");
  EXPECT_EQ(next().at("user").at("id"), 7);
  look();
  reader.people.erase("anna");
  reader.change(7);
  look();
  EXPECT_EQ(close_code(), close_code::session_revoked);
  EXPECT_EQ(figures.closed_revoked, 1U);
}

TEST_F(LiveSessionTest, IsClosedWith4401WhenItsMemberIsBanned) {
  reader.people.emplace("anna", actor_of(7));
  open_member("anna");
  next();
  reader.people.at("anna") = refused(ErrorCode::banned, "You are banned.");
  reader.change(7);
  look();
  EXPECT_EQ(close_code(), close_code::session_revoked);
}

TEST_F(LiveSessionTest, LosesOnlyWhatItMayNoLongerWatchWhenARoleIsTakenAway) {
  services.may_watch = &forum::may_subscribe;  // the rule without the gate before what does not exist yet
  backlog.films[0] = 1;                        // something to show on `moderation`
  backlog.commit(1);
  reader.people.emplace("anna", actor_of(7, Role::moderator));
  open_member("anna");
  next();
  ASSERT_EQ(ask(R"({"type":"subscribe","id":1,"channel":"thread:1"})").at("type"), "subscribed");
  ASSERT_EQ(ask(R"({"type":"subscribe","id":2,"channel":"moderation"})").at("type"), "subscribed");
  EXPECT_EQ(next().at("channel"), "moderation");  // its present state
  reader.people.at("anna") = actor_of(7);
  reader.change(7);
  look();
  const auto ended = next();
  EXPECT_EQ(ended.at("type"), "unsubscribed");
  EXPECT_EQ(ended.at("channel"), "moderation");
  EXPECT_EQ(ended.at("reason"), "This is for moderators.");
  EXPECT_FALSE(ended.contains("id"));
  EXPECT_EQ(figures.subscriptions_ended, 1U);
  node.hub.publish(News{{backlog.commit(1)}, {}});
  EXPECT_EQ(next().at("seq"), 2);
  EXPECT_EQ(ask(R"({"type":"subscribe","id":3,"channel":"moderation"})").at("code"), "forbidden");
}

TEST_F(LiveSessionTest, KeepsWhatItHasWhileRightsCannotBeRead) {
  backlog.commit(1);
  reader.people.emplace("anna", actor_of(7));
  open_member("anna");
  next();
  ASSERT_EQ(ask(R"({"type":"subscribe","id":1,"channel":"thread:1"})").at("type"), "subscribed");
  reader.away = true;
  look();
  node.hub.publish(News{{backlog.commit(1)}, {}});
  EXPECT_EQ(next().at("seq"), 2);
  reader.people.erase("anna");
  reader.change(7);
  reader.away = false;
  look();
  EXPECT_EQ(close_code(), close_code::session_revoked);
}

TEST_F(LiveSessionTest, SharesItsMessagesWithTheOtherSocketsOfItsMember) {
  reader.people.emplace("anna", actor_of(7));
  open_member("anna");
  next();
  const runtime::Rate all{1, limits::live_messages_per_minute / 4.0};
  while (!limiter.refuse_for("live:member:7", all)) {
  }
  client.send_text(R"({"type":"typing","channel":"thread:1"})");
  EXPECT_EQ(close_code(), close_code::too_many);
}

TEST_F(LiveSessionTest, ACookieThatCannotBeCheckedIsRefusedWith503) {
  reader.away = true;
  auto upgrade = client.upgrade();
  upgrade.session_token = "token";
  open(std::move(upgrade));
  std::string response;
  ASSERT_TRUE(wait([&] { return !(response = client.take_response()).empty(); }));
  EXPECT_TRUE(response.starts_with("HTTP/1.1 503 ")) << response;
  EXPECT_NE(response.find("Retry-After: "), std::string::npos);
  client.close();
  EXPECT_TRUE(run_until(context, [this] { return closed == 1; }));
}

}  // namespace
}  // namespace foyer::live
