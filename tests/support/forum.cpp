#include "tests/support/forum.hpp"

#include <stdexcept>

#include <boost/json/serialize.hpp>

#include "tests/support/checkout.hpp"

namespace foyer::testing {

Forum::Forum(std::size_t nodes, PostgresServer& postgres) : database_(postgres) {
  const std::string films = checkout_folder() / "tests/fixtures/films.jsonl";
  const ProgramResult imported = run_program({"import", "films", films}, environment());
  if (imported.exit_code != 0) {
    throw std::runtime_error("import: " + imported.output);
  }
  for (std::size_t i = 0; i < nodes; ++i) {
    add_node();
  }
}

Environment Forum::environment() {
  return {{"FOYER_DATABASE_URL", database_.url()}, {"FOYER_REDIS_URL", redis_.url()}};
}

Node& Forum::add_node(const Environment& environment, const std::vector<std::string>& under) {
  nodes_.push_back(std::make_unique<Node>(database_.url(), redis_.url(), environment, under));
  if (film_id_ == 0) {
    HttpClient guest{nodes_.back()->port()};
    film_id_ = integer(guest.get("/api/v1/films?q=cranes").json().at("items").at(0), "id");
  }
  return *nodes_.back();
}

HttpClient Forum::member(const std::string& name, std::size_t node) {
  HttpClient client{port(node)};
  client.register_member(name);
  return client;
}

HttpClient Forum::moderator(const std::string& name, std::size_t node) {
  HttpClient client = member(name, node);
  const ProgramResult promoted = run_program({"user", "role", name, "moderator"}, environment());
  if (promoted.exit_code != 0) {
    throw std::runtime_error("promoting: " + promoted.output);
  }
  return client;
}

std::int64_t Forum::start_thread(HttpClient& author, const std::string& title) {
  const boost::json::value request{{"film_ids", boost::json::array{film_id_}},
                                   {"kind", "discussion"},
                                   {"title", title},
                                   {"body", "The camera climbs the stairs with him."}};
  const HttpAnswer answer = author.send_json("POST", "/api/v1/threads", boost::json::serialize(request));
  if (answer.status != 201) {
    throw std::runtime_error("starting a thread: " + std::to_string(answer.status) + " " + answer.body);
  }
  return integer(answer.json().at("thread"), "id");
}

std::string body_json(const std::string& body) { return boost::json::serialize(boost::json::value{{"body", body}}); }

std::int64_t integer(const boost::json::value& object, const std::string& name) {
  return object.at(name).to_number<std::int64_t>();
}

std::string text(const boost::json::value& object, const std::string& name) {
  return std::string(object.at(name).as_string());
}

std::vector<boost::json::value> all_posts(HttpClient& client, std::int64_t thread) {
  std::vector<boost::json::value> posts;
  for (;;) {
    const std::string after = posts.empty() ? "0" : std::to_string(integer(posts.back(), "number"));
    const HttpAnswer answer =
        client.get("/api/v1/threads/" + std::to_string(thread) + "/posts?limit=100&after=" + after);
    if (answer.status != 200) {
      throw std::runtime_error("reading posts: " + std::to_string(answer.status) + " " + answer.body);
    }
    const boost::json::value page = answer.json();
    for (const boost::json::value& post : page.at("items").as_array()) {
      posts.push_back(post);
    }
    if (page.at("next").is_null()) {
      return posts;
    }
  }
}

}  // namespace foyer::testing
