#include "protocol/view_json.hpp"

namespace foyer {
namespace {

void write_user_fields(JsonWriter& writer, const UserView& user) {
  writer.field("id", user.id);
  writer.field("name", user.name);
  writer.field("role", to_word(user.role));
}

}  // namespace

void write(JsonWriter& writer, const UserView& user) {
  writer.begin_object();
  write_user_fields(writer, user);
  writer.end_object();
}

void write(JsonWriter& writer, const ProfileView& profile) {
  writer.begin_object();
  write_user_fields(writer, profile.user);
  writer.field("joined_at", profile.joined_at);
  writer.field("post_count", profile.post_count);
  writer.field("thread_count", profile.thread_count);
  writer.end_object();
}

void write(JsonWriter& writer, const ThreadView& thread) {
  writer.begin_object();
  writer.field("id", thread.id);
  writer.field("slug", thread.slug);
  writer.field("kind", to_word(thread.kind));
  writer.field("title", thread.title);
  writer.field("author", thread.author);
  writer.field("films", thread.films);
  writer.field("last_seq", thread.last_seq);
  writer.field("post_count", thread.post_count);
  writer.field("reply_count", thread.reply_count);
  writer.field("locked", thread.locked);
  writer.field("pinned", thread.pinned);
  writer.field("slow_mode_seconds", thread.slow_mode_seconds);
  writer.field("created_at", thread.created_at);
  writer.field("last_post_at", thread.last_post_at);
  writer.field_or_null("last_post_author", thread.last_post_author);
  writer.field("solved", thread.solved);
  if (thread.kind == ThreadKind::review) {
    writer.field("score", thread.score);
    writer.field("contains_spoilers", thread.contains_spoilers);
  }
  writer.end_object();
}

std::size_t expected_bytes(const PostView& post) {
  constexpr std::size_t envelope_and_fields = 512;
  const std::size_t text = (post.body ? post.body->size() : 0) + (post.html ? post.html->size() : 0);
  return envelope_and_fields + text + text / 16;  // some room for escapes
}

void write(JsonWriter& writer, const PostView& post) {
  writer.begin_object();
  writer.field("id", post.id);
  writer.field("thread_id", post.thread_id);
  writer.field("number", post.number);
  writer.field("author", post.author);
  writer.field("body", post.body);
  writer.field("html", post.html);
  writer.field("reply_to", post.reply_to);
  writer.field("state", to_word(post.state));
  if (post.state == PostState::removed) {
    writer.name("removal");
    writer.begin_object();
    writer.field("reason", post.removal_reason);
    writer.end_object();
  }
  writer.field("revision", post.revision);
  writer.field("film_position_seconds", post.film_position_seconds);
  writer.field("created_at", post.created_at);
  writer.field("edited_at", post.edited_at);
  writer.name("reactions");
  writer.begin_object();
  if (post.like_count > 0) {
    writer.field(to_word(Reaction::like), post.like_count);
  }
  writer.end_object();
  writer.end_object();
}

void write(JsonWriter& writer, const ReviewView& review) {
  writer.begin_object();
  writer.field("thread", review.thread);
  writer.field("excerpt", review.excerpt);
  writer.end_object();
}

void write(JsonWriter& writer, const RevisionView& revision) {
  writer.begin_object();
  writer.field("revision", revision.revision);
  writer.field("body", revision.body);
  writer.field("editor", revision.editor);
  writer.field("at", revision.at);
  writer.end_object();
}

void write(JsonWriter& writer, const RelatedThreadView& related) {
  writer.begin_object();
  writer.field("thread", related.thread);
  writer.field("reply_count", related.thread.reply_count);
  writer.field("snippet", related.snippet);
  writer.field("reason", related.reason);
  writer.end_object();
}

void write(JsonWriter& writer, const ModerationEntryView& entry) {
  writer.begin_object();
  writer.field("id", entry.id);
  writer.field("at", entry.at);
  writer.field("moderator", entry.moderator);
  writer.field("action", entry.action);
  writer.field("member", entry.member);
  writer.field("thread_id", entry.thread_id);
  writer.field("post_id", entry.post_id);
  writer.field("post_number", entry.post_number);
  writer.field_or_null("reason", entry.reason);
  writer.field_or_null("note", entry.note);
  writer.end_object();
}

void write(JsonWriter& writer, const ReachView& reach) {
  writer.begin_object();
  writer.field("screens", reach.screens);
  writer.field("gone", reach.gone);
  writer.field("offline", reach.offline);
  writer.end_object();
}

void write(JsonWriter& writer, const SanctionView& sanction) {
  writer.begin_object();
  writer.field("member", sanction.member);
  writer.field("kind", to_word(sanction.kind));
  writer.field("until", sanction.until);
  writer.field("reason", sanction.reason);
  writer.end_object();
}

void write(JsonWriter& writer, const TokenView& token) {
  writer.begin_object();
  writer.field("id", token.id);
  writer.field("name", token.name);
  writer.field("scopes", token.scopes);
  writer.field("created_at", token.created_at);
  if (!token.secret.empty()) {
    writer.field("secret", token.secret);
  }
  writer.end_object();
}

}  // namespace foyer
