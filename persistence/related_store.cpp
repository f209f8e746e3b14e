#include "persistence/related_store.hpp"

#include <chrono>

#include "persistence/thread_rows.hpp"
#include "protocol/limits.hpp"

namespace foyer::persistence {
namespace {

constexpr Statement film_subject{"film_subject", R"(
  select array_remove(array[title, original_title] || alternative_titles, ''), year, genres, countries, languages,
         array['film:' || id] || array(select source || ':' || id from film_external_ids x
                                       where x.film_id = films.id and source in ('imdb', 'wikidata'))
  from films where id = $1)"};

constexpr Statement people_of_subject{"people_of_subject", R"(
  (select 'director', p.id, p.name from film_people fp join people p on p.id = fp.person_id
   where fp.film_id = $1 and fp.department = 'crew' and fp.job = 'Director' order by fp.position limit 2)
  union all
  (select 'cast', p.id, p.name from film_people fp join people p on p.id = fp.person_id
   where fp.film_id = $1 and fp.department = 'cast' order by fp.position limit 2))"};

// One part for each evidence, all of one form; each is capped by itself, the newest first. A surname alone is asked of
// titles only, and only of directors. Parameters: 1 film, 2 titles, 3 directors' ids, 4 their names, 5 cast's ids,
// 6 their names, 7 links, 8 subject, 9 most candidates.
constexpr Statement related_candidates{"related_candidates", R"(
  with titles as (
    select title, phraseto_tsquery('english', title) as query from unnest($2::text[]) title),
  phrases as (select *, numnode(query) / 2 + 1 as words from titles where numnode(query) > 0),
  directors as (
    select id, name, phraseto_tsquery('english', name) as query,
           plainto_tsquery('english', substring(name from '[^ ]+$')) as surname
    from unnest($3::bigint[], $4::text[]) given (id, name)),
  actors as (
    select id, name, phraseto_tsquery('english', name) as query from unnest($5::bigint[], $6::text[]) given (id, name)),
  readers as (
    select member_id from (
      (select member_id from ratings where film_id = $1 and score > 5 limit 20)
      union
      (select p.author_id from threads t join posts p on p.thread_id = t.id
       where t.comments_film_id = $1 and p.state = 'visible' order by p.number desc limit 20)) known limit 30),
  found as (
    (select w.thread_id, 'link' as evidence, '' as detail, 0 as words, 0 as readers
     from post_words w join posts p on p.id = w.post_id and p.state = 'visible'
     where w.number = 1 and w.words @@ array_to_string($7::text[], ' | ')::tsquery
     order by w.post_id desc limit $9::bigint)
    union all
    (select w.thread_id, 'title', phrases.title, phrases.words, 0
     from phrases join thread_words w on w.words @@ phrases.query order by w.thread_id desc limit $9::bigint)
    union all
    (select w.thread_id, 'first_post', phrases.title, phrases.words, 0
     from phrases join post_words w on w.words @@ phrases.query and w.number = 1
     join posts p on p.id = w.post_id and p.state = 'visible'
     where phrases.words > 1 order by w.post_id desc limit $9::bigint)
    union all
    (select w.thread_id, 'director_title', directors.name, 0, 0
     from directors join thread_words w on w.words @@ directors.query or w.words @@ directors.surname
     order by w.thread_id desc limit $9::bigint)
    union all
    (select w.thread_id, 'cast_title', actors.name, 0, 0
     from actors join thread_words w on w.words @@ actors.query order by w.thread_id desc limit $9::bigint)
    union all
    (select w.thread_id, 'director_post', directors.name, 0, 0
     from directors join post_words w on w.words @@ directors.query and w.number = 1
     join posts p on p.id = w.post_id and p.state = 'visible' order by w.post_id desc limit $9::bigint)
    union all
    (select tf.thread_id, 'director_film', directors.name, 0, 0
     from directors join film_people fp on fp.person_id = directors.id and fp.department = 'crew' and fp.job = 'Director'
     join thread_films tf on tf.film_id = fp.film_id order by tf.thread_id desc limit $9::bigint)
    union all
    (select tf.thread_id, 'cast_film', actors.name, 0, 0
     from actors join film_people fp on fp.person_id = actors.id and fp.department = 'cast'
     join thread_films tf on tf.film_id = fp.film_id order by tf.thread_id desc limit $9::bigint)
    union all
    (select w.thread_id, 'subject', '', 0, 0 from thread_words w
     where $8 <> '' and w.words @@ to_tsquery('english', $8) order by w.thread_id desc limit $9::bigint)
    union all
    (select thread_id, 'readers', '', 0, count(distinct author_id)::integer
     from readers cross join lateral (
       select thread_id, author_id from posts
       where author_id = readers.member_id and state = 'visible' order by created_at desc, id desc limit 20) wrote
     group by thread_id having count(distinct author_id) >= 3
     order by count(distinct author_id) desc, thread_id desc limit 10))
  select t.id, t.title, found.evidence, found.detail, found.words, found.readers
  from found join threads t on t.id = found.thread_id
  where t.post_count > 0 and t.kind <> 'comments'
    and not exists (select from thread_films own where own.thread_id = t.id and own.film_id = $1)
    and (found.evidence <> 'readers' or 3 * found.readers >= (
      select count(distinct author_id) from (
        select author_id from posts where thread_id = t.id order by number desc limit 50) latest)))"};

Evidence evidence_of(const std::string& word) {
  constexpr std::pair<std::string_view, Evidence> words[] = {{"link", Evidence::link},
                                                             {"title", Evidence::title},
                                                             {"first_post", Evidence::first_post},
                                                             {"director_title", Evidence::director_title},
                                                             {"cast_title", Evidence::cast_title},
                                                             {"director_post", Evidence::director_post},
                                                             {"director_film", Evidence::director_film},
                                                             {"cast_film", Evidence::cast_film},
                                                             {"subject", Evidence::subject}};
  for (const auto& [known, evidence] : words) {
    if (word == known) {
      return evidence;
    }
  }
  return Evidence::readers;
}

constexpr std::string_view chosen_threads = R"(
  , chosen.reason, coalesce(first.body, '')
  from unnest($2::bigint[], $3::text[]) with ordinality chosen (thread_id, reason, place)
  join threads t on t.id = chosen.thread_id)";

constexpr std::string_view still_shown = R"(
  left join posts first on first.thread_id = t.id and first.number = 1 and first.state = 'visible'
  where t.post_count > 0
    and not exists (select from thread_films own where own.thread_id = t.id and own.film_id = $1)
  order by chosen.place)";

