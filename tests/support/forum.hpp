// A whole installation for end-to-end tests: a fresh database with one film, Redis, and nodes on ports of
// their own (two unless said otherwise).
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include <boost/json/value.hpp>

#include "tests/support/http_client.hpp"
#include "tests/support/node.hpp"
#include "tests/support/services.hpp"

namespace foyer::testing {

class Forum {
 public:
  explicit Forum(std::size_t nodes = 2, PostgresServer& postgres = shared_postgres());

  Node& node(std::size_t index) { return *nodes_.at(index); }
  std::uint16_t port(std::size_t index) const { return nodes_.at(index)->port(); }
  Node& add_node(const Environment& environment = {}, const std::vector<std::string>& under = {});
  RedisServer& redis() { return redis_; }
  TestDatabase& database() { return database_; }
  std::string database_url() { return database_.url(); }
  Environment environment();

  // A logged-in member's client on a node.
  HttpClient member(const std::string& name, std::size_t node);
  HttpClient moderator(const std::string& name, std::size_t node);
  // Makes a thread with a first post; returns its id.
  std::int64_t start_thread(HttpClient& author, const std::string& title = "About the last shot");
  std::int64_t film_id() const { return film_id_; }

 private:
  TestDatabase database_;
  RedisServer redis_;
  std::int64_t film_id_ = 0;
  std::vector<std::unique_ptr<Node>> nodes_;
};

// {"body":…} as JSON text.
std::string body_json(const std::string& body);
std::int64_t integer(const boost::json::value& object, const std::string& name);
std::string text(const boost::json::value& object, const std::string& name);
// Every post of a thread by the API, page by page.
std::vector<boost::json::value> all_posts(HttpClient& client, std::int64_t thread);

}  // namespace foyer::testing
