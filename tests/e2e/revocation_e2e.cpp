// Rights that end while sockets are open: on every node, within a second, with and without Redis, and nobody else
// notices.
#include <chrono>
#include <cstdlib>
#include <iostream>

#include <boost/json/serialize.hpp>
#include <gtest/gtest.h>

#include "tests/support/forum.hpp"
#include "tests/support/live_client.hpp"

using namespace foyer::testing;
using namespace std::chrono_literals;

namespace {

using Clock = std::chrono::steady_clock;

// The promise is one second; the rest is for a machine with other work.
constexpr auto deadline = 2s;

std::string posts_path(std::int64_t thread) { return "/api/v1/threads/" + std::to_string(thread) + "/posts"; }

LiveClient socket_of(const HttpClient& member, std::uint16_t port) {
  return LiveClient{port, {.cookie = member.cookie()}};
}

// The code that the socket is closed with by then, 0 when it stays open.
int close_code(LiveClient& client, Clock::time_point since, const std::string& what) {
  try {
    while (Clock::now() < since + deadline) {
      client.receive(std::chrono::duration_cast<std::chrono::milliseconds>(since + deadline - Clock::now()));
    }
  } catch (const LiveClosed& closed) {
    const auto passed = std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - since);
    std::cout << "[ measured ] " << what << ": closed with " << closed.code << " after " << passed.count() << " ms\n";
    return closed.code;
  } catch (const DeadlinePassed&) {
  }
  return 0;
}

double metric(std::uint16_t port, const std::string& name) {
  const std::string text = "\n" + HttpClient{port}.get("/metrics").body;
  const std::size_t at = text.find("\n" + name + " ");
  return at == std::string::npos ? -1 : std::atof(text.c_str() + at + name.size() + 2);
}

std::string make_token(HttpClient& member, const std::string& scope) {
  const auto answer = member.send_json("POST", "/api/v1/tokens", R"({"name":"t","scopes":[")" + scope + "\"]}");
  EXPECT_EQ(answer.status, 201) << answer.body;
  return text(answer.json(), "secret");
}

class Revocation : public ::testing::Test {
 protected:
  void SetUp() override {
    anna = forum.member("anna", 0);
    boris = forum.member("boris", 0);
    thread = forum.start_thread(boris);
    head = 1;
  }
  // A socket that has subscribed to the thread.
  LiveClient reader(LiveClient client) {
    client.subscribe("thread:" + std::to_string(thread), head);
    return client;
  }
  void post() {
    const auto answer = boris.send_json("POST", posts_path(thread), body_json("post"));
    ASSERT_EQ(answer.status, 201) << answer.body;
    ++head;
  }
  void expect_untouched(LiveClient& client) { EXPECT_EQ(client.receive_type("event").at("seq").as_int64(), head); }

  // Logs anna out on node 0 and looks at her socket on node 1 and at those of others.
  void log_out_across_nodes(const std::string& what) {
    LiveClient annas = reader(socket_of(anna, forum.port(1)));
    LiveClient here = reader(socket_of(anna, forum.port(0)));
    LiveClient others = reader(socket_of(boris, forum.port(1)));
    LiveClient guests = reader(LiveClient{forum.port(1)});
    const auto began = Clock::now();
    ASSERT_EQ(anna.send_json("DELETE", "/api/v1/session", "").status, 204);
    EXPECT_EQ(close_code(annas, began, what + ", other node"), 4401);
    EXPECT_EQ(close_code(here, began, what + ", same node"), 4401);
    post();
    expect_untouched(others);
    expect_untouched(guests);
  }

  Forum forum{2};
  HttpClient anna{0};
  HttpClient boris{0};
  std::int64_t thread = 0;
  std::int64_t head = 0;
};

TEST_F(Revocation, ALogOutClosesTheSocketsOfItsSessionOnEveryNode) {
  HttpClient elsewhere{forum.port(1)};
  elsewhere.log_in("anna");
  LiveClient other_session = reader(socket_of(elsewhere, forum.port(1)));
  log_out_across_nodes("log-out");
  expect_untouched(other_session);
}

TEST_F(Revocation, ALogOutClosesSocketsWhileRedisIsAway) {
  forum.redis().kill();
  log_out_across_nodes("log-out without Redis");
}

TEST_F(Revocation, ABanEndsEverySocketSessionAndTokenAndLogInSaysWhy) {
  HttpClient vera = forum.moderator("vera", 0);
  LiveClient by_cookie = socket_of(anna, forum.port(1));
  LiveClient by_token{forum.port(1), {.bearer = make_token(anna, "read")}};
  LiveClient others = reader(socket_of(boris, forum.port(1)));
  const auto began = Clock::now();
  const auto decided = vera.send_json("POST", "/api/v1/users/anna/sanctions", R"({"kind":"ban","reason":"spam"})");
  ASSERT_EQ(decided.status, 200) << decided.body;
  EXPECT_EQ(close_code(by_cookie, began, "ban, cookie"), 4401);
  EXPECT_EQ(close_code(by_token, began, "ban, token"), 4401);
  const auto refused = HttpClient{forum.port(1)}.send_json(
      "POST", "/api/v1/session", R"({"login":"anna","password":")" + std::string(test_password) + "\"}");
  EXPECT_EQ(refused.status, 403);
  EXPECT_EQ(text(refused.json(), "code"), "banned");
  EXPECT_EQ(text(refused.json(), "detail"), "You are banned: spam");
  EXPECT_EQ(anna.send_json("POST", posts_path(thread), body_json("no")).status, 401);
  post();
  expect_untouched(others);
}