constexpr Statement stored_threads{"stored_related_threads", R"(
  select thread_ids, reasons, found_at < now() - make_interval(secs => $2::bigint)
  from related_threads where film_id = $1)"};

constexpr Statement store_threads{"store_related_threads", R"(
  insert into related_threads (film_id, found_at, thread_ids, reasons) values ($1, now(), $2, $3)
  on conflict (film_id) do update
    set found_at = excluded.found_at, thread_ids = excluded.thread_ids, reasons = excluded.reasons)"};

struct ChosenColumns {
  std::vector<ThreadId> threads;
  std::vector<std::string> reasons;
};

ChosenColumns columns_of(const std::vector<ChosenThread>& threads) {
  ChosenColumns columns;
  for (const ChosenThread& chosen : threads) {
    columns.threads.push_back(chosen.thread);
    columns.reasons.push_back(chosen.reason);
  }
  return columns;
}

// The longest words of the title, as they say most; everyday words are no lexemes. Pairs of them, so that one word that
// both happen to have is not enough.
constexpr std::string_view similar_threads = R"(
  with lexemes as (
    select '\'' || replace(replace(lexeme, '\', '\\'), '\'', '\'\'') || '\'' as lexeme
    from unnest(tsvector_to_array(to_tsvector('english', $1))) lexeme order by length(lexeme) desc, lexeme limit 5),
  query as (
    select (select string_agg(lexeme, ' | ') from lexemes)::tsquery as words,
           (select string_agg('(' || one.lexeme || ' & ' || other.lexeme || ')', ' | ')
            from lexemes one join lexemes other on one.lexeme < other.lexeme)::tsquery as pairs),
  found as (
    (select w.thread_id, false as same_film from query join thread_words w on w.words @@ query.pairs
     order by w.thread_id desc limit $4::bigint)
    union all
    (select w.thread_id, true from query cross join thread_films tf
     join thread_words w on w.thread_id = tf.thread_id and w.words @@ query.words
     where tf.film_id = any ($2::bigint[]) order by w.thread_id desc limit $4::bigint)),
  best as (
    select found.thread_id, bool_or(found.same_film) as same_film,
           max(ts_rank(w.words, query.words)) + 0.1 * bool_or(found.same_film)::integer as score
    from found cross join query join thread_words w on w.thread_id = found.thread_id
    join threads t on t.id = found.thread_id and t.post_count > 0 and t.kind <> 'comments'
    group by found.thread_id order by score desc, found.thread_id desc limit $3::bigint))";

constexpr std::string_view why_similar = R"(
  , case when best.same_film then 'About the same film' else 'The title is similar' end, coalesce(first.body, '')
  from best join threads t on t.id = best.thread_id)";

constexpr std::string_view most_similar_first = R"(
  left join posts first on first.thread_id = t.id and first.number = 1 and first.state = 'visible'
  order by best.score desc, best.thread_id desc)";

