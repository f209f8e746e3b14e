#include <csignal>
#include <sstream>
#include <thread>

#include <boost/json/parse.hpp>
#include <gtest/gtest.h>

#include "protocol/limits.hpp"
#include "tests/support/forum.hpp"
#include "tests/support/live_client.hpp"

using namespace foyer::testing;

namespace {

TEST(Operation, ATermSignalFinishesRequestsSaysGoodbyeAndExitsWithZero) {
  Forum forum{1};
  HttpClient author = forum.member("author", 0);
  const std::int64_t thread = forum.start_thread(author);
  LiveClient guest{forum.port(0)};
  guest.subscribe("thread:" + std::to_string(thread));
  forum.node(0).signal(SIGTERM);
  const std::chrono::milliseconds back{guest.receive_type("goodbye").at("retry_ms").as_int64()};
  EXPECT_TRUE(foyer::limits::goodbye_slot_min <= back && back <= foyer::limits::goodbye_slot_max) << back.count();
  try {
    guest.receive();
    FAIL() << "still open";
  } catch (const LiveClosed& closed) {
    EXPECT_EQ(closed.code, 1012);
  }
  EXPECT_EQ(forum.node(0).wait(std::chrono::seconds{10}), 0) << forum.node(0).log();
}

TEST(Operation, AcknowledgedPostsSurviveATermSignal) {
  Forum forum{2};
  HttpClient author = forum.member("author", 0);
  const std::int64_t thread = forum.start_thread(author);
  const std::string path = "/api/v1/threads/" + std::to_string(thread) + "/posts";
  std::size_t acknowledged = 1;
  std::thread writer([&] {
    try {
      while (author.send_json("POST", path, body_json("steady")).status == 201) {
        ++acknowledged;
      }
    } catch (const std::runtime_error&) {  // the node is gone
    }
  });
  HttpClient reader{forum.port(1)};
  EXPECT_TRUE(eventually([&] { return all_posts(reader, thread).size() > 20; }, std::chrono::seconds{20}));
  forum.node(0).signal(SIGTERM);
  writer.join();
  EXPECT_EQ(forum.node(0).wait(std::chrono::seconds{10}), 0);
  EXPECT_GE(all_posts(reader, thread).size(), acknowledged);
}

TEST(Operation, TwoWorkersShareOnePortAndEndTogether) {
  Forum forum{0};
  Node workers{forum.database_url(), forum.redis().url(), {{"FOYER_WORKERS", "2"}}};
  EXPECT_TRUE(eventually(
      [&] {
        const std::string log = workers.log();
        return log.find("worker-1-") != std::string::npos && log.find("worker-2-") != std::string::npos;
      },
      std::chrono::seconds{10}));
  workers.signal(SIGTERM);
  EXPECT_EQ(workers.wait(std::chrono::seconds{12}), 0) << workers.log();
}

TEST(Operation, ATakenPortIsOneClearLine) {
  Forum forum{1};
  Environment environment = forum.environment();
  environment["FOYER_LISTEN"] = "127.0.0.1:" + std::to_string(forum.port(0));
  for (const std::string workers : {"1", "2"}) {
    const ProgramResult second = run_program({"serve", "--workers", workers}, environment);
    EXPECT_EQ(second.exit_code, 1);
    EXPECT_NE(second.output.find("foyer: "), std::string::npos) << second.output;
    EXPECT_NE(second.output.find(std::to_string(forum.port(0))), std::string::npos) << second.output;
  }
}

TEST(Operation, WrongSettingsStopTheStartWithOneLineEach) {
  const ProgramResult result =
      run_program({"serve"}, {{"FOYER_WORKERS", "0"}, {"FOYER_COLOUR", "red"}, {"FOYER_LISTEN", "nowhere"}});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_EQ(result.output,
            "foyer: FOYER_COLOUR: there is no such setting\n"
            "foyer: FOYER_LISTEN: must be host:port\n"
            "foyer: FOYER_WORKERS: must be a number from 1 to 64\n");
}

TEST(Operation, ADatabaseThatWasNeverMigratedIsNamed) {
  const std::string url = shared_postgres().create_empty_database();
  const ProgramResult result = run_program(
      {"serve"},
      {{"FOYER_DATABASE_URL", url}, {"FOYER_LISTEN", "127.0.0.1:0"}, {"FOYER_PUBLIC_URL", "http://127.0.0.1:1"}});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_NE(result.output.find("foyer migrate"), std::string::npos) << result.output;
}

TEST(Operation, MetricsAreServedOnTheirOwnPortWhenAsked) {
  Forum forum{0};
  const std::uint16_t port = free_port();
  Node& node = forum.add_node({{"FOYER_METRICS_LISTEN", "127.0.0.1:" + std::to_string(port)}});
  EXPECT_NE(HttpClient{port}.get("/metrics").body.find("# TYPE foyer_"), std::string::npos);
  EXPECT_EQ(HttpClient{node.port()}.get("/metrics").status, 404);
}

TEST(Operation, LogLinesAreJsonAndHoldNoSecrets) {
  Forum forum{1};
  HttpClient member = forum.member("walter", 0);
  member.send_json("POST", "/api/v1/session", R"({"login":"walter","password":"a wrong secret"})");
  member.get("/api/v1/threads/1?x=\"\n");
  EXPECT_TRUE(eventually([&] { return forum.node(0).log().find("/api/v1/session") != std::string::npos; }));
  std::istringstream lines(forum.node(0).log());
  std::string line;
  int count = 0;
  while (std::getline(lines, line)) {
    EXPECT_NO_THROW(boost::json::parse(line)) << line;
    EXPECT_EQ(line.find("a wrong secret"), std::string::npos);
    EXPECT_EQ(line.find(member.cookie().substr(member.cookie().find('=') + 1)), std::string::npos);
    ++count;
  }
  EXPECT_GT(count, 0);
}

TEST(Operation, MembersAreMadeAndPromotedFromTheCommandLine) {
  Forum forum{1};
  const ProgramResult made =
      run_program({"user", "create", "xenia", "--email", "xenia@example.org", "--password-stdin"}, forum.environment(),
                  std::string(test_password) + "\n");
  EXPECT_EQ(made.exit_code, 0) << made.output;
  HttpClient xenia{forum.port(0)};
  xenia.log_in("xenia");
  EXPECT_EQ(run_program({"user", "role", "xenia", "admin"}, forum.environment()).exit_code, 0);
  EXPECT_EQ(text(xenia.get("/api/v1/session").json().at("user"), "role"), "admin");
  EXPECT_EQ(run_program({"user", "role", "nobody-here", "admin"}, forum.environment()).exit_code, 1);
  EXPECT_EQ(run_program({"user", "role", "xenia", "king"}, forum.environment()).exit_code, 1);
}

}  // namespace
