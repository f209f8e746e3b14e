// Lists of films: one statement per sort and set of filters, so that each has its own plan.
#include <algorithm>
#include <iterator>
#include <string>

#include "persistence/film_rows.hpp"
#include "persistence/rating_store.hpp"
#include "protocol/limits.hpp"

namespace foyer::persistence {

std::string film_summary_columns(std::string_view thread_count) {
  return std::string(R"(
  select f.id, f.slug, f.title, f.year,
         coalesce((select p.name from film_people fp join people p on p.id = fp.person_id
                   where fp.film_id = f.id and fp.department = 'crew' and fp.job = 'Director'
                   order by fp.position limit 1), ''),
         f.countries, )")
      .append(thread_count)
      .append(R"(,
         (select count from film_ratings where film_id = f.id),
         (select total from film_ratings where film_id = f.id),
         )");
}

namespace {

// Lists by activity go by the hour of each film's newest post, see 0017_film_lists.sql, and ask for the moment only the
// films that can be on the page: those of its hours, from the hour of the position down to the one where enough films
// of earlier hours are. Where films are narrowed to few, these are gathered first; or else films are walked by their
// hour.
enum class Way { gathered, walked };

// $1 is the moment of the position, null on a first page. How many films of earlier hours are enough is written into
// the statement: what the planner does not know it takes for a tenth of all, and sorts them.
std::string moments_of_possible_films(int enough) {
  return R"(,
  earlier as materialized (
    select id, hour from matching where hour < coalesce(activity_hour($1::timestamptz), 9223372036854775807)
    order by hour desc, id desc limit )" +
         std::to_string(enough) + R"(),
  possible as materialized (
    select id from earlier
    union select id from matching where hour = (select hour from earlier order by hour limit 1)
    union select id from matching where hour = activity_hour($1::timestamptz)),
  latest as (
    select p.id, shown.active_at, shown.threads
    from possible p cross join lateral (
      select max(t.active_at) as active_at, count(*) filter (where t.kind <> 'comments') as threads
      from thread_films tf join threads t on t.id = tf.thread_id
      where tf.film_id = p.id and t.post_count > 0 and not t.emptied) shown)
)";
}

// The title that is just this first, then the one that begins so, among these what is rated and talked about.
constexpr std::string_view by_relevance = R"(
  from films f left join film_ratings r on r.film_id = f.id
  cross join lateral (select (1000 * (
      case when split_part(f.search_key, ' | ', 1) = $11 then 8
           when position(' | ' || $11 || ' | ' in ' | ' || f.search_key || ' | ') > 0 then 7
           when starts_with(f.search_key, $11) then 4 else 0 end
      + ln(1 + coalesce(r.count, 0)) / 3 + case when f.discussed then 0.5 else 0 end))::bigint as rank) best
  where true)";

struct SortText {
  std::string_view name;
  std::string_view key;  // selected, and read back as the position of the next page
  std::string_view from;
  std::string_view after;        // parameters 1 and 2
  std::string_view no_position;  // their names on a first page
  std::string_view order;
};

SortText sort_text(FilmSort sort) {
  switch (sort) {
    case FilmSort::year:
      return {"year",
              "f.sort_year",
              " from films f where true",
              " and (f.sort_year, f.id) < ($1::integer, $2::bigint)",
              " and $1::integer is null and $2::bigint is null",
              " order by f.sort_year desc, f.id desc"};
    case FilmSort::rating:
      return {"rating",
              "best.rank",
              " from film_ratings best join films f on f.id = best.film_id where best.count > 0",
              " and (best.rank, best.film_id) < ($1::double precision, $2::bigint)",
              " and $1::double precision is null and $2::bigint is null",
              " order by best.rank desc, best.film_id desc"};
    case FilmSort::relevance:
      return {"relevance",
              "best.rank",
              by_relevance,
              " and (best.rank, f.id) < ($1::bigint, $2::bigint)",
              " and $1::bigint is null and $2::bigint is null",
              " order by best.rank desc, f.id desc"};
    case FilmSort::activity:
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

constexpr std::string_view not_mine = "$12::bigint is null";

struct MineText {
  std::string_view name;
  std::string_view condition;
};

MineText mine_text(Mine mine) {
  switch (mine) {
    case Mine::watchlist:
      return {"watchlist",
              "f.id in (select film_id from film_marks where member_id = $12::bigint and wanted_at is not null)"};
    case Mine::seen:
      return {"seen", "f.id in (select film_id from film_marks where member_id = $12::bigint and seen_at is not null)"};
    case Mine::rated:
      return {"rated", "f.id in (select film_id from ratings where member_id = $12::bigint)"};
    case Mine::any:
      break;
  }
  return {"", not_mine};
}

// Parameters have fixed places, 1 to 12. One that the statement does not need is named once all the same, or
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
         "array[f.sort_year / 10 * 10] @> array[$3::integer / 10 * 10] and f.year is not null", "$3::integer is null");
  choose(list, !filter.genre.empty(), "genre", "f.genres @> array[$4::text]", "$4::text is null");
  choose(list, filter.person.has_value(), "person",
         "f.id in (select film_id from film_people where person_id = $5::bigint)", "$5::bigint is null");
  choose(list, words > 0, "word", "f.search_key like $6::text", "$6::text is null");
  choose(list, words > 1, "words", "f.search_key like all ($7::text[])", "$7::text[] is null");
  choose(list, !filter.country.empty(), "country", "f.countries @> array[$9::text]", "$9::text is null");
  choose(list, !filter.language.empty(), "language", "f.languages @> array[$10::text]", "$10::text is null");
  choose(list, filter.discussed == Discussed::ever, "discussed", "array[f.discussed] @> array[true]", "true");
  choose(list, filter.discussed == Discussed::now, "now",
         "f.id in (select film_id from film_activity where hour >= activity_hour(now() - interval '1 day'))", "true");
  const MineText mine = mine_text(filter.mine);
  choose(list, filter.mine != Mine::any, mine.name, mine.condition, not_mine);
  list.sql.append(" and ($11::text is null or true)");  // only one order needs it
}

