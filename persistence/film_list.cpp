// Lists of films: one statement per sort and set of filters, so that each has its own plan.
#include <algorithm>
#include <iterator>
#include <string>

#include "persistence/film_rows.hpp"
#include "persistence/rating_store.hpp"

namespace foyer::persistence {

const std::string_view film_summary_columns = R"(
  select f.id, f.slug, f.title, f.year,
         coalesce((select p.name from film_people fp join people p on p.id = fp.person_id
                   where fp.film_id = f.id and fp.department = 'crew' and fp.job = 'Director'
                   order by fp.position limit 1), ''),
         f.countries,
         (select count(*) from thread_films tf join threads t on t.id = tf.thread_id
          where tf.film_id = f.id and t.post_count > 0),
         (select count from film_ratings where film_id = f.id),
         (select total from film_ratings where film_id = f.id),
         )";

namespace {

// How far a list by activity looks. The newest threads nearly always hold enough films for a page; where films are
// narrowed to few, a wider look does, and where they are rare, each of them is asked for its newest thread.
enum class Reach { newest, newer, all };

constexpr int newest_threads = 500;
constexpr int newer_threads = 5'000;

// Where the newest threads hold fewer films than this, ten times the threads would not fill a page either.
constexpr std::ptrdiff_t rare_films = 3;

std::string from_newest_threads(int most) {
  return R"(
  from (select tf.film_id, max(t.active_at) as active_at
        from (select id, active_at from threads
              where post_count > 0 and active_at <= coalesce($1::timestamptz, 'infinity')
              order by active_at desc, id desc limit )" +
         std::to_string(most) + R"() t
        join lateral (select film_id from thread_films where thread_id = t.id limit 100) tf on true
        group by tf.film_id) latest
  join films f on f.id = latest.film_id where true)";
}

// A film that has a newer thread than the page begins with was on an earlier page.
constexpr std::string_view after_newest_threads = R"(
  and (latest.active_at, f.id) < ($1::timestamptz, $2::bigint) and not exists (
    select from thread_films other
    join lateral (select active_at, post_count from threads where id = other.thread_id limit 1) newer on true
    where other.film_id = latest.film_id and newer.post_count > 0 and newer.active_at > latest.active_at))";

// Film by film, so that filters narrow first.
constexpr std::string_view from_activity = R"(
  from films f
  join lateral (select max(t.active_at) as active_at from thread_films tf join threads t on t.id = tf.thread_id
                where tf.film_id = f.id and t.post_count > 0) latest on latest.active_at is not null where true)";

constexpr std::string_view is_discussed = R"(exists (
  select from thread_films tf join threads t on t.id = tf.thread_id where tf.film_id = f.id and t.post_count > 0))";

struct SortText {
  std::string_view name;
  std::string_view key;  // selected, and read back as the position of the next page
  std::string from;
  std::string_view after;        // parameters 1 and 2
  std::string_view no_position;  // their names on a first page
  std::string_view order;
};

SortText by_activity(Reach reach) {
  SortText sort{"activity",
                "latest.active_at",
                std::string(from_activity),
                " and (latest.active_at, f.id) < ($1::timestamptz, $2::bigint)",
                " and $1::timestamptz is null and $2::bigint is null",
                " order by latest.active_at desc, f.id desc"};
  if (reach != Reach::all) {
    sort.name = reach == Reach::newest ? "newest_activity" : "newer_activity";
    sort.from = from_newest_threads(reach == Reach::newest ? newest_threads : newer_threads);
    sort.after = after_newest_threads;
  }
  return sort;
}

