// docs/openapi.yaml and docs/asyncapi.yaml against the golden fixtures, the error codes and the routes promised.
#include <algorithm>
#include <cctype>
#include <map>
#include <set>

#include <gtest/gtest.h>

#include "protocol/errors.hpp"
#include "server/http/handlers.hpp"
#include "tests/protocol/golden_fixtures.hpp"
#include "tests/support/api_schema.hpp"

namespace foyer::testing {
namespace {

const ApiSchemas& documents() {
  static const ApiSchemas read(checkout_folder() / "docs");
  return read;
}

const boost::json::object& schemas_of(const boost::json::value& document) {
  return document.at_pointer("/components/schemas").as_object();
}

// The schema that names each fixture as its example.
std::multimap<std::string, std::string> schemas_by_fixture(const boost::json::value& document) {
  std::multimap<std::string, std::string> found;
  for (const auto& schema : schemas_of(document)) {
    if (const auto* fixtures = schema.value().as_object().if_contains("x-fixtures")) {
      for (const boost::json::value& fixture : fixtures->as_array()) {
        found.emplace(std::string(fixture.as_string()), std::string(schema.key()));
      }
    }
  }
  return found;
}

boost::json::value fixture_value(const std::string& name) {
  const auto fixture = read_fixture(name);
  EXPECT_TRUE(fixture) << name;
  return fixture ? boost::json::parse(fixture->value) : boost::json::value();
}

std::string lines(const std::vector<std::string>& mistakes) {
  std::string text;
  for (const std::string& mistake : mistakes) {
    text += mistake + "\n";
  }
  return text;
}

TEST(ApiDocuments, describe_every_golden_fixture_once) {
  std::multiset<std::string> described;
  for (const auto* document : {&documents().openapi(), &documents().asyncapi()}) {
    for (const auto& [fixture, schema] : schemas_by_fixture(*document)) {
      described.insert(fixture);
    }
  }
  const std::set<std::string> names = fixture_names();
  EXPECT_EQ(described, std::multiset<std::string>(names.begin(), names.end()));
}

TEST(ApiDocuments, describe_every_key_and_type_of_the_fixtures) {
  for (const auto& [fixture, schema] : schemas_by_fixture(documents().openapi())) {
    EXPECT_EQ(lines(documents().mistakes(schema, fixture_value(fixture))), "") << fixture;
  }
  for (const auto& [fixture, schema] : schemas_by_fixture(documents().asyncapi())) {
    EXPECT_EQ(lines(documents().live_mistakes(schema, fixture_value(fixture))), "") << fixture;
  }
}

TEST(ApiDocuments, would_not_take_a_post_that_is_wrong) {
  boost::json::value post = fixture_value("view-post-removed");
  post.as_object()["mood"] = "blue";
  post.as_object()["id"] = 0;
  post.as_object()["state"] = "hidden";
  post.at("author").as_object().erase("name");
  post.at("removal").as_object()["reason"] = nullptr;
  post.as_object()["created_at"] = "yesterday";
  post.as_object()["edited_at"] = true;
  EXPECT_EQ(documents().mistakes("Post", post).size(), 9U) << lines(documents().mistakes("Post", post));
}

void check_references(const boost::json::value& document, const boost::json::value& part) {
  if (part.is_array()) {
    for (const boost::json::value& item : part.get_array()) {
      check_references(document, item);
    }
  }
  if (!part.is_object()) {
    return;
  }
  for (const auto& member : part.get_object()) {
    if (member.key() == "$ref") {
      EXPECT_NO_THROW(documents().resolve(document, std::string_view(member.value().as_string())))
          << member.value().as_string();
    }
    check_references(document, member.value());
  }
}

TEST(ApiDocuments, refer_to_nothing_that_is_not_there) {
  check_references(documents().openapi(), documents().openapi());
  check_references(documents().asyncapi(), documents().asyncapi());
}

std::set<std::string> listed_codes(const boost::json::value& document) {
  std::set<std::string> codes;
  for (const boost::json::value& code : document.at_pointer("/components/schemas/ErrorCode/enum").as_array()) {
    codes.insert(std::string(code.as_string()));
  }
  return codes;
}

TEST(ApiDocuments, list_every_error_code_and_no_other) {
  std::set<std::string> words;
  for (int code = 0; code <= static_cast<int>(ErrorCode::unavailable); ++code) {
    words.insert(std::string(code_word(static_cast<ErrorCode>(code))));
  }
  EXPECT_EQ(listed_codes(documents().openapi()), words);
  EXPECT_EQ(listed_codes(documents().asyncapi()), words);
}

std::set<std::string> described_calls() {
  std::set<std::string> calls;
  for (const auto& path : documents().openapi().at("paths").as_object()) {
    for (const auto& operation : path.value().as_object()) {
      if (operation.key() != "servers") {
        calls.insert(std::string(operation.key()) + " " + std::string(path.key()));
      }
    }
  }
  return calls;
}

TEST(ApiDocuments, describe_every_route_of_the_api_and_no_other) {
  std::set<std::string> calls;
  for (const auto& routes :
       {http::account_routes(), http::film_routes(), http::review_routes(), http::mark_routes(), http::thread_routes(),
        http::search_routes(), http::identification_routes(), http::post_routes(), http::moderation_routes(),
        http::probe_routes(), http::metrics_routes()}) {
    for (const http::Route& route : routes) {
      std::string method(http::to_word(route.method));
      std::transform(method.begin(), method.end(), method.begin(), [](unsigned char c) { return std::tolower(c); });
      const bool api = route.pattern.starts_with("/api/v1/");
      calls.insert(method + " " + std::string(api ? route.pattern.substr(7) : route.pattern));
    }
  }
  EXPECT_EQ(described_calls(), calls);
}

TEST(ApiDocuments, describe_the_calls_of_the_contract) {
  const std::set<std::string> promised{"delete /films/{id}/marks/{name}",
                                       "get /films/{id}/review",
                                       "get /search",
                                       "get /threads/suggestions",
                                       "put /films/{id}/marks/{name}",
                                       "post /users",
                                       "get /users/{name}",
                                       "get /users/{name}/posts",
                                       "post /session",
                                       "delete /session",
                                       "get /session",
                                       "post /tokens",
                                       "get /tokens",
                                       "delete /tokens/{id}",
                                       "get /films",
                                       "get /films/{id}",
                                       "patch /films/{id}",
                                       "get /films/{id}/history",
                                       "get /films/{id}/threads",
                                       "get /films/{id}/rating",
                                       "put /films/{id}/rating",
                                       "get /films/{id}/reviews",
                                       "put /films/{id}/review",
                                       "delete /films/{id}/rating",
                                       "post /films/{id}/comments",
                                       "get /people/{id}",
                                       "post /threads",
                                       "get /threads",
                                       "get /threads/{id}",
                                       "patch /threads/{id}",
                                       "get /threads/{id}/identification",
                                       "put /threads/{id}/solution",
                                       "delete /threads/{id}/solution",
                                       "post /threads/{id}/proposals",
                                       "put /threads/{id}/proposals/{name}",
                                       "delete /threads/{id}/proposals/{name}",
                                       "get /threads/{id}/posts",
                                       "post /threads/{id}/posts",
                                       "get /threads/{id}/likes",
                                       "get /threads/{id}/events",
                                       "get /posts/{id}",
                                       "patch /posts/{id}",
                                       "delete /posts/{id}",
                                       "get /posts/{id}/history",
                                       "put /posts/{id}/reactions/{name}",
                                       "delete /posts/{id}/reactions/{name}",
                                       "post /posts/{id}/remove",
                                       "post /posts/{id}/restore",
                                       "get /posts/{id}/reach",
                                       "post /preview",
                                       "post /users/{name}/sanctions",
                                       "get /moderation/log",
                                       "get /healthz",
                                       "get /readyz",
                                       "get /metrics"};
  EXPECT_EQ(described_calls(), promised);
}

}  // namespace
}  // namespace foyer::testing
