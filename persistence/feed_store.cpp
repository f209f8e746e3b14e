#include "persistence/feed_store.hpp"

#include <string>
#include <string_view>
#include <utility>

#include "persistence/post_rows.hpp"
#include "persistence/thread_rows.hpp"

namespace foyer::persistence {
namespace {

// Of these the visible ones are taken.
constexpr int candidates = 300;

// Parameters: 1 how many, 2 candidates.
constexpr std::string_view newest = R"(
  from (select c.* from (
          select * from threads where kind <> 'comments' and post_count > 0 and not emptied
          order by created_at desc, id desc limit $2::bigint) c
        join lateral (select 1 from posts where thread_id = c.id and number = 1 and state = 'visible' limit 1) f on true
        order by c.created_at desc, c.id desc limit $1::bigint) t)";

// 3 the film. Its newest threads by id, which are given in the order of creation.
constexpr std::string_view newest_of_film = R"(
  from (select c.* from (
          select thread_id from thread_films where film_id = $3 order by thread_id desc limit $2::bigint) tf
        join lateral (select * from threads where id = tf.thread_id limit 1) c on true
        join lateral (select 1 from posts where thread_id = c.id and number = 1 and state = 'visible' limit 1) f on true
        where c.kind <> 'comments'
        order by c.created_at desc, c.id desc limit $1::bigint) t)";

std::string with_first_post(std::string_view from) {
  return std::string(thread_columns)
      .append(",")
      .append(post_columns)
      .append(from)
      .append(thread_joins)
      .append(" join posts p on p.thread_id = t.id and p.number = 1")
      .append(post_author)
      .append(" order by t.created_at desc, t.id desc");
}

std::vector<FeedRow> read_rows(Transaction& transaction, const pqxx::result& rows) {
  std::vector<ThreadView> threads;
  std::vector<PostRow> posts;
  for (const pqxx::row& columns : rows) {
    RowReader row{columns};
    threads.push_back(read_thread(row));
    posts.push_back(read_post(row));
  }
  add_films(transaction, threads);
  std::vector<FeedRow> found;
  for (std::size_t at = 0; at < threads.size(); ++at) {
    found.push_back({.thread = std::move(threads[at]), .post = std::move(posts[at])});
  }
  return found;
}

}  // namespace

std::vector<FeedRow> newest_threads(Transaction& transaction, int limit) {
  static const std::string sql = with_first_post(newest);
  return read_rows(transaction, execute(transaction, Statement{"newest_threads", sql}, limit, candidates));
}

std::vector<FeedRow> newest_threads_of_film(Transaction& transaction, FilmId film, int limit) {
  static const std::string sql = with_first_post(newest_of_film);
  return read_rows(transaction,
                   execute(transaction, Statement{"newest_threads_of_film", sql}, limit, candidates, film));
}

std::vector<PostRow> newest_posts(Transaction& transaction, ThreadId thread, int limit) {
  static const std::string sql = std::string("select ")
                                     .append(post_columns)
                                     .append(R"(
    from (select * from (
            select * from posts where thread_id = $3 and number > 0 order by number desc limit $2::bigint) c
          where state = 'visible' order by number desc limit $1::bigint) p)")
                                     .append(post_author)
                                     .append(" order by p.number desc");
  std::vector<PostRow> posts;
  for (const pqxx::row& columns : execute(transaction, Statement{"newest_posts", sql}, limit, candidates, thread)) {
    RowReader row{columns};
    posts.push_back(read_post(row));
  }
  return posts;
}

std::map<ThreadId, ThreadView> find_threads(Transaction& transaction, const std::vector<ThreadId>& threads) {
  static const std::string sql = std::string(thread_columns)
                                     .append(" from threads t")
                                     .append(thread_joins)
                                     .append(" where t.id = any ($1::bigint[])");
  std::vector<ThreadView> views;
  for (const pqxx::row& columns : execute(transaction, Statement{"threads_by_id", sql}, threads)) {
    RowReader row{columns};
    views.push_back(read_thread(row));
  }
  add_films(transaction, views);
  std::map<ThreadId, ThreadView> found;
  for (ThreadView& view : views) {
    const ThreadId id = view.id;
    found.emplace(id, std::move(view));
  }
  return found;
}

}  // namespace foyer::persistence