SortText sort_text(FilmSort sort, Reach reach) {
  switch (sort) {
    case FilmSort::year:
      return {"year",
              "f.sort_year",
              " from films f where true",
              " and (f.sort_year, f.id) < ($1::integer, $2::bigint)",
              " and $1::integer is null and $2::bigint is null",
              " order by f.sort_year desc, f.id desc"};
    case FilmSort::activity:
      return by_activity(reach);
    case FilmSort::rating:
      return {"rating",
              "best.rank",
              " from film_ratings best join films f on f.id = best.film_id where best.count > 0",
              " and (best.rank, best.film_id) < ($1::double precision, $2::bigint)",
              " and $1::double precision is null and $2::bigint is null",
              " order by best.rank desc, best.film_id desc"};
    case FilmSort::title:
      break;
  }
  return {"title",
          "f.sort_key",
          " from films f where true",
          " and (f.sort_key, f.id) > ($1 collate \"C\", $2::bigint)",
          " and $1::text is null and $2::bigint is null",
          " order by f.sort_key, f.id"};
}

// Parameters have fixed places, 1 to 10. One that the statement does not need is named once all the same, or
// PostgreSQL could not tell its type.
struct ListStatement {
  std::string name;
  std::string sql;
};

void choose(ListStatement& list, bool wanted, std::string_view name, std::string_view condition,
            std::string_view unused) {
  if (wanted) {
    list.name.append("+").append(name);
  }
  list.sql.append(" and ").append(wanted ? condition : unused);
}

void narrow(ListStatement& list, const FilmFilter& filter, std::size_t words) {
  choose(list, filter.decade.has_value(), "decade",
         "f.sort_year >= $3::integer and f.sort_year < $3::integer + 10 and f.year is not null", "$3::integer is null");
  choose(list, !filter.genre.empty(), "genre", "f.genres @> array[$4::text]", "$4::text is null");
  choose(list, filter.person.has_value(), "person",
         "f.id in (select film_id from film_people where person_id = $5::bigint)", "$5::bigint is null");
  choose(list, words > 0, "word", "f.search_key like $6::text", "$6::text is null");
  choose(list, words > 1, "words", "f.search_key like all ($7::text[])", "$7::text[] is null");
  choose(list, !filter.country.empty(), "country", "f.countries @> array[$9::text]", "$9::text is null");
  choose(list, !filter.language.empty(), "language", "f.languages @> array[$10::text]", "$10::text is null");
  choose(list, filter.discussed, "discussed", is_discussed, "true");
}

ListStatement compose(const FilmFilter& filter, Reach reach, bool first_page, std::size_t words) {
  const SortText sort = sort_text(filter.sort, reach);
  ListStatement list{.name = "list_films_" + std::string(sort.name), .sql = std::string(film_summary_columns)};
  list.sql.append(sort.key).append(sort.from);
  if (!first_page) {
    list.name += "+after";
    list.sql.append(sort.after);
  } else {
    list.sql.append(sort.no_position);
  }
  narrow(list, filter, words);
  list.sql.append(sort.order).append(" limit $8::bigint");
  return list;
}

// No further than it is asked to count. A list by activity has the films that are discussed, whenever that was.
ListStatement compose_count(FilmFilter filter, std::size_t words) {
  if (filter.sort == FilmSort::activity) {
    filter.sort = FilmSort::year;
    filter.discussed = true;
  }
  const SortText sort = sort_text(filter.sort, Reach::all);
  ListStatement list{.name = "count_films_" + std::string(sort.name), .sql = "select count(*) from (select 1"};
  list.sql.append(sort.from).append(sort.no_position);
  narrow(list, filter, words);
  list.sql.append(" limit $8::bigint) counted");
  return list;
}

// Each word as a pattern, the longest first: it is the one the trigram index narrows best.
std::vector<std::string> word_patterns(const std::string& words) {
  std::vector<std::string> patterns;
  for (std::size_t at = 0; at < words.size() && patterns.size() < 8;) {
    const std::size_t begin = words.find_first_not_of(' ', at);
    if (begin == std::string::npos) {
      break;
    }
    const std::size_t end = std::min(words.find(' ', begin), words.size());
    std::string pattern = "%";
    for (const char character : words.substr(begin, end - begin)) {
      if (character == '%' || character == '_' || character == '\\') {
        pattern += '\\';
      }
      pattern += character;
    }
    patterns.push_back(pattern + "%");
    at = end;
  }
  std::ranges::stable_sort(patterns, [](const auto& a, const auto& b) { return a.size() > b.size(); });
  return patterns;
}