TEST_F(Revocation, ASilencedMemberReadsOnAndCannotWrite) {
  HttpClient vera = forum.moderator("vera", 0);
  LiveClient annas = reader(socket_of(anna, forum.port(1)));
  const auto decided =
      vera.send_json("POST", "/api/v1/users/anna/sanctions", R"({"kind":"silence","reason":"enough"})");
  ASSERT_EQ(decided.status, 200) << decided.body;
  annas.send(boost::json::object{{"type", "post"}, {"id", 7}, {"thread_id", thread}, {"body", "no"}});
  EXPECT_EQ(annas.receive_type("error").at("code"), "silenced");
  post();
  expect_untouched(annas);
}

TEST_F(Revocation, ADeletedTokenClosesItsSocketAndANarrowedOneLosesWhatItLost) {
  LiveClient deleted{forum.port(1), {.bearer = make_token(anna, "read")}};
  HttpClient cleo = forum.member("cleo", 0);
  LiveClient narrowed = reader(LiveClient{forum.port(1), {.bearer = make_token(cleo, "write")}});
  // What was changed before is looked up first.
  const double looks = metric(forum.port(1), "foyer_live_rights_looks_total");
  EXPECT_TRUE(
      eventually([&] { return metric(forum.port(1), "foyer_live_rights_looks_total") >= looks + 2; }, deadline));
  const double before = metric(forum.port(1), "foyer_live_identified_total");
  run_sql(forum.database_url(), "update tokens set scopes = '{read}' where scopes = '{write}'");
  EXPECT_TRUE(eventually([&] { return metric(forum.port(1), "foyer_live_identified_total") > before; }, deadline));
  narrowed.send(boost::json::object{{"type", "post"}, {"id", 7}, {"thread_id", thread}, {"body", "no"}});
  EXPECT_EQ(narrowed.receive_type("error").at("code"), "forbidden");
  const std::int64_t token = integer(anna.get("/api/v1/tokens").json().at("items").at(0), "id");
  const auto began = Clock::now();
  ASSERT_EQ(anna.send_json("DELETE", "/api/v1/tokens/" + std::to_string(token), "").status, 204);
  EXPECT_EQ(close_code(deleted, began, "token deleted"), 4401);
  post();
  expect_untouched(narrowed);
}

TEST_F(Revocation, TheOldestSessionThatMakesRoomLosesItsSocket) {
  LiveClient oldest = socket_of(anna, forum.port(1));
  // As many as there may be, without hashing so many passwords.
  run_sql(forum.database_url(),
          "insert into sessions (token_hash, user_id) select sha256(n::text::bytea), u.id "
          "from users u, generate_series(1, 49) n where u.name = 'anna'");
  HttpClient newest{forum.port(0)};
  newest.log_in("anna");
  const auto began = Clock::now();
  EXPECT_EQ(close_code(oldest, began, "oldest session"), 4401);
}

TEST_F(Revocation, AReaderWhoseRoleChangesMissesNothing) {
  LiveClient annas = reader(socket_of(anna, forum.port(1)));
  const double before = metric(forum.port(1), "foyer_live_identified_total");
  const std::int64_t first = head + 1;
  for (int round = 0; round < 4; ++round) {
    post();
    post();
    if (round % 2 == 0) {
      const std::string role = round == 0 ? "moderator" : "member";
      ASSERT_EQ(run_program({"user", "role", "anna", role}, forum.environment()).exit_code, 0);
    } else {
      run_sql(forum.database_url(), "update users set role = 'admin' where name = 'anna'");
    }
    post();
    const double seen = before + round;
    EXPECT_TRUE(eventually([&] { return metric(forum.port(1), "foyer_live_identified_total") > seen; }, deadline))
        << "round " << round;
  }
  for (std::int64_t seq = first; seq <= head; ++seq) {
    EXPECT_EQ(annas.receive_type("event").at("seq").as_int64(), seq);
  }
}

TEST_F(Revocation, AHerdThatComesBackAtOnceCostsAHandfulOfReads) {
  constexpr int herd = 300;
  const std::uint16_t port = forum.port(1);
  const std::string host = "127.0.0.1:" + std::to_string(port);
  const std::string handshake = "GET /live HTTP/1.1\r\nHost: " + host + "\r\nOrigin: http://" + host +
                                "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
                                "Sec-WebSocket-Protocol: foyer.v1\r\nCookie: " +
                                anna.cookie() + "\r\n\r\n";
  const double before = metric(port, "foyer_live_identity_reads_total");
  shared_postgres().freeze();  // so that all are there before the first is answered
  const auto began = Clock::now();
  std::vector<TcpStream> sockets;
  for (int count = 0; count < herd; ++count) {
    sockets.emplace_back(port);
    sockets.back().send(handshake);
  }
  const bool all_there = eventually([&] { return metric(port, "foyer_live_sockets") >= herd; });
  shared_postgres().thaw();
  EXPECT_TRUE(all_there);
  for (TcpStream& socket : sockets) {
    EXPECT_NE(socket.receive_until("\r\n\r\n", 20s).find(" 101 "), std::string::npos);
  }
  const auto passed = std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - began);
  const double reads = metric(port, "foyer_live_identity_reads_total") - before;
  std::cout << "[ measured ] " << herd << " signed-in sockets: " << reads << " identity reads, " << passed.count()
            << " ms\n";
  EXPECT_GT(reads, 0);
  EXPECT_LE(reads, 10);
}

}  // namespace
