#include "persistence/post_lookup.hpp"

#include "persistence/post_rows.hpp"

namespace foyer::persistence {

std::vector<PostRow> find_posts_by_number(Transaction& transaction, ThreadId thread,
                                          const std::vector<PostNumber>& numbers) {
  static const std::string sql = std::string("select ") + std::string(post_columns) + " from posts p" +
                                 std::string(post_author) +
                                 " where p.thread_id = $1 and p.number = any ($2::bigint[]) order by p.number";
  std::vector<PostRow> posts;
  if (numbers.empty()) {
    return posts;
  }
  for (const pqxx::row& columns : execute(transaction, Statement{"posts_by_number", sql}, thread, numbers)) {
    RowReader row{columns};
    posts.push_back(read_post(row));
  }
  return posts;
}

}  // namespace foyer::persistence
