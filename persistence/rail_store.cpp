#include "persistence/rail_store.hpp"

#include <string>

#include "persistence/film_rows.hpp"
#include "persistence/thread_rows.hpp"

namespace foyer::persistence {
namespace {

// As many as a rail has room for beside one screen of the page.
constexpr int other_threads_shown = 5;
constexpr int films_shown = 5;
constexpr int first_threads_shown = 3;

constexpr Statement film_facts{"film_facts", R"(
  select f.id, f.slug, f.title, f.year,
         coalesce((select p.name from film_people fp join people p on p.id = fp.person_id
                   where fp.film_id = f.id and fp.department = 'crew' and fp.job = 'Director'
                   order by fp.position limit 1), ''),
         f.countries, f.runtime_minutes
  from films f where f.id = $1)"};

// By way of the film's few threads, as the list of its discussions.
constexpr std::string_view other_threads = R"(
  from (select c.* from thread_films tf
        join lateral (select * from threads where id = tf.thread_id limit 1) c on true
        where tf.film_id = $1 and c.id <> $2 and c.post_count > 0 and not c.emptied and c.kind <> 'comments'
        order by c.active_at desc, c.id desc limit $3) t)";

// Of the newest 500 threads: a busier week would only count some of its threads.
constexpr Statement films_of_the_week{"films_of_the_week", R"(
  select f.id, f.slug, f.title, f.year, count(*)
  from (select id, active_at from threads
        where post_count > 0 and not emptied and active_at > now() - interval '7 days'
        order by active_at desc, id desc limit 500) t
  join thread_films tf on tf.thread_id = t.id join films f on f.id = tf.film_id
  group by f.id order by count(*) desc, max(t.active_at) desc, f.id limit $1)"};

// Of the 200 newest members, most of whom only read.
constexpr std::string_view first_threads = R"(
  from (select c.* from (select id from users order by id desc limit 200) u
        join lateral (select * from threads where author_id = u.id order by id limit 1) c on true
        where c.post_count > 0 and not c.emptied order by c.created_at desc, c.id desc limit $1) t)";

std::vector<ThreadView> read_threads(const pqxx::result& rows) {
  std::vector<ThreadView> threads;
  for (const pqxx::row& columns : rows) {
    RowReader row{columns};
    threads.push_back(read_thread(row));
  }
  return threads;
}

std::string statement_text(std::string_view from, std::string_view order) {
  return std::string(thread_columns).append(from).append(thread_joins).append(order);
}

std::optional<FilmFacts> find_film_facts(Transaction& transaction, FilmId film) {
  const pqxx::result rows = execute(transaction, film_facts, film);
  if (rows.empty()) {
    return std::nullopt;
  }
  RowReader row{rows[0]};
  return FilmFacts{.film = read_film_link(row),
                   .director = row.next<std::string>(),
                   .countries = row.next<std::vector<std::string>>(),
                   .runtime_minutes = row.next<std::optional<int>>()};
}

}  // namespace

ThreadRail read_thread_rail(Transaction& transaction, const ThreadView& thread) {
  if (thread.films.empty()) {
    return {};
  }
  const FilmId film = thread.films.front().id;
  static const std::string sql = statement_text(other_threads, " order by t.active_at desc, t.id desc");
  return {.film = find_film_facts(transaction, film),
          .other_threads = read_threads(
              execute(transaction, Statement{"other_threads_of_film", sql}, film, thread.id, other_threads_shown))};
}

FrontRail read_front_rail(Transaction& transaction) {
  FrontRail rail;
  for (const pqxx::row& columns : execute(transaction, films_of_the_week, films_shown)) {
    RowReader row{columns};
    FilmLink film = read_film_link(row);
    rail.films.push_back({.film = std::move(film), .thread_count = row.next<std::int64_t>()});
  }
  static const std::string sql = statement_text(first_threads, " order by t.created_at desc, t.id desc");
  rail.first_threads = read_threads(execute(transaction, Statement{"first_threads", sql}, first_threads_shown));
  add_films(transaction, rail.first_threads);
  return rail;
}

}  // namespace foyer::persistence
