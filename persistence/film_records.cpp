// Films as records, the way an import compares and an export writes them.
#include <algorithm>

#include "persistence/film_rows.hpp"

namespace foyer::persistence {
namespace {

constexpr Statement film_records{"film_records", R"(
  select id, slug, title, original_title, alternative_titles, year, release_date, runtime_minutes, synopsis,
         synopsis_source, synopsis_url, genres, countries, languages, search_key, edited_fields
  from films where id = any ($1::bigint[]))"};

constexpr Statement people_of_records{"people_of_records", R"(
  select fp.film_id, fp.department, p.name, p.slug, p.name_key, fp.job, fp.character
  from film_people fp join people p on p.id = fp.person_id
  where fp.film_id = any ($1::bigint[]) order by fp.film_id, fp.department, fp.position)"};

constexpr Statement ids_of_records{"ids_of_records", R"(
  select film_id, source, id from film_external_ids where film_id = any ($1::bigint[]) order by film_id, source, id)"};

constexpr Statement film_ids_after{"film_ids_after", "select id from films where id > $1 order by id limit $2"};

StoredFilm read_row(RowReader row) {
  StoredFilm stored;
  FilmRecord& film = stored.film;
  stored.id = row.next<FilmId>();
  read_film_columns(row, film);
  film.search_key = row.next<std::string>();
  stored.edited_fields = row.next<std::vector<std::string>>();
  return stored;
}

void read_person(RowReader row, std::map<FilmId, StoredFilm>& films) {
  FilmRecord& film = films.at(row.next<FilmId>()).film;
  const bool cast = row.next<std::string>() == "cast";
  FilmRecord::Person person;
  person.name = row.next<std::string>();
  person.slug = row.next<std::string>();
  person.name_key = row.next<std::string>();
  const auto job = row.next<std::string>();
  const auto character = row.next<std::string>();
  person.role = cast ? character : job;
  (cast ? film.cast : film.crew).push_back(std::move(person));
}

}  // namespace

bool same_people(const std::vector<FilmRecord::Person>& some, const std::vector<FilmRecord::Person>& others) {
  return std::ranges::equal(some, others, [](const FilmRecord::Person& one, const FilmRecord::Person& other) {
    return one.name_key == other.name_key && one.role == other.role;
  });
}

std::map<FilmId, StoredFilm> read_film_records(Transaction& transaction, const std::vector<FilmId>& films) {
  const std::string ids = array_text(films);
  std::map<FilmId, StoredFilm> records;
  for (const pqxx::row& columns : execute(transaction, film_records, ids)) {
    StoredFilm stored = read_row(RowReader{columns});
    const FilmId id = stored.id;
    records.emplace(id, std::move(stored));
  }
  for (const pqxx::row& columns : execute(transaction, people_of_records, ids)) {
    read_person(RowReader{columns}, records);
  }
  for (const pqxx::row& columns : execute(transaction, ids_of_records, ids)) {
    RowReader row{columns};
    FilmRecord& film = records.at(row.next<FilmId>()).film;
    film.external_ids.push_back({.source = row.next<std::string>(), .id = row.next<std::string>()});
  }
  return records;
}

std::vector<FilmId> next_film_ids(Transaction& transaction, FilmId after, int limit) {
  std::vector<FilmId> ids;
  for (const pqxx::row& columns : execute(transaction, film_ids_after, after, limit)) {
    ids.push_back(RowReader{columns}.next<FilmId>());
  }
  return ids;
}

}  // namespace foyer::persistence
