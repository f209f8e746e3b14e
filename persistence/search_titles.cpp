// Films and people of search_store.hpp.
#include <chrono>
#include <iterator>

#include "persistence/film_rows.hpp"
#include "persistence/search_rows.hpp"
#include "protocol/limits.hpp"

namespace foyer::persistence {
namespace {

constexpr Statement prepare{"prepare_search", R"(
  select set_config('statement_timeout', $1, true), set_config('pg_trgm.similarity_threshold', '0.25', true))"};
constexpr Statement plans_for_words{"plans_for_words", "set local plan_cache_mode to force_custom_plan"};
constexpr Statement kept_plans{"kept_plans", "set local plan_cache_mode to default"};
constexpr Statement usual_time{"usual_time", "set local statement_timeout to default"};

// Titles that begin with the text are candidates of their own: a common word has more films than are ranked.
// What is talked about and rated comes first among equals.
constexpr std::string_view ranked_films = R"(
  with found as (
    (select id from films where words @@ to_tsquery('simple', $1) limit $4::bigint)
    union
    (select id from films where $2 <> '' and sort_key >= left($2, 80) collate "C"
       and sort_key < left($2, 80) || U&'\+10FFFF' collate "C" order by sort_key, id limit 50)),
  ranked as (
    select f.id, (1000 * (
             case when split_part(f.search_key, ' | ', 1) = $2 then 8
                  when position(' | ' || $2 || ' | ' in ' | ' || f.search_key || ' | ') > 0 then 7
                  when starts_with(f.search_key, $2) then 4 else 0 end
             + case when f.year = $3::integer then 4 else 0 end
             + ts_rank(f.words, to_tsquery('simple', $1))
             + ln(1 + coalesce(r.count, 0) + 3 * (
                 select count(*) from (select from thread_films where film_id = f.id limit 100) linked)) / 3
           ))::bigint as rank
    from found join films f on f.id = found.id left join film_ratings r on r.film_id = f.id),
  page as (
    select * from ranked where $5::bigint is null or (rank, id) < ($5::bigint, $6::bigint)
    order by rank desc, id desc limit $7::bigint)
)";

constexpr std::string_view ranked_people = R"(
  with ranked as (
    select p.id, (1000 * (
             case when p.name_key = $2 then 8 when starts_with(p.name_key, $2) then 4 else 0 end
             + ts_rank(p.words, to_tsquery('simple', $1))
             + ln(1 + (select count(distinct film_id) from (
                 select film_id from film_people where person_id = p.id limit 100) credits)) / 2
           ))::bigint as rank
    from (select * from people where words @@ (to_tsquery('simple', $1) || spelled_query($2)) limit $3::bigint) p),
  page as (
    select * from ranked where $4::bigint is null or (rank, id) < ($4::bigint, $5::bigint)
    order by rank desc, id desc limit $6::bigint)
  select p.id, p.slug, p.name, (select count(distinct film_id) from film_people where person_id = p.id), page.rank
  from page join people p on p.id = page.id order by page.rank desc, page.id desc)";

constexpr Statement films_of_people{"films_of_found_people", R"(
  select given.id, f.id, f.slug, f.title, f.year
  from unnest($1::bigint[]) given (id)
  cross join lateral (
    select f.id, f.slug, f.title, f.year, coalesce(r.count, 0) as ratings, f.sort_year
    from (select distinct film_id from film_people where person_id = given.id limit 100) credits
    join films f on f.id = credits.film_id left join film_ratings r on r.film_id = f.id
    order by ratings desc, f.sort_year desc, f.id limit 3) f
  order by given.id, f.ratings desc, f.sort_year desc, f.id)"};

constexpr Statement close_words{"close_words", R"(
  select given.word, known.word
  from unnest($1::text[]) given (word)
  cross join lateral (
    select word from search_words where word % given.word
    order by similarity(word, given.word) desc, word limit 60) known)"};

pqxx::result run_films(Transaction& transaction, const TitleWords& words, const PageWanted& page) {
  static const std::string sql = std::string(ranked_films)
                                     .append(film_summary_columns())
                                     .append(
                                         "page.rank from page join films f on f.id = page.id "
                                         "order by page.rank desc, page.id desc");
  return execute(transaction, Statement{"search_films", sql}, words.query, words.title, words.year,
                 limits::search_candidates, rank_of(page), id_of(page), page.limit + 1);
}

}  // namespace

void prepare_search(Transaction& transaction) {
  execute(transaction, prepare, std::to_string(std::chrono::milliseconds(limits::search_time).count()));
}

void finish_search(Transaction& transaction) { execute(transaction, usual_time); }

void plan_for_words(Transaction& transaction) { execute(transaction, plans_for_words); }

void plan_once(Transaction& transaction) { execute(transaction, kept_plans); }

FoundPage<FilmSummary> search_films(Transaction& transaction, const TitleWords& words, const PageWanted& page) {
  return read_found<FilmSummary>(run_films(transaction, words, page), page, [](RowReader& row) {
    FilmSummary film = read_film_summary(row);
    return Found<FilmSummary>{film, {row.next<std::int64_t>(), film.id.value}};
  });
}

FoundPage<FoundPerson> search_people(Transaction& transaction, const TitleWords& words, const PageWanted& page) {
  const pqxx::result rows = execute(transaction, Statement{"search_people", ranked_people}, words.query, words.title,
                                    limits::search_candidates, rank_of(page), id_of(page), page.limit + 1);
  auto found = read_found<FoundPerson>(rows, page, [](RowReader& row) {
    FoundPerson person{.id = row.next<PersonId>(),
                       .slug = row.next<std::string>(),
                       .name = row.next<std::string>(),
                       .film_count = row.next<std::int64_t>(),
                       .known_for = {}};
    return Found<FoundPerson>{person, {row.next<std::int64_t>(), person.id.value}};
  });
  std::vector<PersonId> people;
  for (const FoundPerson& person : found.items) {
    people.push_back(person.id);
  }
  for (const pqxx::row& columns : execute(transaction, films_of_people, people)) {
    RowReader row{columns};
    const auto id = row.next<PersonId>();
    for (FoundPerson& person : found.items) {
      if (person.id == id) {
        person.known_for.push_back(read_film_link(row));
      }
    }
  }
  return found;
}

std::vector<FilmId> find_films_by_title(Transaction& transaction, const TitleWords& words, int limit) {
  std::vector<FilmId> films;
  for (const FilmSummary& film : search_films(transaction, words, {.after = {}, .limit = limit}).items) {
    films.push_back(film.id);
  }
  return films;
}

std::vector<CloseWord> find_close_words(Transaction& transaction, const std::vector<std::string>& words) {
  std::vector<CloseWord> close;
  for (const pqxx::row& columns : execute(transaction, close_words, words)) {
    RowReader row{columns};
    close.push_back({.given = row.next<std::string>(), .known = row.next<std::string>()});
  }
  return close;
}

}  // namespace foyer::persistence
