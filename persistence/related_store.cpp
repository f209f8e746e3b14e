#include "persistence/related_store.hpp"

#include <algorithm>
#include <chrono>
#include <iterator>

#include "persistence/search_rows.hpp"
#include "persistence/thread_rows.hpp"
#include "protocol/limits.hpp"

namespace foyer::persistence {
namespace {

// What each title and name looks for, so that the statement below has them as constants: its plan must know how common
// they are. Of a director's name the surname alone, too.
constexpr Statement phrases_of{"phrases_of_subject", R"(
  select given.text, phraseto_tsquery('english', given.text)::text,
         plainto_tsquery('english', substring(given.text from '[^ ]+$'))::text,
         numnode(phraseto_tsquery('english', given.text)) / 2 + 1
  from unnest($1::text[]) given (text) where numnode(phraseto_tsquery('english', given.text)) > 0
  order by 4 desc)"};

// What speaks of the film in words: one part for each evidence, all of one form; each is capped by itself, the newest
// first. What is null finds nothing. Parameters: 1 titles, 2 titles of two words and more, 3 directors in titles,
// 4 directors in texts, 5 cast, 6 links, 7 subject, 8 most candidates whose titles are judged, 9 most others.
// Links are rare, and rarer than the planner believes of a word it has not met: the sum keeps it from walking all first
// posts by their order.
constexpr Statement candidates_by_words{"related_candidates_by_words", R"(
  (select thread_id, 'link' as evidence, 0 as readers from post_words
   where number = 1 and shown and words @@ $6::tsquery order by post_id + 0 desc limit $9::bigint)
  union all
  (select thread_id, 'title', 0 from thread_words
   where shown and words @@ $1::tsquery order by thread_id desc limit $8::bigint)
  union all
  (select thread_id, 'first_post', 0 from post_words
   where number = 1 and shown and words @@ $2::tsquery order by post_id desc limit $9::bigint)
  union all
  (select thread_id, 'director_title', 0 from thread_words
   where shown and words @@ $3::tsquery order by thread_id desc limit $8::bigint)
  union all
  (select thread_id, 'cast_title', 0 from thread_words
   where shown and words @@ $5::tsquery order by thread_id desc limit $9::bigint)
  union all
  (select thread_id, 'director_post', 0 from post_words
   where number = 1 and shown and words @@ $4::tsquery order by post_id desc limit $9::bigint)
  union all
  (select thread_id, 'subject', 0 from thread_words
   where shown and words @@ to_tsquery('english', $7) order by thread_id desc limit $9::bigint))"};

// What the same people made, and what the film's readers wrote in. Apart from the words, as it needs no plan of its
// own. Parameters: 1 film, 2 directors' ids, 3 cast's ids.
constexpr Statement candidates_by_people{"related_candidates_by_people", R"(
  with readers as (
    select member_id from (
      (select member_id from ratings where film_id = $1 and score > 5 limit 20)
      union
      (select p.author_id from threads t join posts p on p.thread_id = t.id
       where t.comments_film_id = $1 and p.state = 'visible' order by p.number desc limit 20)) known limit 30)
  (select latest.thread_id, 'director_film' as evidence, 0 as readers
   from (select distinct film_id from film_people
         where person_id = any ($2::bigint[]) and department = 'crew' and job = 'Director' limit 100) directed
   cross join lateral (
     select thread_id from thread_films linked
     where film_id = directed.film_id
       and not exists (select from thread_words where thread_id = linked.thread_id and not shown)
     order by thread_id desc limit 5) latest)
  union all
  (select latest.thread_id, 'cast_film', 0
   from (select distinct film_id from film_people
         where person_id = any ($3::bigint[]) and department = 'cast' limit 100) played
   cross join lateral (
     select thread_id from thread_films linked
     where film_id = played.film_id
       and not exists (select from thread_words where thread_id = linked.thread_id and not shown)
     order by thread_id desc limit 5) latest)
  union all
  (select thread_id, 'readers', count(distinct author_id)::integer
   from readers cross join lateral (
     select thread_id, author_id from posts
     where author_id = readers.member_id and state = 'visible' order by created_at desc, id desc limit 20) wrote
   group by thread_id having count(distinct author_id) >= 3
   order by count(distinct author_id) desc, thread_id desc limit 10))"};

// What was found, with the title or name that it was found by. Each look-up by its index, whatever the planner
// believes. Parameters: 1 film, 2 to 4 what was found; 5 and 6 titles, 7 to 9 directors (name, query, surname), 10 and
// 11 cast, 12 directors' ids, 13 cast's ids.
constexpr Statement details_of_candidates{"details_of_candidates", R"(
  select t.id, t.title, found.evidence, found.readers, coalesce(case found.evidence
           when 'title' then (select text from unnest($5::text[], $6::text[]) given (text, query)
                              where titled.words @@ query::tsquery limit 1)
           when 'first_post' then (select text from unnest($5::text[], $6::text[]) given (text, query)
                                   where first.words @@ query::tsquery limit 1)
           when 'director_title' then (select text from unnest($7::text[], $8::text[], $9::text[])
                                         given (text, query, surname)
                                       where titled.words @@ query::tsquery or titled.words @@ surname::tsquery limit 1)
           when 'director_post' then (select text from unnest($7::text[], $8::text[]) given (text, query)
                                      where first.words @@ query::tsquery limit 1)
           when 'cast_title' then (select text from unnest($10::text[], $11::text[]) given (text, query)
                                   where titled.words @@ query::tsquery limit 1)
           when 'director_film' then (select p.name from thread_films tf join film_people fp on fp.film_id = tf.film_id
                                      join people p on p.id = fp.person_id
                                      where tf.thread_id = t.id and p.id = any ($12::bigint[])
                                        and fp.department = 'crew' limit 1)
           when 'cast_film' then (select p.name from thread_films tf join film_people fp on fp.film_id = tf.film_id
                                  join people p on p.id = fp.person_id
                                  where tf.thread_id = t.id and p.id = any ($13::bigint[])
                                    and fp.department = 'cast' limit 1) end, '')
  from unnest($2::bigint[], $3::text[], $4::bigint[]) found (thread_id, evidence, readers)
  cross join lateral (select * from threads where id = found.thread_id limit 1) t
  cross join lateral (select words from thread_words where thread_id = found.thread_id limit 1) titled
  left join lateral (
    select pw.words from (select id from posts where found.evidence in ('link', 'first_post', 'director_post')
                          and thread_id = found.thread_id and number = 1 and state = 'visible' limit 1) p
    cross join lateral (select words from post_words where post_id = p.id limit 1) pw) first on true
  where t.post_count > 0 and not t.emptied and t.kind <> 'comments'
    and (found.evidence not in ('link', 'first_post', 'director_post') or first.words is not null)
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

// Of the texts that hold a word at all, those of most words first.
struct Phrases {
  std::vector<std::string> texts;
  std::vector<std::string> queries;
  std::vector<std::string> surnames;
  std::vector<int> words;
};

Phrases phrases(Transaction& transaction, const std::vector<std::string>& texts) {
  Phrases found;
  for (const pqxx::row& columns : execute(transaction, phrases_of, texts)) {
    RowReader row{columns};
    found.texts.push_back(row.next<std::string>());
    found.queries.push_back(row.next<std::string>());
    found.surnames.push_back(row.next<std::string>());
    found.words.push_back(row.next<int>());
  }
  return found;
}

// For a tsquery that is not parsed as text.
std::string quoted_lexeme(const std::string& lexeme) {
  std::string quoted = "'";
  for (const char character : lexeme) {
    quoted.append(character == '\'' || character == '\\' ? 1 : 0, character);
    quoted += character;
  }
  return quoted + "'";
}

// A query for any of these, or nothing.
std::optional<std::string> any_of(const std::vector<std::string>& queries) {
  std::optional<std::string> any;
  for (const std::string& query : queries) {
    if (!query.empty()) {
      any = any ? *any + " | (" + query + ")" : "(" + query + ")";
    }
  }
  return any;
}

std::vector<std::string> names_of(const std::vector<FilmSubject::Person>& people) {
  std::vector<std::string> names;
  std::ranges::transform(people, std::back_inserter(names), &FilmSubject::Person::name);
  return names;
}

std::vector<PersonId> ids_of(const std::vector<FilmSubject::Person>& people) {
  std::vector<PersonId> ids;
  std::ranges::transform(people, std::back_inserter(ids), &FilmSubject::Person::id);
  return ids;
}

constexpr std::string_view chosen_threads = R"(
  , chosen.reason, coalesce(first.body, '')
  from unnest($2::bigint[], $3::text[]) with ordinality chosen (thread_id, reason, place)
  join threads t on t.id = chosen.thread_id)";

// A reason that quotes the first post (reason_of in server/forum/related.cpp begins it so) goes with that post.
constexpr std::string_view still_shown = R"(
  left join posts first on first.thread_id = t.id and first.number = 1 and first.state = 'visible'
  where t.post_count > 0 and not t.emptied
    and not exists (select from thread_films own where own.thread_id = t.id and own.film_id = $1)
    and (first.id is not null or chosen.reason not like 'The first post%')
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

// The rarest words of the title, as they say most: how common a word is stands in the statistics of the planner. In a
// pair one word at least must be rare, so that "best scene" alone brings nobody together. Everyday words are no
// lexemes.
constexpr std::string_view similar_threads = R"(
  with common as (
    select word, freq from pg_stats,
      unnest(most_common_elems::text::text[], most_common_elem_freqs) as known (word, freq)
    where schemaname = current_schema and tablename = 'thread_words' and attname = 'words' and freq > 0.002
      and freq * (select reltuples from pg_class where oid = 'thread_words'::regclass) > 500),
  lexemes as (
    select '''' || replace(replace(word, '\', '\\'), '''', '''''') || '''' as lexeme, freq is null as rare,
           case when freq is null then 1 else 0.2 end as weight
    from unnest(tsvector_to_array(to_tsvector('english', $1))) word left join common using (word)
    order by coalesce(freq, 0), length(word) desc, word limit 5),
  query as (
    select (select string_agg(lexeme, ' | ') from lexemes)::tsquery as words,
           (select string_agg('(' || one.lexeme || ' & ' || other.lexeme || ')', ' | ')
            from lexemes one join lexemes other on one.lexeme < other.lexeme
            where one.rare or other.rare)::tsquery as pairs),
  found as (
    (select w.thread_id, false as same_film from query join thread_words w on w.shown and w.words @@ query.pairs
     order by w.thread_id desc limit $4::bigint)
    union all
    (select w.thread_id, true from query cross join thread_films tf
     join thread_words w on w.thread_id = tf.thread_id and w.shown and w.words @@ query.words
     where tf.film_id = any ($2::bigint[]) order by w.thread_id desc limit $4::bigint)),
  best as (
    select found.thread_id, bool_or(found.same_film) as same_film,
           (select sum(weight) from lexemes where w.words @@ lexeme::tsquery)
             + 0.5 * bool_or(found.same_film)::integer as score
    from found join thread_words w on w.thread_id = found.thread_id
    join threads t on t.id = found.thread_id and t.post_count > 0 and not t.emptied and t.kind <> 'comments'
    group by found.thread_id, w.words order by score desc, found.thread_id desc limit $3::bigint))";

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

std::vector<RelatedCandidate> find_related_candidates(Transaction& transaction, FilmId film, const FilmSubject& subject,
                                                      const std::string& subject_query) {
  const Phrases titles = phrases(transaction, subject.titles);
  const Phrases directors = phrases(transaction, names_of(subject.directors));
  const Phrases cast = phrases(transaction, names_of(subject.cast));
  Phrases long_titles;
  for (std::size_t at = 0; at < titles.texts.size(); ++at) {
    if (titles.words[at] > 1) {
      long_titles.queries.push_back(titles.queries[at]);
    }
  }
  std::vector<std::string> links;
  std::ranges::transform(subject.links, std::back_inserter(links), quoted_lexeme);
  std::vector<std::string> directors_in_titles = directors.queries;
  directors_in_titles.insert(directors_in_titles.end(), directors.surnames.begin(), directors.surnames.end());
  std::vector<ThreadId> threads;
  std::vector<std::string> evidence;
  std::vector<std::int64_t> readers;
  const auto take = [&](const pqxx::result& rows) {
    for (const pqxx::row& columns : rows) {
      RowReader row{columns};
      threads.push_back(row.next<ThreadId>());
      evidence.push_back(row.next<std::string>());
      readers.push_back(row.next<std::int64_t>());
    }
  };
  prepare_search(transaction);
  plan_for_words(transaction);
  take(execute(transaction, candidates_by_words, any_of(titles.queries), any_of(long_titles.queries),
               any_of(directors_in_titles), any_of(directors.queries), any_of(cast.queries), any_of(links),
               subject_query.empty() ? std::nullopt : std::optional(subject_query), limits::related_candidates,
               limits::related_certain));
  plan_once(transaction);
  take(execute(transaction, candidates_by_people, film, ids_of(subject.directors), ids_of(subject.cast)));
  finish_search(transaction);
  std::vector<RelatedCandidate> candidates;
  for (const pqxx::row& columns :
       execute(transaction, details_of_candidates, film, threads, evidence, readers, titles.texts, titles.queries,
               directors.texts, directors.queries, directors.surnames, cast.texts, cast.queries,
               ids_of(subject.directors), ids_of(subject.cast))) {
    RowReader row{columns};
    RelatedCandidate candidate;
    candidate.thread = row.next<ThreadId>();
    candidate.thread_title = row.next<std::string>();
    candidate.evidence = evidence_of(row.next<std::string>());
    candidate.readers = row.next<std::int64_t>();
    candidate.detail = row.next<std::string>();
    if (const auto title = std::ranges::find(titles.texts, candidate.detail); title != titles.texts.end()) {
      candidate.words = titles.words[static_cast<std::size_t>(title - titles.texts.begin())];
    }
    candidates.push_back(std::move(candidate));
  }
  return candidates;
}

std::vector<RelatedThreadView> read_related_threads(Transaction& transaction, FilmId film,
                                                    const std::vector<ChosenThread>& chosen) {
  static const std::string sql =
      std::string(thread_columns).append(chosen_threads).append(thread_joins).append(still_shown);
  const ChosenColumns given = columns_of(chosen);
  return read_reasoned(transaction,
                       execute(transaction, Statement{"related_threads", sql}, film, given.threads, given.reasons));
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

std::optional<ChosenThreads> find_related_threads(Transaction& transaction, FilmId film, LinkedSince linked) {
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
  const FilmId own = linked == LinkedSince::left_out ? film : FilmId{};  // to which nothing is linked
  return ChosenThreads{read_related_threads(transaction, own, chosen), row.next<bool>(), chosen.empty()};
}

void store_related_threads(Transaction& transaction, FilmId film, const std::vector<ChosenThread>& threads) {
  const ChosenColumns given = columns_of(threads);
  execute(transaction, store_threads, film, given.threads, given.reasons);
}

}  // namespace foyer::persistence
