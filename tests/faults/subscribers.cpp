#include "tests/faults/subscribers.hpp"

#include <algorithm>
#include <exception>

#include <boost/json/serialize.hpp>

#include "tests/support/forum.hpp"

namespace foyer::testing {
namespace {

using std::chrono::milliseconds;

constexpr std::string_view prefix = "thread:";

std::string channel_of(std::int64_t thread) { return std::string(prefix) + std::to_string(thread); }

std::int64_t thread_of(const boost::json::object& message) {
  return std::stoll(std::string(message.at("channel").as_string()).substr(prefix.size()));
}

}  // namespace

Subscriber::Subscriber(Traffic& traffic, std::uint64_t seed) : traffic_(traffic), random_(seed) {
  for (const std::int64_t thread : traffic_.threads) {
    followed_[thread] = {};
    last_[thread] = 0;
  }
}

void Subscriber::follow() {
  while (!traffic_.give_up.given()) {
    try {
      connect_and_read();
    } catch (const DeadlinePassed&) {
      ++traffic_.figures.hung;
    } catch (const std::runtime_error&) {  // closed or refused: come back
    }
    const milliseconds pause = slot_.count() > 0 ? slot_ : milliseconds(20 + random_() % 200);
    slot_ = milliseconds{0};
    traffic_.give_up.pause(pause);
  }
}

void Subscriber::connect_and_read() {
  port_ = traffic_.ports[random_() % traffic_.ports.size()];
  LiveClient socket{port_};
  ++traffic_.figures.connections;
  subscribe_all(socket);
  read_until_tired(socket);
}

void Subscriber::subscribe_all(LiveClient& socket) {
  std::int64_t id = 0;
  for (const std::int64_t thread : traffic_.threads) {
    socket.send({{"type", "subscribe"}, {"id", ++id}, {"channel", channel_of(thread)}, {"since", last_seq(thread)}});
  }
}

// A tired one leaves as a laptop that is closed does, in the middle of everything.
void Subscriber::read_until_tired(LiveClient& socket) {
  const auto tired_at = std::chrono::steady_clock::now() + milliseconds(500 + random_() % 4'000);
  std::size_t confirmed = 0;
  const auto answer_due = std::chrono::steady_clock::now() + answer_bound;
  while (!traffic_.give_up.given()) {
    const auto now = std::chrono::steady_clock::now();
    if (confirmed < traffic_.threads.size() && now > answer_due) {
      throw DeadlinePassed("a subscription was not answered");
    }
    if (now > tired_at && confirmed == traffic_.threads.size() && !traffic_.enough.given()) {
      return;
    }
    if (socket.wait_readable(milliseconds{50})) {
      const boost::json::object message = socket.receive(answer_bound);
      confirmed += message.at("type").as_string() == "subscribed" ? 1 : 0;
      take(message);
    }
  }
}

void Subscriber::take(const boost::json::object& message) {
  const auto type = message.at("type").as_string();
  if (type == "event") {
    apply(thread_of(message), message);
  } else if (type == "subscribed" && message.contains("resync") && message.at("resync").as_bool()) {
    reload(thread_of(message));
  } else if (type == "goodbye") {
    slot_ = milliseconds(integer(message, "retry_ms"));
  } else if (type == "unsubscribed") {
    traffic_.figures.note_unexpected(boost::json::serialize(message));
  } else if (type == "error") {
    throw std::runtime_error("refused");  // come back
  }
}

void Subscriber::apply(std::int64_t thread, const boost::json::object& event) {
  const std::lock_guard lock{mutex_};
  Followed& followed = followed_.at(thread);
  followed.applied.push_back({Applied::How::event, integer(event, "seq")});
  std::int64_t& last = last_.at(thread);
  last = std::max(last, integer(event, "seq"));
  const boost::json::object& data = event.at("data").as_object();
  if (const auto* post = data.if_contains("post")) {
    followed.posts[integer(*post, "id")] = boost::json::serialize(*post);
  }
  ++traffic_.figures.events;
}

// The head is read with the first page: what changes while the others are read comes again as events.
void Subscriber::reload(std::int64_t thread) {
  HttpClient client{port_};
  client.patience = answer_bound;
  const HttpAnswer first = client.get("/api/v1/threads/" + std::to_string(thread) + "/posts?limit=1");
  if (first.status != 200) {
    throw std::runtime_error("the reload was refused");
  }
  Posts posts;
  for (const boost::json::value& post : all_posts(client, thread)) {
    posts[integer(post, "id")] = boost::json::serialize(post);
  }
  const std::lock_guard lock{mutex_};
  last_.at(thread) = integer(first.json(), "seq");
  Followed& followed = followed_.at(thread);
  followed.applied.push_back({Applied::How::reload, last_.at(thread)});
  followed.posts = std::move(posts);
  throw std::runtime_error("reloaded: subscribe from here");
}

std::int64_t Subscriber::last_seq(std::int64_t thread) {
  const std::lock_guard lock{mutex_};
  return last_.at(thread);
}

bool Subscriber::reached(const std::map<std::int64_t, std::int64_t>& heads) {
  const std::lock_guard lock{mutex_};
  return std::ranges::all_of(heads, [this](const auto& head) { return last_.at(head.first) >= head.second; });
}

std::map<std::int64_t, Followed> Subscriber::followed() {
  const std::lock_guard lock{mutex_};
  return followed_;
}

}  // namespace foyer::testing
