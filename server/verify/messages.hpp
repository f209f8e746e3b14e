// What `foyer verify` says to an installation and reads from it, over protocol's codec. Answers that are not what
// docs/openapi.yaml and docs/asyncapi.yaml promise are errors that say where.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <variant>
#include <vector>

#include "protocol/events.hpp"
#include "protocol/result.hpp"

namespace foyer::verify {

Result<std::optional<UserView>> read_user_answer(const std::string& json);
Result<Posted> read_posted(const std::string& json);
Result<PostView> read_post(const std::string& json);
Result<ThreadStarted> read_thread_started(const std::string& json);
std::string problem_code(const std::string& json);  // "" when it is none

struct PostsPage {
  std::vector<PostView> posts;
  std::optional<std::string> next;
  Seq head;
};
Result<PostsPage> read_posts_page(const std::string& json);

struct EventsPage {
  std::vector<Event> events;
  std::optional<std::string> next;
  Seq head;
};
Result<EventsPage> read_events_page(const std::string& json);

std::string thread_request(const std::string& title, const std::string& body);
std::string body_request(const std::string& body);
std::string removal_request(const std::string& reason);
std::string lock_request(bool locked);
std::string subscribe_frame(ThreadId thread, Seq since);

struct Subscribed {
  Seq head;
  bool resync = false;
};
struct Goodbye {
  int retry_ms = 0;
};
struct Refusal {  // an error frame, or the server ended the subscription
  std::string words;
};
struct Other {};  // welcome, heartbeat, presence and what later versions add
using LiveMessage = std::variant<std::shared_ptr<const Event>, Subscribed, Goodbye, Refusal, Other>;

// Every client gets the same bytes: equal messages are decoded once and shared. Bounded; when full it starts anew.
class LiveReader {
 public:
  Result<LiveMessage> read(const std::string& json);

 private:
  std::unordered_map<std::string, std::shared_ptr<const Event>> events_;
};

}  // namespace foyer::verify
