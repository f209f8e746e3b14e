#include "server/verify/messages.hpp"

#include <boost/json.hpp>

#include "protocol/codec.hpp"
#include "protocol/limits.hpp"

namespace foyer::verify {
namespace {

namespace json = boost::json;

Error unexpected(const std::string& what) { return refused(ErrorCode::bad_request, what); }

// Reads with Boost.JSON's own checks, which throw; the reader's words become the error.
template <class Value, class Read>
Result<Value> reading(const std::string& text, Read read) {
  try {
    return read(json::parse(text).as_object());
  } catch (const std::exception& failure) {
    return unexpected("an answer could not be read: " + std::string(failure.what()));
  }
}

template <class Value>
Value taken(Result<Value> value) {
  if (!value) {
    std::string words = value.error().detail;
    for (const FieldError& field : value.error().fields) {
      words += " " + field.field + ": " + field.message;
    }
    throw std::runtime_error(words);
  }
  return std::move(*value);
}

PostView post_of(const json::value& value) { return taken(codec::decode_post_view(json::serialize(value))); }

std::string text_of(const json::value& value) { return std::string(value.as_string()); }

std::int64_t integer_of(const json::value& value) { return value.to_number<std::int64_t>(); }

std::optional<std::string> next_of(const json::object& page) {
  const json::value& next = page.at("next");
  return next.is_null() ? std::nullopt : std::optional(text_of(next));
}

std::string written(const json::object& object) { return json::serialize(object); }

std::string channel_of(ThreadId thread) { return to_string(Channel{ChannelKind::thread, thread.value}); }

LiveMessage small_message(const json::object& frame) {
  const std::string type = text_of(frame.at("type"));
  if (type == "subscribed") {
    const json::value* resync = frame.if_contains("resync");
    return Subscribed{Seq{integer_of(frame.at("seq"))}, resync != nullptr && resync->as_bool()};
  }
  if (type == "goodbye") {
    return Goodbye{static_cast<int>(integer_of(frame.at("retry_ms")))};
  }
  if (type == "error") {
    return Refusal{text_of(frame.at("code")) + ": " + text_of(frame.at("message"))};
  }
  if (type == "unsubscribed") {
    return Refusal{"the server ended the subscription"};
  }
  return Other{};
}

}  // namespace

Result<std::optional<UserView>> read_user_answer(const std::string& text) {
  return reading<std::optional<UserView>>(text, [](const json::object& answer) -> std::optional<UserView> {
    const json::value& user = answer.at("user");
    if (user.is_null()) {
      return std::nullopt;
    }
    return UserView{UserId{integer_of(user.at("id"))}, text_of(user.at("name")),
                    role_from_word(text_of(user.at("role"))).value()};
  });
}

Result<Posted> read_posted(const std::string& text) {
  return reading<Posted>(text, [](const json::object& answer) {
    return Posted{post_of(answer.at("post")), Seq{integer_of(answer.at("seq"))}};
  });
}

Result<PostView> read_post(const std::string& text) { return codec::decode_post_view(text); }

Result<ThreadStarted> read_thread_started(const std::string& text) {
  return reading<ThreadStarted>(text, [](const json::object& answer) {
    return ThreadStarted{taken(codec::decode_thread_view(json::serialize(answer.at("thread")))),
                         post_of(answer.at("post")), Seq{integer_of(answer.at("seq"))}};
  });
}

std::string problem_code(const std::string& text) {
  const auto code = reading<std::string>(text, [](const json::object& problem) { return text_of(problem.at("code")); });
  return code ? *code : "";
}

Result<PostsPage> read_posts_page(const std::string& text) {
  return reading<PostsPage>(text, [](const json::object& answer) {
    PostsPage page{{}, next_of(answer), Seq{integer_of(answer.at("seq"))}};
    for (const json::value& post : answer.at("items").as_array()) {
      page.posts.push_back(post_of(post));
    }
    return page;
  });
}

Result<EventsPage> read_events_page(const std::string& text) {
  return reading<EventsPage>(text, [](const json::object& answer) {
    EventsPage page{{}, next_of(answer), Seq{integer_of(answer.at("seq"))}};
    for (const json::value& event : answer.at("items").as_array()) {
      page.events.push_back(taken(codec::decode_event(json::serialize(event))));
    }
    return page;
  });
}

std::string thread_request(const std::string& title, const std::string& body) {
  return written({{"film_ids", json::array{}}, {"kind", "discussion"}, {"title", title}, {"body", body}});
}

std::string body_request(const std::string& body) { return written({{"body", body}}); }

std::string removal_request(const std::string& reason) { return written({{"reason", reason}}); }

std::string lock_request(bool locked) { return written({{"locked", locked}, {"reason", "Delivery check"}}); }

std::string subscribe_frame(ThreadId thread, Seq since) {
  return written({{"type", "subscribe"}, {"id", 1}, {"channel", channel_of(thread)}, {"since", since.value}});
}

Result<LiveMessage> LiveReader::read(const std::string& text) {
  if (!text.starts_with(R"({"type":"event")")) {
    return reading<LiveMessage>(text, &small_message);
  }
  if (const auto known = events_.find(text); known != events_.end()) {
    return LiveMessage{known->second};
  }
  Result<Event> event = codec::decode_event(text);
  if (!event) {
    return event.error();
  }
  if (events_.size() >= limits::verify_decoded_events) {
    events_.clear();
  }
  auto shared = std::make_shared<const Event>(std::move(*event));
  events_.emplace(text, shared);
  return LiveMessage{std::move(shared)};
}

}  // namespace foyer::verify
