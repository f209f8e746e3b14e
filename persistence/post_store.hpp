// Posts other than the hot insert (see post_writer.hpp): reading, editing, tombstones, history.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "persistence/rows.hpp"
#include "persistence/transaction.hpp"

namespace foyer::persistence {

// What a post is found by, without anything that a spoiler hides.
struct SearchWords {
  std::string words;               // plain text
  std::vector<std::string> links;  // lexemes without blanks, see film_named_by
};

struct NewPost {
  ThreadId thread;
  UserView author;
  std::string body;
  std::string html;
  int html_version = 1;  // of the renderer
  SearchWords search = {};
  std::optional<PostNumber> reply_to;
  std::optional<int> film_position_seconds;
  std::string key;          // Idempotency-Key or ""
  std::string fingerprint;  // SHA-256 of what the request asked for, 32 raw bytes; used with key
};

// First post of a new thread, inside the use case's own transaction (everything else goes through PostWriter).
// The caller has taken `seq`. Appends the post.created event.
PostRow insert_first_post(Transaction& transaction, const NewPost& post, Seq seq);

std::optional<PostRow> find_post(Transaction& transaction, PostId post);
// Locks the post's row until commit.
std::optional<PostRow> find_post_for_update(Transaction& transaction, PostId post);
// Posts with number > after, in order.
std::vector<PostRow> list_posts(Transaction& transaction, ThreadId thread, PostNumber after, int limit);
struct UserPostPosition {
  Timestamp at;
  PostId id;
};
struct UserPostPage {
  std::vector<PostRow> items;
  std::optional<UserPostPosition> next;
};
// Newest first; visible posts only.
UserPostPage list_user_posts(Transaction& transaction, UserId user, const std::optional<UserPostPosition>& after,
                             int limit);

// Keeps the present text as a revision and replaces it. Returns the new row.
PostRow update_post_body(Transaction& transaction, PostId post, UserId editor, const std::string& body,
                         const std::string& html, int html_version, const SearchWords& search);
// The text stays in the row; views drop it.
PostRow set_post_state(Transaction& transaction, PostId post, PostState state, const std::string& removal_reason);
// Earlier texts and the present one, oldest first, at most limits::page_items_max.
std::vector<RevisionView> list_revisions(Transaction& transaction, PostId post);

// Idempotency of requests that do not go through PostWriter (POST /threads).
struct KeyUse {
  std::string fingerprint;
  PostId post;
  Seq seq;
};
std::optional<KeyUse> find_key(Transaction& transaction, UserId user, const std::string& key);
// False when another request took the key meanwhile: roll back and look again.
bool insert_key(Transaction& transaction, UserId user, const std::string& key, const KeyUse& use);

}  // namespace foyer::persistence
