#include "persistence/thread_rows.hpp"

#include <algorithm>
#include <unordered_map>

#include "persistence/film_rows.hpp"

namespace foyer::persistence {
namespace {

constexpr Statement films_of_threads{"films_of_threads", R"(
  select tf.thread_id, f.id, f.slug, f.title, f.year
  from thread_films tf join films f on f.id = tf.film_id
  where tf.thread_id = any ($1::bigint[]) order by tf.thread_id, tf.position)"};

}  // namespace

ThreadView read_thread(RowReader& row) {
  ThreadView thread;
  thread.id = row.next<ThreadId>();
  thread.slug = row.next<std::string>();
  thread.kind = row.next<ThreadKind>();
  thread.title = row.next<std::string>();
  if (row.next_is_null()) {
    row.skip(3);
  } else {
    thread.author = read_user(row);
  }
  thread.last_seq = row.next<Seq>();
  thread.post_count = row.next<std::int64_t>();
  // In a film's own thread every post is a comment; elsewhere the first one opens the thread.
  thread.reply_count =
      thread.kind == ThreadKind::comments ? thread.post_count : std::max<std::int64_t>(thread.post_count - 1, 0);
  thread.locked = row.next<bool>();
  thread.pinned = row.next<bool>();
  thread.slow_mode_seconds = row.next<int>();
  thread.created_at = row.next<Timestamp>();
  thread.last_post_at = row.next<std::optional<Timestamp>>();
  thread.last_post_author = row.next<std::string>();  // NULL reads as ""
  if (row.next_is_null()) {
    row.skip(4);
  } else {
    thread.solved = read_film_link(row);
  }
  thread.score = row.next<std::optional<int>>();
  thread.contains_spoilers = row.next<bool>();
  return thread;
}

void add_films(Transaction& transaction, std::vector<ThreadView>& threads) {
  if (threads.empty()) {
    return;
  }
  std::unordered_map<ThreadId, ThreadView*> by_id;
  std::vector<ThreadId> ids;
  for (ThreadView& thread : threads) {
    by_id.emplace(thread.id, &thread);
    ids.push_back(thread.id);
  }
  for (const pqxx::row& columns : execute(transaction, films_of_threads, ids)) {
    RowReader row{columns};
    ThreadView& thread = *by_id.at(row.next<ThreadId>());
    thread.films.push_back(read_film_link(row));
  }
}

}  // namespace foyer::persistence