std::vector<RelatedThreadView> read_reasoned(Transaction& transaction, const pqxx::result& rows) {
  std::vector<RelatedThreadView> related;
  std::vector<ThreadView> threads;
  for (const pqxx::row& columns : rows) {
    RowReader row{columns};
    threads.push_back(read_thread(row));
    related.push_back({.thread = {}, .snippet = "", .reason = row.next<std::string>()});
    related.back().snippet = row.next<std::string>();
  }
  add_films(transaction, threads);
  for (std::size_t at = 0; at < threads.size(); ++at) {
    related[at].thread = std::move(threads[at]);
  }
  return related;
}

}  // namespace

std::optional<FilmSubject> find_film_subject(Transaction& transaction, FilmId film) {
  const pqxx::result rows = execute(transaction, film_subject, film);
  if (rows.empty()) {
    return std::nullopt;
  }
  RowReader row{rows[0]};
  FilmSubject subject;
  subject.titles = row.next<std::vector<std::string>>();
  subject.year = row.next<std::optional<int>>();
  subject.genres = row.next<std::vector<std::string>>();
  subject.countries = row.next<std::vector<std::string>>();
  subject.languages = row.next<std::vector<std::string>>();
  subject.links = row.next<std::vector<std::string>>();
  for (const pqxx::row& columns : execute(transaction, people_of_subject, film)) {
    RowReader person{columns};
    const bool directs = person.next<std::string>() == "director";
    const auto id = person.next<PersonId>();
    (directs ? subject.directors : subject.cast).push_back({.id = id, .name = person.next<std::string>()});
  }
  return subject;
}

std::vector<RelatedCandidate> find_related_candidates(Transaction& transaction, FilmId film, const FilmSubject& subject,
                                                      const std::string& subject_query) {
  struct Columns {
    std::vector<PersonId> ids;
    std::vector<std::string> names;
  };
  const auto columns_of_people = [](const std::vector<FilmSubject::Person>& people) {
    Columns columns;
    for (const auto& [id, name] : people) {
      columns.ids.push_back(id);
      columns.names.push_back(name);
    }
    return columns;
  };
  std::vector<std::string> quoted;
  for (const std::string& link : subject.links) {
    quoted.push_back("'" + link + "'");
  }
  const Columns directors = columns_of_people(subject.directors);
  const Columns cast = columns_of_people(subject.cast);
  std::vector<RelatedCandidate> candidates;
  for (const pqxx::row& columns :
       execute(transaction, related_candidates, film, subject.titles, directors.ids, directors.names, cast.ids,
               cast.names, quoted, subject_query, limits::related_candidates)) {
    RowReader row{columns};
    candidates.push_back({.thread = row.next<ThreadId>(),
                          .thread_title = row.next<std::string>(),
                          .evidence = evidence_of(row.next<std::string>()),
                          .detail = row.next<std::string>(),
                          .words = row.next<int>(),
                          .readers = row.next<std::int64_t>()});
  }
  return candidates;
}

std::vector<RelatedThreadView> read_related_threads(Transaction& transaction, FilmId film,
                                                    const std::vector<ChosenThread>& chosen) {
  static const std::string sql =
      std::string(thread_columns).append(chosen_threads).append(thread_joins).append(still_shown);
  const ChosenColumns given = columns_of(chosen);
  return read_reasoned(transaction, execute(transaction, Statement{"related_threads", sql}, film, given.threads,
                                            given.reasons));
}

std::vector<RelatedThreadView> find_similar_threads(Transaction& transaction, const std::string& title,
                                                    const std::vector<FilmId>& films, int limit) {
  static const std::string sql = std::string(similar_threads)
                                     .append(thread_columns)
                                     .append(why_similar)
                                     .append(thread_joins)
                                     .append(most_similar_first);
  return read_reasoned(transaction, execute(transaction, Statement{"similar_threads", sql}, title, films, limit,
                                            limits::related_candidates));
}

std::optional<ChosenThreads> find_related_threads(Transaction& transaction, FilmId film) {
  const pqxx::result rows =
      execute(transaction, stored_threads, film, std::chrono::seconds(limits::related_life).count());
  if (rows.empty()) {
    return std::nullopt;
  }
  RowReader row{rows[0]};
  const auto threads = row.next<std::vector<std::int64_t>>();
  const auto reasons = row.next<std::vector<std::string>>();
  std::vector<ChosenThread> chosen;
  for (std::size_t at = 0; at < std::min(threads.size(), reasons.size()); ++at) {
    chosen.push_back({ThreadId{threads[at]}, reasons[at]});
  }
  return ChosenThreads{read_related_threads(transaction, film, chosen), row.next<bool>()};
}

void store_related_threads(Transaction& transaction, FilmId film, const std::vector<ChosenThread>& threads) {
  const ChosenColumns given = columns_of(threads);
  execute(transaction, store_threads, film, given.threads, given.reasons);
}

}  // namespace foyer::persistence
