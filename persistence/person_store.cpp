#include "persistence/person_store.hpp"

#include <string>
#include <string_view>

#include "persistence/rating_store.hpp"
#include "persistence/thread_rows.hpp"

namespace foyer::persistence {
namespace {

constexpr Statement ratings_of_films{"ratings_of_films", R"(
  select film_id, total, count from film_ratings where film_id = any ($1::bigint[]))"};

// Ids are given in the order of creation. A film has at most one thread of comments, so that of so many candidates more
// than films as many are discussions as are wanted.
constexpr std::string_view about_person = R"(
  from (with f as materialized (
          select distinct film_id from film_people where person_id = $1 limit 1000)
        select c.* from (
          select distinct tf.thread_id
          from f join lateral (
            select thread_id from thread_films linked
            where film_id = f.film_id
              and not exists (select from thread_words where thread_id = linked.thread_id and not shown)
            order by thread_id desc limit $2::bigint + 1) tf on true
          order by tf.thread_id desc limit $2::bigint + (select count(*) from f)) n
        join lateral (select * from threads where id = n.thread_id limit 1) c on true
        where c.kind <> 'comments' and c.post_count > 0 and not c.emptied
        order by c.created_at desc, c.id desc limit $2::bigint) t)";

}  // namespace

std::map<FilmId, double> rating_averages(Transaction& transaction, const std::vector<FilmId>& films) {
  std::map<FilmId, double> averages;
  for (const pqxx::row& columns : execute(transaction, ratings_of_films, films)) {
    RowReader row{columns};
    const auto film = row.next<FilmId>();
    const auto total = row.next<std::int64_t>();
    if (const auto average = average_of(total, row.next<std::int64_t>())) {
      averages.emplace(film, *average);
    }
  }
  return averages;
}

std::vector<ThreadView> newest_threads_about(Transaction& transaction, PersonId person, int limit) {
  static const std::string sql = std::string(thread_columns)
                                     .append(about_person)
                                     .append(thread_joins)
                                     .append(" order by t.created_at desc, t.id desc");
  std::vector<ThreadView> threads;
  for (const pqxx::row& columns : execute(transaction, Statement{"newest_threads_about_person", sql}, person, limit)) {
    RowReader row{columns};
    threads.push_back(read_thread(row));
  }
  add_films(transaction, threads);
  return threads;
}

}  // namespace foyer::persistence
