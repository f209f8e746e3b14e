#include "persistence/thread_store.hpp"

#include "persistence/thread_rows.hpp"

namespace foyer::persistence {
namespace {

constexpr Statement insert_thread_row{"insert_thread", R"(
  insert into threads (kind, title, slug, author_id) values ($1, $2, $3, $4) returning id)"};

// Films named twice count once, at their first place.
constexpr Statement link_films{"link_films", R"(
  insert into thread_films (thread_id, film_id, position)
  select $1::bigint, film_id, min(place)
  from unnest($2::bigint[]) with ordinality as given (film_id, place) group by film_id
  on conflict do nothing)"};

constexpr Statement unlink_films{"unlink_films", "delete from thread_films where thread_id = $1"};

// A proposal to link them is decided with it.
constexpr Statement close_proposals{"close_proposals", R"(
  delete from film_proposals where thread_id = $1 and film_id = any ($2::bigint[]))"};

constexpr Statement index_words{"index_words", R"(
  insert into thread_words (thread_id, words) select id, to_tsvector('english', title) from threads where id = $1
  on conflict (thread_id) do update set words = excluded.words)"};

constexpr Statement comments_thread_of_film{"comments_thread_of_film",
                                            "select id from threads where comments_film_id = $1"};

constexpr Statement insert_comments_thread{"insert_comments_thread", R"(
  insert into threads (kind, title, slug, comments_film_id) values ('comments', $2, $3, $1)
  on conflict (comments_film_id) where comments_film_id is not null do nothing returning id)"};

constexpr Statement take_seq_of_thread{"take_seq",
                                       "update threads set last_seq = last_seq + 1 where id = $1 returning last_seq"};

constexpr Statement update_thread_row{"update_thread", R"(
  update threads set title = coalesce($2, title), slug = coalesce($3, slug), locked = coalesce($4, locked),
                     pinned = coalesce($5, pinned), slow_mode_seconds = coalesce($6, slow_mode_seconds)
  where id = $1)"};

constexpr Statement heads_of_threads{"heads_of_threads", R"(
  select id, last_seq from threads where id = any ($1::bigint[]))"};

}  // namespace

ThreadId insert_thread(Transaction& transaction, const NewThread& thread) {
  const pqxx::result rows =
      execute(transaction, insert_thread_row, thread.kind, thread.title, thread.slug, thread.author);
  const auto id = RowReader{rows[0]}.next<ThreadId>();
  execute(transaction, link_films, id, thread.films);
  execute(transaction, index_words, id);
  return id;
}

std::optional<ThreadId> find_comments_thread(Transaction& transaction, FilmId film) {
  const pqxx::result rows = execute(transaction, comments_thread_of_film, film);
  return rows.empty() ? std::nullopt : std::optional(RowReader{rows[0]}.next<ThreadId>());
}

CommentsThread ensure_comments_thread(Transaction& transaction, FilmId film, const std::string& title,
                                      const std::string& slug) {
  if (const auto present = find_comments_thread(transaction, film)) {
    return {.id = *present, .created = false};
  }
  const pqxx::result rows = execute(transaction, insert_comments_thread, film, title, slug);
  if (rows.empty()) {  // raced: the other's commit was waited for
    return {.id = find_comments_thread(transaction, film).value(), .created = false};
  }
  const auto id = RowReader{rows[0]}.next<ThreadId>();
  execute(transaction, link_films, id, std::vector<FilmId>{film});
  execute(transaction, index_words, id);
  return {.id = id, .created = true};
}

std::optional<ThreadView> find_thread(Transaction& transaction, ThreadId thread) {
  static const std::string sql =
      std::string(thread_columns).append(" from threads t").append(thread_joins).append(" where t.id = $1");
  const pqxx::result rows = execute(transaction, Statement{"thread_by_id", sql}, thread);
  if (rows.empty()) {
    return std::nullopt;
  }
  RowReader row{rows[0]};
  std::vector<ThreadView> views{read_thread(row)};
  add_films(transaction, views);
  return std::move(views.front());
}

std::optional<Seq> take_seq(Transaction& transaction, ThreadId thread) {
  const pqxx::result rows = execute(transaction, take_seq_of_thread, thread);
  return rows.empty() ? std::nullopt : std::optional(RowReader{rows[0]}.next<Seq>());
}

void update_thread(Transaction& transaction, ThreadId thread, const ThreadChange& change) {
  execute(transaction, update_thread_row, thread, change.title, change.slug, change.locked, change.pinned,
          change.slow_mode_seconds);
  if (change.title) {
    execute(transaction, index_words, thread);
  }
  if (change.films) {
    execute(transaction, unlink_films, thread);
    execute(transaction, link_films, thread, *change.films);
    execute(transaction, close_proposals, thread, *change.films);
  }
}

std::vector<ChannelHead> read_heads(Transaction& transaction, const std::vector<ThreadId>& threads) {
  std::vector<ChannelHead> heads;
  for (const pqxx::row& columns : execute(transaction, heads_of_threads, threads)) {
    RowReader row{columns};
    heads.push_back({.thread = row.next<ThreadId>(), .seq = row.next<Seq>()});
  }
  return heads;
}

}  // namespace foyer::persistence
