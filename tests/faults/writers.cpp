#include "tests/faults/writers.hpp"

#include <boost/json/serialize.hpp>

#include "tests/support/forum.hpp"

namespace foyer::testing {
namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

bool refused_by_lock(const HttpAnswer& answer) { return answer.body.find("\"locked\"") != std::string::npos; }

}  // namespace

Writer::Writer(Traffic& traffic, const HttpClient& member, std::size_t number, std::uint64_t seed)
    : traffic_(traffic), client_(member), number_(number), random_(seed + number), node_(number % 2) {
  client_.patience = answer_bound;
  client_.use_port(traffic_.ports[node_]);
}

void Writer::post_and_edit() {
  while (traffic_.enough.pause(milliseconds(20 + random_() % 60))) {
    const std::uint64_t chance = random_() % 10;
    if (chance < 2 && !own_posts_.empty()) {
      edit_own();
    } else {
      post(chance % 2 == 0);
    }
  }
}

void Writer::remove_and_lock() {
  for (int round = 1; traffic_.enough.pause(milliseconds(100 + random_() % 200)); ++round) {
    if (round % 8 == 0) {
      set_lock(true);
      traffic_.enough.pause(milliseconds(200));
      set_lock(false);
    } else {
      remove_any();
    }
  }
}

bool Writer::insist(const std::function<Outcome()>& attempt) {
  std::optional<Clock::time_point> refused_since;
  for (;;) {
    const Outcome outcome = try_once(attempt);
    if (outcome == Outcome::done) {
      if (refused_since) {
        raise_to(traffic_.figures.longest_refusal_ms, Clock::now() - *refused_since);
      }
      return true;
    }
    if (outcome == Outcome::given_up) {
      return false;
    }
    if (outcome == Outcome::again) {
      refused_since = refused_since.value_or(Clock::now());
      ++traffic_.figures.retries;
      node_ = 1 - node_;
      client_.use_port(traffic_.ports[node_]);
      socket_.reset();
    } else {
      refused_since.reset();
    }
    if (!traffic_.give_up.pause(milliseconds(20 + random_() % 60))) {
      ++traffic_.figures.unfinished;
      return false;
    }
  }
}

// What a client of a broken installation may meet: no connection, a closed one, a refusal. Silence is a fault.
Writer::Outcome Writer::try_once(const std::function<Outcome()>& attempt) {
  const auto start = Clock::now();
  Outcome outcome = Outcome::again;
  try {
    outcome = attempt();
  } catch (const DeadlinePassed&) {
    ++traffic_.figures.hung;
  } catch (const std::runtime_error&) {
  }
  raise_to(traffic_.figures.longest_answer_ms, Clock::now() - start);
  return outcome;
}

Writer::Outcome Writer::meaning_of(const HttpAnswer& answer, int good_status) {
  if (answer.status == good_status) {
    return Outcome::done;
  }
  if (answer.status == 503) {
    return Outcome::again;
  }
  if (refused_by_lock(answer)) {
    return Outcome::wait;
  }
  traffic_.figures.note_unexpected(std::to_string(answer.status) + " " + answer.body);
  return answer.status >= 500 ? Outcome::again : Outcome::given_up;
}

void Writer::post(bool over_socket) {
  const std::string name = std::to_string(number_) + "-" + std::to_string(++count_);
  const std::string key = "writer-key-" + name;
  const std::string body = "Said by " + name;
  const std::int64_t thread = traffic_.threads[random_() % traffic_.threads.size()];
  const bool done =
      insist([&] { return over_socket ? post_by_socket(thread, key, body) : post_by_http(thread, key, body); });
  if (done) {
    ++(over_socket ? traffic_.figures.posts_socket : traffic_.figures.posts_http);
  }
}

Writer::Outcome Writer::post_by_http(std::int64_t thread, const std::string& key, const std::string& body) {
  const HttpAnswer answer = client_.send_json("POST", "/api/v1/threads/" + std::to_string(thread) + "/posts",
                                              body_json(body), {{"Idempotency-Key", key}});
  const Outcome outcome = meaning_of(answer, 201);
  if (outcome == Outcome::done) {
    note_posted(thread, key, body, integer(answer.json().at("post"), "id"));
  }
  return outcome;
}

Writer::Outcome Writer::post_by_socket(std::int64_t thread, const std::string& key, const std::string& body) {
  try {
    if (!socket_) {
      socket_.emplace(traffic_.ports[node_], LiveOptions{.cookie = client_.cookie()});
    }
    socket_->send({{"type", "post"}, {"id", ++frame_id_}, {"thread_id", thread}, {"body", body}, {"key", key}});
    for (;;) {
      const boost::json::object message = socket_->receive(answer_bound);
      if (!message.contains("id") || !message.at("id").is_int64() || message.at("id").as_int64() != frame_id_) {
        continue;
      }
      if (message.at("type").as_string() == "posted") {
        note_posted(thread, key, body, integer(message.at("post"), "id"));
        return Outcome::done;
      }
      const auto code = message.at("code").as_string();
      if (code == "locked") {
        return Outcome::wait;
      }
      if (code != "unavailable") {
        traffic_.figures.note_unexpected(boost::json::serialize(message));
      }
      return Outcome::again;
    }
  } catch (...) {
    socket_.reset();
    throw;
  }
}

void Writer::note_posted(std::int64_t thread, const std::string& key, const std::string& body, std::int64_t post) {
  traffic_.ledger.note_post({key, thread, post}, body);
  own_posts_.push_back(post);
}

void Writer::edit_own() {
  const std::size_t at = random_() % own_posts_.size();
  const std::int64_t post = own_posts_[at];
  const std::string body = "Edited by " + std::to_string(number_) + " as number " + std::to_string(++count_);
  const bool done = insist([&] {
    const HttpAnswer answer = client_.send_json("PATCH", "/api/v1/posts/" + std::to_string(post), body_json(body));
    if (answer.status == 409) {  // a moderator was quicker
      own_posts_.erase(own_posts_.begin() + static_cast<std::ptrdiff_t>(at));
      return Outcome::given_up;
    }
    return meaning_of(answer, 200);
  });
  if (done) {
    ++traffic_.figures.edits;
    traffic_.ledger.note_edit(post, body);
  }
}

void Writer::remove_any() {
  const std::optional<std::int64_t> post = traffic_.ledger.any_post(random_);
  if (!post) {
    return;
  }
  const bool done = insist([&] {
    const HttpAnswer answer =
        client_.send_json("POST", "/api/v1/posts/" + std::to_string(*post) + "/remove", R"({"reason":"off topic"})");
    return meaning_of(answer, 200);
  });
  if (done) {
    ++traffic_.figures.removals;
    traffic_.ledger.note_removal(*post);
  }
}

void Writer::set_lock(bool locked) {
  const std::int64_t thread = traffic_.threads[locked_thread];
  const bool done = insist([&] {
    return meaning_of(client_.send_json("PATCH", "/api/v1/threads/" + std::to_string(thread),
                                        locked ? R"({"locked":true})" : R"({"locked":false})"),
                      200);
  });
  if (done) {
    ++traffic_.figures.locks;
    traffic_.ledger.note_lock(thread, locked);
  }
}

}  // namespace foyer::testing
