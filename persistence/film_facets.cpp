// What films can be narrowed by (0012_film_facets.sql).
#include "persistence/film_store.hpp"
#include "persistence/transaction_impl.hpp"
#include "protocol/limits.hpp"

namespace foyer::persistence {
namespace {

constexpr Statement facet_values{"facet_values", R"(
  select given.kind, most.value, most.films
  from unnest(array['decade', 'genre', 'country', 'language']) given (kind)
  cross join lateral (
    select value, films from film_facets where kind = given.kind and films > 0
    order by films desc, value collate "C" limit $1) most
  order by case when given.kind = 'decade' then -most.value::integer end, most.value)"};

// By a statement of its own: the function takes the lock only after those of the rows that it changes, and two of them
// would wait for each other.
constexpr Statement lock_facets{"lock_film_facets", "lock table film_facets in share row exclusive mode"};
constexpr Statement count_facets{"count_film_facets", "select count_film_facets()"};

// In order, so that no two edits wait for each other.
constexpr Statement move_facets{"move_film_facets", R"(
  insert into film_facets as counted (kind, value, films)
  select kind, value, sum(films) from unnest($1::text[], $2::text[], $3::bigint[]) given (kind, value, films)
  group by kind, value having sum(films) <> 0 order by kind, value
  on conflict (kind, value) do update set films = counted.films + excluded.films)"};

class MovedFacets {
 public:
  void add(const FilmRecord& film, int films) {
    if (film.year) {
      add("decade", std::to_string(*film.year / 10 * 10), films);
    }
    for (const std::string& genre : film.genres) add("genre", genre, films);
    for (const std::string& country : film.countries) add("country", country, films);
    for (const std::string& language : film.languages) add("language", language, films);
  }

  void write(Transaction& transaction) {
    execute(transaction, move_facets, kinds_.take(), values_.take(), films_.take());
  }

 private:
  void add(const std::string& kind, const std::string& value, int films) {
    kinds_.add(kind);
    values_.add(value);
    films_.add(films);
  }

  ArrayText kinds_;
  ArrayText values_;
  ArrayText films_;
};

}  // namespace

FilmFacets read_film_facets(Transaction& transaction) {
  FilmFacets facets;
  for (const pqxx::row& columns : execute(transaction, facet_values, limits::facet_values)) {
    RowReader row{columns};
    const auto kind = row.next<std::string>();
    auto& values = kind == "decade"    ? facets.decades
                   : kind == "genre"   ? facets.genres
                   : kind == "country" ? facets.countries
                                       : facets.languages;
    auto value = row.next<std::string>();
    values.push_back({std::move(value), row.next<std::int64_t>()});
  }
  return facets;
}

std::int64_t count_film_facets(Transaction& transaction) {
  execute(transaction, lock_facets);
  return RowReader{execute(transaction, count_facets)[0]}.next<std::int64_t>();
}

void move_film_facets(Transaction& transaction, const FilmRecord& before, const FilmRecord& after) {
  MovedFacets moved;
  moved.add(before, -1);
  moved.add(after, 1);
  moved.write(transaction);
}

}  // namespace foyer::persistence