ListStatement compose(const FilmFilter& filter, bool first_page, std::size_t words) {
  const SortText sort = sort_text(filter.sort);
  ListStatement list{.name = "list_films_" + std::string(sort.name), .sql = film_summary_columns()};
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

ListStatement compose_by_activity(const FilmFilter& filter, Way way, std::size_t words, int wanted) {
  const int enough = wanted <= limits::films_per_page + 1 ? limits::films_per_page + 1 : limits::page_items_max + 1;
  ListStatement list{.name = "list_films_activity_" + std::to_string(enough), .sql = "with matching as "};
  if (way == Way::gathered) {
    list.name += "_gathered";
    list.sql.append(R"(materialized (
      select f.id, a.hour from films f join film_activity a on a.film_id = f.id
      where array[f.discussed] @> array[true])");
    narrow(list, filter, words);
    list.sql.append(")");
  } else {
    list.sql.append(R"(not materialized (
      select a.film_id as id, a.hour from film_activity a
      cross join lateral (select from films f where f.id = a.film_id)");
    narrow(list, filter, words);
    list.sql.append(" limit 1) f)");
  }
  list.sql.append(moments_of_possible_films(enough))
      .append(film_summary_columns("latest.threads"))
      .append(R"(latest.active_at
  from latest join films f on f.id = latest.id
  where (latest.active_at, f.id)
        < (coalesce($1::timestamptz, 'infinity'), coalesce($2::bigint, 9223372036854775807))
  order by latest.active_at desc, f.id desc limit $8::bigint)");
  return list;
}

// No further than it is asked to count. A list by activity has the films that are discussed, whenever that was.
ListStatement compose_count(FilmFilter filter, std::size_t words) {
  if (filter.sort == FilmSort::activity) {
    filter.sort = FilmSort::year;
    filter.discussed = std::max(filter.discussed, Discussed::ever);
  }
  if (filter.sort == FilmSort::relevance) {
    filter.sort = FilmSort::title;
  }
  const SortText sort = sort_text(filter.sort);
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
                 unless(filter.country.empty(), filter.country), unless(filter.language.empty(), filter.language),
                 filter.title_like, unless(filter.mine == Mine::any, filter.member.value_or(UserId{})));
}

bool narrowed(const FilmFilter& filter) {
  return filter.decade || !filter.genre.empty() || filter.person || !filter.title_like.empty() ||
         !filter.country.empty() || !filter.language.empty() || filter.discussed == Discussed::now ||
         filter.mine != Mine::any;
}

// One row more than a page tells whether there is another page.
pqxx::result query_page(Transaction& transaction, const FilmFilter& filter, const std::optional<FilmPosition>& after,
                        int limit, std::optional<std::int64_t> counted) {
  const std::vector<std::string> words = word_patterns(filter.title_like);
  if (filter.sort != FilmSort::activity) {
    return run(transaction, compose(filter, !after, words.size()), filter, words, after, limit + 1);
  }
  const bool few =
      narrowed(filter) &&
      (counted ? *counted : count_films(transaction, filter, limits::counted_films + 1)) <= limits::counted_films;
  const Way way = few ? Way::gathered : Way::walked;
  return run(transaction, compose_by_activity(filter, way, words.size(), limit + 1), filter, words, after, limit + 1);
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
                    int limit, std::optional<std::int64_t> counted) {
  const pqxx::result rows = query_page(transaction, filter, after, limit, counted);
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
