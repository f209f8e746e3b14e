#include "persistence/rows.hpp"

namespace foyer::persistence {

PostView readers_view(const PostRow& row) {
  const bool visible = row.state == PostState::visible;
  return {.id = row.id,
          .thread_id = row.thread_id,
          .number = row.number,
          .author = row.author,
          .state = row.state,
          .body = visible ? std::optional(row.body) : std::nullopt,
          .html = visible ? std::optional(row.html) : std::nullopt,
          .reply_to = row.reply_to,
          .removal_reason = row.removal_reason,
          .revision = row.revision,
          .film_position_seconds = row.film_position_seconds,
          .created_at = row.created_at,
          .edited_at = row.edited_at,
          .like_count = visible ? row.like_count : 0};
}

}  // namespace foyer::persistence
