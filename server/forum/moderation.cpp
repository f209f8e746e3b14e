#include "server/forum/moderation.hpp"

#include "persistence/moderation_store.hpp"
#include "persistence/post_store.hpp"
#include "protocol/limits.hpp"
#include "server/forum/field_checks.hpp"
#include "server/forum/locked_post.hpp"
#include "server/forum/permissions.hpp"
#include "server/forum/text_rules.hpp"
#include "server/forum/thread_news.hpp"

namespace foyer::forum {
namespace {

using persistence::PostRow;
using persistence::Transaction;

struct RemovalWords {
  std::string reason;
  std::string note;
};
Result<RemovalWords> checked_words(const RemovePostRequest& request) {
  FieldChecks checks;
  RemovalWords words;
  words.reason = checks.take(checked_line(request.reason, "reason", limits::reason_characters));
  if (!request.note.empty()) {
    words.note = checks.take(checked_text(request.note, "note", limits::note_characters));
  }
  if (auto refusal = checks.refusal()) {
    return std::move(*refusal);
  }
  return words;
}

Error already_deleted() { return refused(ErrorCode::conflict, "The post was deleted by its author."); }

}  // namespace

Result<Changed<PostView>> remove_post(Transaction& transaction, const Actor& actor, PostId post,
                                      const RemovePostRequest& request) {
  if (auto allowed = may_moderate(actor); !allowed) {
    return allowed.error();
  }
  const auto words = checked_words(request);
  if (!words) {
    return words.error();
  }
  const auto locked = lock_post(transaction, post);
  if (!locked) {
    return locked.error();
  }
  if (locked->state == PostState::removed) {
    return Changed<PostView>{public_view(*locked), {}};
  }
  if (locked->state == PostState::deleted) {
    return already_deleted();
  }
  if (request.revision && *request.revision != locked->revision) {
    return refused(ErrorCode::stale_revision, "The post was edited meanwhile; look at it again.");
  }
  const PostRow row = persistence::set_post_state(transaction, post, PostState::removed, words->reason);
  persistence::append_moderation_entry(transaction,
                                       {actor.user->id, "remove", row.thread_id, row.id, words->reason, words->note});
  return Changed<PostView>{public_view(row), post_news(transaction, row, EventKind::post_removed)};
}

Result<Changed<PostView>> restore_post(Transaction& transaction, const Actor& actor, PostId post) {
  if (auto allowed = may_moderate(actor); !allowed) {
    return allowed.error();
  }
  const auto locked = lock_post(transaction, post);
  if (!locked) {
    return locked.error();
  }
  if (locked->state == PostState::visible) {
    return Changed<PostView>{public_view(*locked), {}};
  }
  if (locked->state == PostState::deleted) {
    return already_deleted();
  }
  const PostRow row = persistence::set_post_state(transaction, post, PostState::visible, "");
  persistence::append_moderation_entry(transaction, {actor.user->id, "restore", row.thread_id, row.id, "", ""});
  return Changed<PostView>{public_view(row), post_news(transaction, row, EventKind::post_restored)};
}

Result<void> may_read_reach(Transaction& transaction, const Actor& actor, PostId post) {
  if (auto allowed = may_moderate(actor); !allowed) {
    return allowed.error();
  }
  const auto row = persistence::find_post(transaction, post);
  if (!row) {
    return no_such_post();
  }
  if (row->state != PostState::removed) {
    return refused(ErrorCode::conflict, "The post is not removed.");
  }
  return {};
}

Result<ListView<ModerationEntryView>> read_moderation_log(Transaction& transaction, const Actor& actor,
                                                          const ListRequest& list) {
  if (auto allowed = may_moderate(actor); !allowed) {
    return allowed.error();
  }
  const auto before = number_position(list.after);
  if (!before) {
    return before.error();
  }
  persistence::ModerationPage page = persistence::list_moderation_entries(transaction, *before, list.limit);
  return ListView<ModerationEntryView>{std::move(page.items),
                                       page.next ? std::optional(to_cursor(*page.next)) : std::nullopt};
}

}  // namespace foyer::forum
