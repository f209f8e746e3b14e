// Decoders of what the server sends: lenient about unknown fields, as the contract asks of every client.
#include <utility>

#include "protocol/codec.hpp"
#include "protocol/json_fields.hpp"

namespace foyer::codec {
namespace {

UserView read_user(Fields& fields) {
  return UserView{.id = fields.id<UserId>("id"),
                  .name = fields.text("name"),
                  .role = fields.word("role", role_from_word, "must be a role")};
}

FilmLink read_film_link(Fields& fields) {
  return FilmLink{.id = fields.id<FilmId>("id"),
                  .slug = fields.text("slug"),
                  .title = fields.text("title"),
                  .year = fields.optional_int("year")};
}

PostView read_post(Fields& fields) {
  PostView post;
  post.id = fields.id<PostId>("id");
  post.thread_id = fields.id<ThreadId>("thread_id");
  post.number = fields.id<PostNumber>("number");
  fields.object("author", [&](Fields& author) { post.author = read_user(author); });
  post.body = fields.optional_text("body");
  post.html = fields.optional_text("html");
  post.reply_to = fields.optional_id<PostNumber>("reply_to");
  post.state = fields.word("state", post_state_from_word, "must be visible, removed or deleted");
  if (post.state == PostState::removed) {
    fields.object("removal", [&](Fields& removal) { post.removal_reason = removal.text("reason"); });
  }
  post.revision = static_cast<int>(fields.integer("revision", positive_int));
  post.film_position_seconds = fields.optional_int("film_position_seconds");
  post.created_at = fields.time("created_at");
  post.edited_at = fields.optional_time("edited_at");
  fields.object("reactions",
                [&](Fields& reactions) { post.like_count = reactions.optional_integer("like", positive).value_or(0); });
  return post;
}

ThreadView read_thread(Fields& fields) {
  ThreadView thread;
  thread.id = fields.id<ThreadId>("id");
  thread.slug = fields.text("slug");
  thread.kind = fields.word("kind", thread_kind_from_word, "must be a kind of thread");
  thread.title = fields.text("title");
  fields.optional_object("author", [&](Fields& author) { thread.author = read_user(author); });
  fields.objects("films", [&](Fields& film) { thread.films.push_back(read_film_link(film)); });
  thread.last_seq = fields.id<Seq>("last_seq", not_negative);
  thread.post_count = fields.integer("post_count", not_negative);
  thread.reply_count = fields.integer("reply_count", not_negative);
  thread.locked = fields.flag("locked");
  thread.pinned = fields.flag("pinned");
  thread.slow_mode_seconds = static_cast<int>(fields.integer("slow_mode_seconds", any_int));
  thread.created_at = fields.time("created_at");
  thread.last_post_at = fields.optional_time("last_post_at");
  thread.last_post_author = fields.optional_text("last_post_author").value_or("");
  fields.optional_object("solved", [&](Fields& film) { thread.solved = read_film_link(film); });
  thread.score = fields.optional_int("score", scores);
  thread.contains_spoilers = fields.optional_flag("contains_spoilers").value_or(false);
  return thread;
}

std::optional<std::string_view> event_type(std::string_view word) {
  return word == "event" ? std::optional(word) : std::nullopt;
}

Event read_event(Fields& fields) {
  Event event;
  fields.word("type", event_type, "must be event");
  event.channel = fields.word("channel", channel_from_string, "must name a channel");
  event.seq = fields.id<Seq>("seq");
  event.kind = fields.word("event", event_kind_from_word, "must name an event");
  event.at = fields.time("at");
  fields.object("data", [&](Fields& data) {
    if (event.kind == EventKind::thread_updated) {
      data.object("thread", [&](Fields& thread) { event.data = read_thread(thread); });
    } else {
      data.object("post", [&](Fields& post) { event.data = read_post(post); });
    }
  });
  return event;
}

}  // namespace

Result<PostView> decode_post_view(std::string_view json) { return decode_object<PostView>(json, read_post); }

Result<ThreadView> decode_thread_view(std::string_view json) { return decode_object<ThreadView>(json, read_thread); }

Result<Event> decode_event(std::string_view json) { return decode_object<Event>(json, read_event); }

}  // namespace foyer::codec
