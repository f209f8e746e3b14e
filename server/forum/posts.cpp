#include "server/forum/posts.hpp"

#include "persistence/event_store.hpp"
#include "persistence/film_store.hpp"
#include "persistence/moderation_store.hpp"
#include "persistence/thread_store.hpp"
#include "protocol/limits.hpp"
#include "server/forum/field_checks.hpp"
#include "server/forum/locked_post.hpp"
#include "server/forum/markdown.hpp"
#include "server/forum/permissions.hpp"
#include "server/forum/post_text.hpp"
#include "server/forum/request_fingerprint.hpp"
#include "server/forum/text_rules.hpp"
#include "server/forum/thread_news.hpp"

namespace foyer::forum {
namespace {

using persistence::PostRow;
using persistence::Transaction;

// What moderators do to the posts of others is written down.
void audit(Transaction& transaction, const Actor& actor, const PostRow& post, const std::string& action) {
  if (!actor.is(post.author.id)) {
    persistence::append_moderation_entry(transaction, {actor.user->id, action, post.thread_id, post.id, "", ""});
  }
}

Result<std::optional<int>> checked_position(std::optional<int> seconds) {
  if (seconds && (*seconds < 0 || *seconds > limits::film_position_seconds_max)) {
    return invalid_field("film_position_seconds", "out_of_range",
                         "Must be from 0 to " + std::to_string(limits::film_position_seconds_max) + ".");
  }
  return seconds;
}

std::string fingerprint_of(ThreadId thread, const PostRequest& request) {
  RequestFingerprint fingerprint("post");
  fingerprint.add(thread.value).add(request.body);
  fingerprint.add(request.reply_to ? std::optional(request.reply_to->value) : std::nullopt);
  fingerprint.add(request.film_position_seconds ? std::optional<std::int64_t>(*request.film_position_seconds)
                                                : std::nullopt);
  return fingerprint.digest();
}

}  // namespace

Result<persistence::NewPost> prepare_post(const Actor& actor, ThreadId thread, const PostRequest& request,
                                          const std::string& idempotency_key) {
  if (auto allowed = may_post(actor); !allowed) {
    return allowed.error();
  }
  FieldChecks checks;
  PostText text = checks.take(checked_post_text(request.body));
  const std::optional<int> position = checks.take(checked_position(request.film_position_seconds));
  std::string key;
  if (!idempotency_key.empty()) {
    key = checks.take(checked_idempotency_key(idempotency_key));
  }
  if (auto refusal = checks.refusal()) {
    return std::move(*refusal);
  }
  persistence::NewPost post;
  post.thread = thread;
  post.author = *actor.user;
  post.body = std::move(text.body);
  post.html = std::move(text.html);
  post.html_version = markdown_version;
  post.search = std::move(text.search);
  post.reply_to = request.reply_to;
  post.film_position_seconds = position;
  post.key = std::move(key);
  post.fingerprint = fingerprint_of(thread, request);
  return post;
}

Result<ThreadId> comments_thread_for(Transaction& transaction, const Actor& actor, FilmId film) {
  if (auto allowed = may_post(actor); !allowed) {
    return allowed.error();
  }
  const auto link = persistence::find_film_link(transaction, film);
  if (!link) {
    return refused(ErrorCode::not_found, "There is no such film.");
  }
  return persistence::ensure_comments_thread(transaction, film, "Comments on " + link->title,
                                             slug_of("comments on " + link->title))
      .id;
}

Result<PostView> read_post(Transaction& transaction, PostId post) {
  const auto row = persistence::find_post(transaction, post);
  if (!row) {
    return no_such_post();
  }
  return public_view(*row);
}

Result<PostPlace> find_place(Transaction& transaction, PostId post) {
  const auto row = persistence::find_post(transaction, post);
  auto thread = row ? persistence::find_thread(transaction, row->thread_id) : std::nullopt;
  if (!thread) {
    return no_such_post();
  }
  return PostPlace{std::move(*thread), row->number, (row->number.value - 1) / limits::posts_per_page + 1};
}

Result<std::string> read_body_for_edit(Transaction& transaction, const Actor& actor, PostId post) {
  const auto row = persistence::find_post(transaction, post);
  if (!row) {
    return no_such_post();
  }
  if (auto allowed = may_edit(actor, *row, persistence::transaction_time(transaction)); !allowed) {
    return allowed.error();
  }
  return row->body;
}

Result<Changed<PostView>> edit_post(Transaction& transaction, const Actor& actor, PostId post,
                                    const EditPostRequest& request) {
  // Guests learn nothing about the post, nor about the text they sent.
  if (auto allowed = may_post(actor); !allowed) {
    return allowed.error();
  }
  const auto locked = lock_post(transaction, post);
  if (!locked) {
    return locked.error();
  }
  if (auto allowed = may_edit(actor, *locked, persistence::transaction_time(transaction)); !allowed) {
    return allowed.error();
  }
  // What was said in a closed discussion stays as it was answered; its author may still delete it.
  const ThreadView thread = persistence::find_thread(transaction, locked->thread_id).value();
  if (thread.locked && !actor.moderator()) {
    return refused(ErrorCode::locked, "The thread is locked.");
  }
  // What a review that contains spoilers says stays covered, whoever edits it and by whatever way.
  const auto text = checked_review_text(request.body, thread.contains_spoilers && locked->number == PostNumber{1});
  if (!text) {
    return text.error();
  }
  if (text->body == locked->body) {
    return Changed<PostView>{public_view(*locked), {}};
  }
  const PostRow row = persistence::update_post_body(transaction, post, actor.user->id, text->body, text->html,
                                                    markdown_version, text->search);
  audit(transaction, actor, row, "edit");
  return Changed<PostView>{public_view(row), post_news(transaction, row, EventKind::post_edited)};
}

Result<Changed<PostView>> delete_post(Transaction& transaction, const Actor& actor, PostId post) {
  if (auto allowed = may_post(actor); !allowed) {
    return allowed.error();
  }
  const auto locked = lock_post(transaction, post);
  if (!locked) {
    return locked.error();
  }
  if (auto allowed = may_delete(actor, *locked, persistence::transaction_time(transaction)); !allowed) {
    return allowed.error();
  }
  if (locked->state == PostState::deleted) {
    return Changed<PostView>{public_view(*locked), {}};
  }
  const PostRow row = persistence::set_post_state(transaction, post, PostState::deleted, "");
  audit(transaction, actor, row, "delete");
  return Changed<PostView>{public_view(row), post_news(transaction, row, EventKind::post_deleted)};
}

Result<std::vector<RevisionView>> read_history(Transaction& transaction, const Actor& actor, PostId post) {
  const auto row = persistence::find_post(transaction, post);
  if (!row) {
    return no_such_post();
  }
  if (auto allowed = may_read_history(actor, *row); !allowed) {
    return allowed.error();
  }
  return persistence::list_revisions(transaction, post);
}

Result<std::string> preview(const Actor& actor, const PreviewRequest& request) {
  if (auto allowed = may_post(actor); !allowed) {
    return allowed.error();
  }
  auto text = checked_post_text(request.body);
  if (!text) {
    return text.error();
  }
  return std::move(text->html);
}

}  // namespace foyer::forum
