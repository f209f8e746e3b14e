// Rows as the stores return them, with everything in it. They never leave the server as they are: server/forum
// turns them into views, dropping what the reader may not see.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "protocol/channel.hpp"
#include "protocol/events.hpp"
#include "protocol/ids.hpp"
#include "protocol/views.hpp"

namespace foyer::persistence {

struct UserRow {
  UserView user;
  std::string password_hash;  // "" = cannot log in
  Timestamp created_at;
};

struct SanctionRow {
  SanctionKind kind = SanctionKind::silence;
  std::optional<Timestamp> until;  // empty: without an end
  std::string reason;
};

struct SessionRow {
  UserView user;
  std::optional<SanctionRow> sanction;  // the heaviest in force
  Timestamp last_seen_at;
};

struct PostRow {
  PostId id;
  ThreadId thread_id;
  PostNumber number;
  UserView author;
  PostState state = PostState::visible;
  std::string body;
  std::string html;
  std::optional<PostNumber> reply_to;
  std::string removal_reason;
  int revision = 1;
  std::optional<int> film_position_seconds;
  Timestamp created_at;
  std::optional<Timestamp> edited_at;
  std::int64_t like_count = 0;
};

// What every reader may see of a post: text and reactions are left out unless the post is visible. The post writer
// makes its events and answers with it; whoever else makes a PostView from a row should too.
PostView readers_view(const PostRow& row);

struct EventRow {
  Channel channel;
  Seq seq;
  EventKind kind = EventKind::post_created;
  Timestamp at;
  std::variant<PostRow, ThreadView> subject;  // in its present state
};

}  // namespace foyer::persistence