template <class Value>
std::optional<Value> unless(bool absent, Value value) {
  return absent ? std::nullopt : std::optional(std::move(value));
}

pqxx::result run(Transaction& transaction, const ListStatement& list, const FilmFilter& filter,
                 const std::vector<std::string>& words, const std::optional<FilmPosition>& after, std::int64_t limit) {
  const auto first_word = words.empty() ? std::nullopt : std::optional(words.front());
  const auto other_words = words.size() < 2 ? std::nullopt : std::optional(std::vector(words.begin() + 1, words.end()));
  return execute(transaction, Statement{list.name, list.sql}, after ? std::optional(after->key) : std::nullopt,
                 after ? std::optional(after->id) : std::nullopt, filter.decade,
                 unless(filter.genre.empty(), filter.genre), filter.person, first_word, other_words, limit,
                 unless(filter.country.empty(), filter.country), unless(filter.language.empty(), filter.language));
}

pqxx::result query(Transaction& transaction, const FilmFilter& filter, Reach reach,
                   const std::optional<FilmPosition>& after, int limit) {
  const std::vector<std::string> words = word_patterns(filter.title_like);
  return run(transaction, compose(filter, reach, !after, words.size()), filter, words, after, limit);
}

// One row more than a page tells whether there is another page.
pqxx::result query_page(Transaction& transaction, const FilmFilter& filter, const std::optional<FilmPosition>& after,
                        int limit) {
  if (filter.sort == FilmSort::activity) {
    const pqxx::result newest = query(transaction, filter, Reach::newest, after, limit + 1);
    if (std::ssize(newest) > limit) {
      return newest;
    }
    if (std::ssize(newest) >= rare_films) {
      const pqxx::result newer = query(transaction, filter, Reach::newer, after, limit + 1);
      if (std::ssize(newer) > limit) {
        return newer;
      }
    }
  }
  return query(transaction, filter, Reach::all, after, limit + 1);
}

}  // namespace

FilmSummary read_film_summary(RowReader& row) {
  FilmSummary film{.id = row.next<FilmId>(),
                   .slug = row.next<std::string>(),
                   .title = row.next<std::string>(),
                   .year = row.next<std::optional<int>>(),
                   .director = row.next<std::string>(),
                   .countries = row.next<std::vector<std::string>>(),
                   .thread_count = row.next<std::int64_t>()};
  film.rating_count = row.next<std::optional<std::int64_t>>().value_or(0);
  film.rating_average = average_of(row.next<std::optional<std::int64_t>>().value_or(0), film.rating_count);
  return film;
}

std::int64_t count_films(Transaction& transaction, const FilmFilter& filter, std::int64_t most) {
  const std::vector<std::string> words = word_patterns(filter.title_like);
  const pqxx::result rows = run(transaction, compose_count(filter, words.size()), filter, words, std::nullopt, most);
  return RowReader{rows[0]}.next<std::int64_t>();
}

FilmPage list_films(Transaction& transaction, const FilmFilter& filter, const std::optional<FilmPosition>& after,
                    int limit) {
  const pqxx::result rows = query_page(transaction, filter, after, limit);
  FilmPage page;
  for (const pqxx::row& columns : rows) {
    if (page.items.size() == static_cast<std::size_t>(limit)) {
      break;
    }
    RowReader row{columns};
    page.items.push_back(read_film_summary(row));
    if (std::ssize(page.items) == limit && std::ssize(rows) > limit) {
      page.next = FilmPosition{.key = row.next<std::string>(), .id = page.items.back().id};
    }
  }
  return page;
}

}  // namespace foyer::persistence
