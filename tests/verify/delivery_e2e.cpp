#include <cstdlib>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <gtest/gtest.h>

#include "tests/support/forum.hpp"
#include "tests/support/tampering_proxy.hpp"

using namespace foyer::testing;
namespace json = boost::json;

namespace {

class VerifyDelivery : public ::testing::Test {
 protected:
  static Forum& forum() {
    static Forum shared{2};
    return shared;
  }
  static std::string token_of(HttpClient client, const std::string& scope) {
    const HttpAnswer made =
        client.send_json("POST", "/api/v1/tokens", R"({"name":"verify","scopes":[")" + scope + R"("]})");
    return text(made.json(), "secret");
  }
  static const std::string& moderators_token() {
    static const std::string token = token_of(forum().moderator("maud", 0), "moderate");
    return token;
  }
  static ProgramResult verify(const std::vector<std::uint16_t>& ports, const std::string& token,
                              const std::vector<std::string>& more) {
    std::vector<std::string> arguments{"verify", "delivery", "--token-stdin"};
    for (const std::uint16_t port : ports) {
      arguments.insert(arguments.end(), {"--node", "http://127.0.0.1:" + std::to_string(port)});
    }
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run_program(arguments, {}, token + "\n");
  }
  // A short run through the proxy alone.
  static ProgramResult verify_through(Tampering tampering) {
    TamperingProxy proxy(forum().port(0), std::move(tampering));
    return verify({proxy.port()}, moderators_token(),
                  {"--clients", "4", "--writers", "2", "--threads", "1", "--seconds", "2", "--seed", "1"});
  }
  static void expect_breach(const ProgramResult& result, const std::string& words) {
    EXPECT_EQ(result.exit_code, 1) << result.output;
    EXPECT_NE(result.output.find(words), std::string::npos) << result.output;
  }
  static bool is_event(const std::string& message, const std::string& kind) {
    return message.find("\"event\":\"" + kind + "\"") != std::string::npos;
  }
};

TEST_F(VerifyDelivery, KeepsEveryPromiseOnTwoNodes) {
  const ProgramResult result =
      verify({forum().port(0), forum().port(1)}, moderators_token(),
             {"--clients", "60", "--writers", "4", "--threads", "2", "--seconds", "5", "--seed", "7"});
  EXPECT_EQ(result.exit_code, 0) << result.output;
  EXPECT_NE(result.output.find("0 missing, 0 doubled, 0 out of order"), std::string::npos) << result.output;
  EXPECT_EQ(result.output.find("not checked"), std::string::npos) << result.output;
  EXPECT_NE(result.output.find("11 promises kept, 0 broken"), std::string::npos) << result.output;
  std::printf("%s", result.output.c_str());
}

TEST_F(VerifyDelivery, SaysThatRemovalsWereNotCheckedWithATokenThatMayNotModerate) {
  const ProgramResult result = verify({forum().port(0)}, token_of(forum().moderator("mira", 0), "write"),
                                      {"--clients", "4", "--writers", "2", "--threads", "1", "--seconds", "1"});
  EXPECT_EQ(result.exit_code, 0) << result.output;
  EXPECT_NE(result.output.find("a removal reaches every screen: not checked, the token may not moderate"),
            std::string::npos)
      << result.output;
  EXPECT_NE(result.output.find("10 promises kept, 0 broken"), std::string::npos) << result.output;
}

TEST_F(VerifyDelivery, WaitsAsTheRateLimitsSay) {
  Node& limited = forum().add_node({{"FOYER_RATE_LIMITS", "on"}});
  const ProgramResult result = verify({limited.port()}, token_of(forum().member("lena", 0), "write"),
                                      {"--clients", "4", "--writers", "4", "--threads", "1", "--seconds", "4"});
  EXPECT_EQ(result.exit_code, 0) << result.output;
  EXPECT_NE(result.output.find("rate limits held the run back"), std::string::npos) << result.output;
}

TEST_F(VerifyDelivery, NamesAnEventThatADroppingProxyKeepsBack) {
  int events = 0;
  expect_breach(verify_through({.message = [&](int, const std::string& message) -> std::vector<std::string> {
                  if (message.starts_with(R"({"type":"event")") && ++events == 9) {
                    return {};
                  }
                  return {message};
                }}),
                "never came");
}

TEST_F(VerifyDelivery, NamesAnEventThatCameTwice) {
  int events = 0;
  expect_breach(verify_through({.message = [&](int, const std::string& message) -> std::vector<std::string> {
                  if (message.starts_with(R"({"type":"event")") && ++events == 9) {
                    return {message, message};
                  }
                  return {message};
                }}),
                "came twice");
}

TEST_F(VerifyDelivery, NamesEventsOutOfOrder) {
  std::string held;
  int from = -1;
  expect_breach(verify_through({.message = [&](int connection, const std::string& message) -> std::vector<std::string> {
                  if (!message.starts_with(R"({"type":"event")")) {
                    return {message};
                  }
                  if (from < 0) {
                    held = message;
                    from = connection;
                    return {};
                  }
                  if (connection == from && !held.empty()) {
                    return {message, std::exchange(held, {})};
                  }
                  return {message};
                }}),
                "came after event");
}

TEST_F(VerifyDelivery, NamesATextThatCameBackAfterItsRemoval) {
  expect_breach(verify_through({.message = [&](int, const std::string& message) -> std::vector<std::string> {
                  if (!is_event(message, "post.removed")) {
                    return {message};
                  }
                  json::value event = json::parse(message);
                  json::object& post = event.at("data").at("post").as_object();
                  post["body"] = "what was removed";
                  post["html"] = "<p>what was removed</p>";
                  return {json::serialize(event)};
                }}),
                "NOT  no removed text comes back");
}

TEST_F(VerifyDelivery, NamesARemovalThatDidNotReachTheScreens) {
  expect_breach(verify_through({.message = [&](int, const std::string& message) -> std::vector<std::string> {
                  if (is_event(message, "post.removed")) {
                    return {};
                  }
                  return {message};
                }}),
                "NOT  a removal reaches every screen");
}

TEST_F(VerifyDelivery, NamesAnAcknowledgedPostThatDoesNotExist) {
  int posts = 0;  // the first few are real; a lie may also meet a retry, which another promise names
  expect_breach(
      verify_through({.answer = [&](const std::string& line, const std::string& earlier) -> std::optional<std::string> {
        const bool post = line.starts_with("POST ") && line.find("/posts ") != std::string::npos;
        if (!post || earlier.empty() || ++posts < 4) {
          return std::nullopt;
        }
        json::value posted = json::parse(earlier);
        posted.at("post").as_object()["id"] = 1'000'000;
        posted.at("post").as_object()["number"] = 100'000;
        return json::serialize(posted);
      }}),
      "post 100000 of thread");
}

TEST_F(VerifyDelivery, EndsWithTwoWhenItCannotRun) {
  const std::vector<std::string> short_run{"--seconds", "1", "--clients", "2", "--writers", "1", "--threads", "1"};
  const ProgramResult wrong_token = verify({forum().port(0)}, "no-such-token", short_run);
  EXPECT_EQ(wrong_token.exit_code, 2) << wrong_token.output;
  const ProgramResult nobody = verify({free_port()}, moderators_token(), short_run);
  EXPECT_EQ(nobody.exit_code, 2) << nobody.output;
  const ProgramResult no_token = verify({forum().port(0)}, "", short_run);
  EXPECT_EQ(no_token.exit_code, 2) << no_token.output;
  EXPECT_NE(no_token.output.find("no access token"), std::string::npos) << no_token.output;
  EXPECT_EQ(run_program({"verify", "delivery"}, {}).exit_code, 2);
  EXPECT_EQ(run_program({"verify", "delivery", "--node", "ftp://x", "--token-stdin"}, {}, "t\n").exit_code, 2);
  const ProgramResult help = run_program({"verify", "delivery", "--help"}, {});
  EXPECT_EQ(help.exit_code, 0);
  EXPECT_NE(help.output.find("--token-file"), std::string::npos) << help.output;
}

}  // namespace
