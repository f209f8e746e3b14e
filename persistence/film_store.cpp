#include "persistence/film_store.hpp"

#include "persistence/film_rows.hpp"
#include "persistence/rating_store.hpp"

namespace foyer::persistence {
namespace {

constexpr Statement film_by_id{"film_by_id", R"(
  select id, slug, title, original_title, alternative_titles, year, release_date, runtime_minutes, synopsis,
         synopsis_source, synopsis_url, genres, countries, languages
  from films where id = $1)"};

constexpr Statement people_of_film{"people_of_film", R"(
  select fp.department, p.id, p.name, fp.job, fp.character
  from film_people fp join people p on p.id = fp.person_id
  where fp.film_id = $1 order by fp.department, fp.position)"};

// Not what the import made of title and year, to know the film again.
constexpr Statement external_ids_of_film{"external_ids_of_film", R"(
  select source, id from film_external_ids where film_id = $1 and source <> 'title' order by source, id)"};

constexpr Statement film_by_external_id{"film_by_external_id", R"(
  select film_id from film_external_ids where source = $1 and id = $2)"};

// In the order asked for.
constexpr Statement film_links_by_id{"film_links_by_id", R"(
  select f.id, f.slug, f.title, f.year
  from unnest($1::bigint[]) with ordinality as wanted (id, place) join films f on f.id = wanted.id
  order by wanted.place)"};

constexpr Statement person_by_id{"person_by_id", "select id, slug, name, variants from people where id = $1"};

constexpr Statement filmography{"filmography", R"(
  select f.id, f.slug, f.title, f.year, fp.job, fp.character
  from film_people fp join films f on f.id = fp.film_id
  where fp.person_id = $1 order by f.sort_year desc, f.id desc, fp.department, fp.position limit 1000)"};

FilmView read_film(const pqxx::row& columns) {
  RowReader row{columns};
  FilmView film;
  film.id = row.next<FilmId>();
  read_film_columns(row, film);
  return film;
}

void read_people(Transaction& transaction, FilmView& film) {
  for (const pqxx::row& columns : execute(transaction, people_of_film, film.id)) {
    RowReader row{columns};
    const bool cast = row.next<std::string>() == "cast";
    const auto id = row.next<PersonId>();
    auto name = row.next<std::string>();
    auto job = row.next<std::string>();
    auto character = row.next<std::string>();
    if (cast) {
      film.cast.push_back({.id = id, .name = std::move(name), .character = std::move(character)});
    } else {
      film.crew.push_back({.id = id, .name = std::move(name), .job = std::move(job)});
    }
  }
}

}  // namespace

FilmLink read_film_link(RowReader& row) {
  return {.id = row.next<FilmId>(),
          .slug = row.next<std::string>(),
          .title = row.next<std::string>(),
          .year = row.next<std::optional<int>>()};
}

std::optional<FilmView> find_film(Transaction& transaction, FilmId film) {
  const pqxx::result rows = execute(transaction, film_by_id, film);
  if (rows.empty()) {
    return std::nullopt;
  }
  FilmView view = read_film(rows[0]);
  read_people(transaction, view);
  for (const pqxx::row& columns : execute(transaction, external_ids_of_film, film)) {
    RowReader row{columns};
    view.external_ids.push_back({.source = row.next<std::string>(), .id = row.next<std::string>()});
  }
  view.rating = find_rating(transaction, film);
  return view;
}

std::optional<FilmLink> find_film_link(Transaction& transaction, FilmId film) {
  std::vector<FilmLink> links = find_film_links(transaction, {film});
  return links.empty() ? std::nullopt : std::optional(std::move(links.front()));
}

std::optional<FilmId> find_film_by_external_id(Transaction& transaction, const ExternalId& external_id) {
  const pqxx::result rows = execute(transaction, film_by_external_id, external_id.source, external_id.id);
  return rows.empty() ? std::nullopt : std::optional(RowReader{rows[0]}.next<FilmId>());
}

std::vector<FilmLink> find_film_links(Transaction& transaction, const std::vector<FilmId>& films) {
  std::vector<FilmLink> links;
  for (const pqxx::row& columns : execute(transaction, film_links_by_id, films)) {
    RowReader row{columns};
    links.push_back(read_film_link(row));
  }
  return links;
}

std::optional<PersonView> find_person(Transaction& transaction, PersonId person) {
  const pqxx::result rows = execute(transaction, person_by_id, person);
  if (rows.empty()) {
    return std::nullopt;
  }
  RowReader row{rows[0]};
  PersonView view{.id = row.next<PersonId>(),
                  .slug = row.next<std::string>(),
                  .name = row.next<std::string>(),
                  .variants = row.next<std::vector<std::string>>(),
                  .filmography = {}};
  for (const pqxx::row& columns : execute(transaction, filmography, person)) {
    RowReader credit{columns};
    FilmLink film = read_film_link(credit);
    view.filmography.push_back(
        {.film = std::move(film), .job = credit.next<std::string>(), .character = credit.next<std::string>()});
  }
  return view;
}

}  // namespace foyer::persistence
