// What films can be narrowed by (0012_film_facets.sql).
#include "persistence/film_store.hpp"
#include "persistence/transaction_impl.hpp"
#include "protocol/limits.hpp"

namespace foyer::persistence {
namespace {

constexpr Statement facet_values{"facet_values", R"(
  select kind, value, films from (
    select kind, value, films, row_number() over (partition by kind order by films desc, value) as place
    from film_facets) ranked
  where place <= $1 order by kind, case when kind = 'decade' then -value::integer end, value)"};

constexpr Statement count_facets{"count_film_facets", "select count_film_facets()"};

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
  return RowReader{execute(transaction, count_facets)[0]}.next<std::int64_t>();
}

}  // namespace foyer::persistence
