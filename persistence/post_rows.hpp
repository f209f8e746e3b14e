// How several stores read posts: the columns in one place.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "persistence/rows.hpp"
#include "persistence/transaction_impl.hpp"

namespace foyer::persistence {

// A PostRow's columns of a table of posts named p beside their authors, a. A page is cut to size before it is joined
// (a generic plan of the join without the inner LIMIT was measured 20 times dearer):
//   "select " + post_columns + " from (select * from posts where … order by … limit 20) p " + post_author
inline constexpr std::string_view post_columns = R"(
  p.id, p.thread_id, p.number, a.id, a.name, a.role, p.state, p.body, p.html, p.reply_to, p.removal_reason, p.revision,
  p.film_position_seconds, p.created_at, p.edited_at, p.like_count )";
inline constexpr std::string_view post_author = " join users a on a.id = p.author_id ";

PostRow read_post(RowReader& row);

// One statement for all of them; unknown ids are left out.
std::map<PostId, PostRow> find_posts(Transaction& transaction, const std::vector<PostId>& posts);

}  // namespace foyer::persistence
