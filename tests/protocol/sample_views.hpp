// The people, films, threads and posts that the golden fixtures speak of, as values.
#pragma once

#include "protocol/timestamp.hpp"
#include "protocol/views.hpp"

namespace foyer::testing {

inline Timestamp at(std::string_view text) { return from_rfc3339(text).value(); }

inline const UserView veronika{.id = {7}, .name = "Veronika", .role = Role::member};
inline const UserView boris{.id = {8}, .name = "Борис", .role = Role::member};
inline const UserView mark{.id = {2}, .name = "mark", .role = Role::moderator};
inline const FilmLink cranes{
    .id = {3}, .slug = "the-cranes-are-flying", .title = "The Cranes Are Flying", .year = 1957};
inline const FilmLink lost_reel{.id = {9}, .slug = "a-lost-reel", .title = "A Lost Reel", .year = std::nullopt};

inline PostView visible_post() {
  PostView post;
  post.id = {1001};
  post.thread_id = {42};
  post.number = {5};
  post.author = veronika;
  post.body = "The crane shot at ||the farewell||.";
  post.html =
      "<div class=\"paragraph\">The crane shot at <details class=\"spoiler\"><summary>Spoiler</summary>the "
      "farewell</details>.</div>";
  post.reply_to = PostNumber{4};
  post.film_position_seconds = 3720;
  post.created_at = at("2026-11-23T15:52:07.123Z");
  return post;
}

inline PostView edited_post() {
  PostView post = visible_post();
  post.body = "The crane shot at the *very end*.";
  post.html = "<p>The crane shot at the <em>very end</em>.</p>";
  post.revision = 2;
  post.edited_at = at("2026-11-23T15:55:00.000Z");
  return post;
}

inline PostView liked_post() {
  PostView post = visible_post();
  post.like_count = 3;
  return post;
}

inline PostView removed_post() {
  PostView post = edited_post();
  post.state = PostState::removed;
  post.body.reset();
  post.html.reset();
  post.removal_reason = "Spoils the ending without marks";
  return post;
}

inline PostView deleted_post() {
  PostView post = visible_post();
  post.state = PostState::deleted;
  post.body.reset();
  post.html.reset();
  post.reply_to.reset();
  post.film_position_seconds.reset();
  return post;
}

// Text that ends script elements, reads right to left, needs surrogate pairs in JavaScript, or breaks its lines.
inline PostView hostile_post() {
  PostView post = visible_post();
  post.id = {1002};
  post.number = {6};
  post.author = boris;
  const std::string exotic = "back\\slash\ttab\n\u2028 𝒜 🎬 👩‍🚀 שלום مرحبا e\u0301 \x7f";
  post.body = "</script><script>alert(\"1\")</script> & \\ " + exotic;
  post.html = "<p>&lt;/script&gt;&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; \\ " + exotic + "</p>\n";
  post.reply_to.reset();
  post.film_position_seconds = 0;
  return post;
}

inline ThreadView discussion() {
  ThreadView thread;
  thread.id = {42};
  thread.slug = "the-staircase-shot";
  thread.kind = ThreadKind::discussion;
  thread.title = "The staircase shot";
  thread.author = veronika;
  thread.films = {cranes, lost_reel};
  thread.last_seq = {24};
  thread.post_count = 21;
  thread.reply_count = 20;
  thread.pinned = true;
  thread.slow_mode_seconds = 30;
  thread.created_at = at("2026-11-20T08:00:00.000Z");
  thread.last_post_at = at("2026-11-23T15:52:07.123Z");
  thread.last_post_author = "Борис";
  return thread;
}

inline ThreadView film_comments() {
  ThreadView thread;
  thread.id = {43};
  thread.slug = cranes.slug;
  thread.kind = ThreadKind::comments;
  thread.title = cranes.title;
  thread.films = {cranes};
  thread.locked = true;
  thread.created_at = at("2026-11-23T15:52:07.123Z");
  return thread;
}

inline ThreadView solved_search() {
  ThreadView thread = discussion();
  thread.id = {44};
  thread.slug = "a-train-a-letter";
  thread.kind = ThreadKind::identify;
  thread.title = "A train, a letter";
  thread.films = {cranes};
  thread.pinned = false;
  thread.slow_mode_seconds = 0;
  thread.solved = cranes;
  return thread;
}

inline ThreadView review() {
  ThreadView thread;
  thread.id = {44};
  thread.slug = "as-if-the-camera-wept";
  thread.kind = ThreadKind::review;
  thread.title = "As if the camera wept";
  thread.author = veronika;
  thread.films = {cranes};
  thread.last_seq = {3};
  thread.post_count = 2;
  thread.reply_count = 1;
  thread.created_at = at("2026-11-23T15:52:07.123Z");
  thread.last_post_at = at("2026-11-23T15:55:00.000Z");
  thread.last_post_author = "Борис";
  thread.score = 9;
  return thread;
}

inline RatingView four_ratings() {
  return RatingView{.average = 8.75, .count = 4, .histogram = {0, 0, 0, 0, 0, 0, 1, 0, 1, 2}};
}

}  // namespace foyer::testing
