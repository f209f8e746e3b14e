// docs/openapi.yaml and docs/asyncapi.yaml against running nodes: in this program every answer below /api/v1 and every
// message of the live channel that a client receives is held to them, so each suite is a test of the documents too.
#include <algorithm>
#include <atomic>
#include <set>

#include <gtest/gtest-spi.h>
#include <gtest/gtest.h>

#include "tests/support/checkout.hpp"
#include "tests/support/documented.hpp"
#include "tests/support/forum.hpp"
#include "tests/support/live_client.hpp"

using namespace foyer::testing;

namespace {

std::atomic<int> answers_held = 0;
std::atomic<int> messages_held = 0;

const ApiSchemas& documents() {
  static const ApiSchemas read(checkout_folder() / "docs");
  return read;
}

void hold(const std::string& what, const std::vector<std::string>& mistakes) {
  for (const std::string& mistake : mistakes) {
    ADD_FAILURE() << what << " is not as documented: " << mistake;
  }
}

void hold_answer(const std::string& method, const std::string& target, const HttpAnswer& answer) {
  ++answers_held;
  hold("the answer " + std::to_string(answer.status) + " to " + method + " " + target,
       mistakes_of_answer(documents(), method, target, answer));
}

void hold_message(const boost::json::object& message) {
  ++messages_held;
  hold(boost::json::serialize(message), mistakes_of_message(documents(), message));
}

class DocumentsHeld : public ::testing::Environment {
  void SetUp() override {
    observe_answers(&hold_answer);
    observe_messages(&hold_message);
  }
  void TearDown() override {
    observe_answers(nullptr);
    observe_messages(nullptr);
  }
};

const auto* const held = ::testing::AddGlobalTestEnvironment(new DocumentsHeld);

class ApiDocuments : public ::testing::Test {
 protected:
  static Forum& forum() {
    static Forum shared{1};
    return shared;
  }
};

// "GET, HEAD, OPTIONS" without the methods that come with others.
std::set<std::string> own_methods(const std::string& allow) {
  std::set<std::string> methods;
  for (std::size_t at = 0; at < allow.size();) {
    const std::size_t end = std::min(allow.find(", ", at), allow.size());
    methods.insert(allow.substr(at, end - at));
    at = end + 2;
  }
  methods.erase("HEAD");
  methods.erase("OPTIONS");
  return methods;
}

TEST_F(ApiDocuments, NameTheMethodsThatEachAddressAllows) {
  HttpClient guest{forum().port(0)};
  for (const auto& path : documents().openapi().at("paths").as_object()) {
    const auto& operations = path.value().as_object();
    std::set<std::string> described;
    for (const auto& operation : operations) {
      std::string method(operation.key());
      std::transform(method.begin(), method.end(), method.begin(), [](unsigned char c) { return std::toupper(c); });
      if (method != "SERVERS") described.insert(method);
    }
    std::string target = (operations.contains("servers") ? "" : "/api/v1") + std::string(path.key());
    for (const std::string& name : std::vector<std::string>{"{id}", "{name}"}) {
      if (const auto at = target.find(name); at != std::string::npos) target.replace(at, name.size(), "1");
    }
    EXPECT_EQ(own_methods(guest.request("OPTIONS", target, {}, "").header("allow")), described) << target;
  }
}

TEST_F(ApiDocuments, AreHeldAgainstWhatEveryClientReceives) {
  const int answers = answers_held;
  const int messages = messages_held;
  HttpClient{forum().port(0)}.get("/api/v1/session");
  LiveClient{forum().port(0)}.receive();
  EXPECT_EQ(answers_held, answers + 1);
  EXPECT_EQ(messages_held, messages + 1);
}

TEST_F(ApiDocuments, WouldNotTakeAnAnswerThatIsWrong) {
  const std::string target = "/api/v1/session";
  const HttpAnswer right = HttpClient{forum().port(0)}.get(target);
  HttpAnswer wrong = right;
  wrong.body = R"({"user":null,"mood":"blue"})";
  EXPECT_NONFATAL_FAILURE(hold_answer("GET", target, wrong), "(document).mood: is not described");
  wrong = right;
  wrong.status = 418;
  EXPECT_NONFATAL_FAILURE(hold_answer("GET", target, wrong), "status 418 is not described");
  EXPECT_NONFATAL_FAILURE(hold_answer("GET", "/api/v1/sessions", right), "status 200 is not described");
  wrong = right;
  wrong.headers.erase("content-type");
  wrong.headers.emplace("content-type", "text/html");
  EXPECT_NONFATAL_FAILURE(hold_answer("GET", target, wrong), "is of media type text/html");
  wrong = right;
  wrong.status = 204;
  EXPECT_NONFATAL_FAILURE(hold_answer("DELETE", target, wrong), "has a body");
}

TEST_F(ApiDocuments, WouldNotTakeAMessageThatIsWrong) {
  boost::json::object welcome = LiveClient{forum().port(0)}.receive();
  welcome.erase("node");
  EXPECT_NONFATAL_FAILURE(hold_message(welcome), "lacks node");
  EXPECT_NONFATAL_FAILURE(hold_message({{"type", "rumour"}}), "rumour is not described");
  EXPECT_NONFATAL_FAILURE(hold_message({{"id", 1}}), "has no type");
}

}  // namespace
