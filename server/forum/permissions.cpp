#include "server/forum/permissions.hpp"

#include "protocol/limits.hpp"

namespace foyer::forum {
namespace {

using persistence::PostRow;

Error log_in_first() { return refused(ErrorCode::unauthenticated, "Log in first."); }

Error not_yours(std::string detail) { return refused(ErrorCode::forbidden, std::move(detail)); }

// A member (not a guest) whose session or token may write.
Result<void> may_write(const Actor& actor) {
  if (actor.guest()) {
    return log_in_first();
  }
  if (!actor.silence.empty()) {
    return refused(ErrorCode::silenced, actor.silence);
  }
  if (actor.reach == Reach::reading) {
    return not_yours("This token may only read.");
  }
  return {};
}

// The author within the window, or a moderator.
Result<void> may_change(const Actor& actor, const PostRow& post, Timestamp now) {
  if (auto allowed = may_write(actor); !allowed || actor.moderator()) {
    return allowed;
  }
  if (!actor.is(post.author.id)) {
    return not_yours("This post is somebody else's.");
  }
  if (now - post.created_at > limits::edit_window) {
    return not_yours("This post is too old to be changed.");
  }
  return {};
}

// A tombstone takes no changes.
Result<void> still_visible(const PostRow& post) {
  if (post.state != PostState::visible) {
    return refused(ErrorCode::conflict, post.state == PostState::removed ? "This post was removed by a moderator."
                                                                         : "This post was deleted.");
  }
  return {};
}

}  // namespace

PostView public_view(const PostRow& row) { return persistence::readers_view(row); }

Event public_event(const persistence::EventRow& row) {
  Event event{row.channel, row.seq, row.kind, row.at, {}};
  if (const auto* post = std::get_if<PostRow>(&row.subject)) {
    event.data = public_view(*post);
  } else {
    event.data = std::get<ThreadView>(row.subject);
  }
  return event;
}

Result<void> may_read_own(const Actor& actor) { return actor.guest() ? Result<void>(log_in_first()) : Result<void>(); }

Result<void> may_post(const Actor& actor) { return may_write(actor); }

Result<void> may_edit(const Actor& actor, const PostRow& post, Timestamp now) {
  if (auto allowed = may_change(actor, post, now); !allowed) {
    return allowed;
  }
  // For moderators too: an edit of hidden text would be news that nobody may read.
  return still_visible(post);
}

Result<void> may_delete(const Actor& actor, const PostRow& post, Timestamp now) {
  if (auto allowed = may_change(actor, post, now); !allowed) {
    return allowed;
  }
  // What moderators removed stays theirs: deleting it would take it out of their reach.
  if (post.state == PostState::removed) {
    return refused(ErrorCode::conflict, "This post was removed by a moderator.");
  }
  return {};
}

Result<void> may_react(const Actor& actor, const PostRow& post) {
  if (auto allowed = may_write(actor); !allowed) {
    return allowed;
  }
  return still_visible(post);
}

Result<void> may_read_history(const Actor& actor, const PostRow& post) {
  if (actor.guest()) {
    return log_in_first();
  }
  if (actor.moderator() || (actor.is(post.author.id) && post.state != PostState::removed)) {
    return {};
  }
  return not_yours(actor.is(post.author.id) ? "This post was removed; its history is open to moderators only."
                                            : "The history of a post is open to its author and moderators.");
}

Result<void> may_moderate(const Actor& actor) {
  if (actor.guest()) {
    return log_in_first();
  }
  if (!actor.moderator()) {
    return not_yours("This is for moderators.");
  }
  return {};
}

Result<void> may_sanction(const Actor& actor, const UserView& member) {
  if (auto allowed = may_moderate(actor); !allowed) {
    return allowed;
  }
  if (actor.is(member.id)) {
    return not_yours("Nobody decides about themselves.");
  }
  if (member.role == Role::admin) {
    return not_yours("Admins cannot be sanctioned.");
  }
  if (member.role == Role::moderator && actor.user->role != Role::admin) {
    return not_yours("Only admins decide about moderators.");
  }
  return {};
}

Result<void> may_subscribe(const Actor& actor, Channel channel) {
  switch (channel.kind) {
    case ChannelKind::thread:
    case ChannelKind::film:
    case ChannelKind::front:
      return {};
    case ChannelKind::moderation:
      return may_moderate(actor);
    case ChannelKind::member:
      break;
  }
  if (actor.guest()) {
    return log_in_first();
  }
  if (!actor.is(UserId{channel.id})) {
    return not_yours("This channel is somebody else's.");
  }
  return {};
}

}  // namespace foyer::forum
