// find_film_subject of related_store.hpp.
#include "persistence/related_store.hpp"
#include "persistence/transaction_impl.hpp"

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

}  // namespace foyer::persistence
