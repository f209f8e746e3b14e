// search_related_threads of thread_store.hpp. A suggestion says why it is one, and one shared word in the text is no
// reason: rather an honest empty list.
#include <algorithm>

#include "persistence/thread_rows.hpp"
#include "persistence/thread_store.hpp"

namespace foyer::persistence {
namespace {

// Candidates are 500 threads each that have the film's name in the title, a word of it there, the name in
// the first post, or a film of the same director. Only they are ranked. First posts are not asked for in an order: the
// planner would walk them in it and parse each one.
constexpr std::string_view candidates = R"(
  with film as (
    select f.id, f.title, phraseto_tsquery('english', f.title) as phrase,
           nullif(replace(plainto_tsquery('english', f.title)::text, ' & ', ' | '), '')::tsquery as words,
           (select p.person_id from film_people p where p.film_id = f.id and p.department = 'crew'
            and p.job = 'Director' order by p.position limit 1) as director
    from films f where f.id = $1),
  found as (
    (select w.thread_id from film, thread_words w where w.words @@ film.words order by w.thread_id desc limit 500)
    union
    (select p.thread_id from film, posts p
     where p.number = 1 and p.state = 'visible' and numnode(film.phrase) > 0
       and to_tsvector('english', p.body) @@ film.phrase
     limit 500)
    union
    (select tf.thread_id from film join film_people fp on fp.person_id = film.director and fp.department = 'crew'
       and fp.job = 'Director' join thread_films tf on tf.film_id = fp.film_id
     order by tf.thread_id desc limit 500)),
  judged as (
    select t.id, first.body as first_body, film.title as film_title, director.name as director_name,
           w.words @@ film.phrase as titled,
           coalesce(to_tsvector('english', first.body) @@ film.phrase, false) as named,
           exists (select from thread_films tf join film_people fp on fp.film_id = tf.film_id
                   where tf.thread_id = t.id and fp.person_id = film.director and fp.department = 'crew'
                     and fp.job = 'Director') as same_director,
           coalesce(ts_rank(w.words, film.words), 0) + similarity(t.title, film.title) as likeness
    from found join threads t on t.id = found.thread_id cross join film
    join thread_words w on w.thread_id = t.id
    left join people director on director.id = film.director
    left join posts first on first.thread_id = t.id and first.number = 1 and first.state = 'visible'
    where t.post_count > 0
      and not exists (select from thread_films tf where tf.thread_id = t.id and tf.film_id = film.id)),
  best as (
    select judged.*, 3 * titled::integer + 2 * named::integer + same_director::integer + likeness as score
    from judged where titled or named or same_director or likeness > 0.3
    order by score desc, id desc limit $2::bigint))";

constexpr std::string_view reasons = R"(,
  coalesce(best.first_body, ''),
  case when titled then 'The title names “' || film_title || '”'
       when named then 'The first post names “' || film_title || '”'
       when same_director then 'About another film by ' || director_name
       else 'The title is similar' end
  from best join threads t on t.id = best.id)";

}  // namespace

std::vector<RelatedThreadView> search_related_threads(Transaction& transaction, FilmId film, int limit) {
  static const std::string sql = std::string(candidates)
                                     .append(thread_columns)
                                     .append(reasons)
                                     .append(thread_joins)
                                     .append(" order by best.score desc, best.id desc");
  std::vector<RelatedThreadView> related;
  std::vector<ThreadView> threads;
  for (const pqxx::row& columns : execute(transaction, Statement{"related_threads", sql}, film, limit)) {
    RowReader row{columns};
    threads.push_back(read_thread(row));
    related.push_back({.thread = {}, .snippet = row.next<std::string>(), .reason = row.next<std::string>()});
  }
  add_films(transaction, threads);
  for (std::size_t at = 0; at < threads.size(); ++at) {
    related[at].thread = std::move(threads[at]);
  }
  return related;
}

}  // namespace foyer::persistence
