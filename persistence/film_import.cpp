// upsert_films of film_store.hpp. A batch costs a fixed number of statements, however many films are in it.
#include "persistence/film_import.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <utility>

#include "persistence/transaction_impl.hpp"

namespace foyer::persistence {
namespace {

using SourceAndId = std::pair<std::string, std::string>;

// Two imports at once would make a film twice.
constexpr Statement import_alone{"import_alone", "select pg_advisory_xact_lock(7308332246)"};

constexpr Statement films_by_external_ids{"films_by_external_ids", R"(
  select e.source, e.id, e.film_id
  from unnest($1::text[], $2::text[]) as wanted (source, id)
  join film_external_ids e on e.source = wanted.source and e.id = wanted.id)"};

std::map<SourceAndId, FilmId> find_known(Transaction& transaction, const std::vector<FilmRecord>& films) {
  ArrayText sources;
  ArrayText ids;
  for (const FilmRecord& film : films) {
    for (const ExternalId& external : film.external_ids) {
      sources.add(external.source);
      ids.add(external.id);
    }
  }
  std::map<SourceAndId, FilmId> known;
  for (const pqxx::row& columns : execute(transaction, films_by_external_ids, sources.take(), ids.take())) {
    RowReader row{columns};
    auto source = row.next<std::string>();
    auto id = row.next<std::string>();
    known.emplace(SourceAndId{std::move(source), std::move(id)}, row.next<FilmId>());
  }
  return known;
}

constexpr Statement new_film_ids{"new_film_ids", R"(
  select nextval(pg_get_serial_sequence('films', 'id')) from generate_series(1, $1::integer))"};

void give_new_ids(Transaction& transaction, std::vector<ImportLine>& lines) {
  const auto count = std::ranges::count_if(lines, &ImportLine::added);
  const pqxx::result ids = execute(transaction, new_film_ids, count);
  pqxx::result::size_type used = 0;
  for (ImportLine& line : lines) {
    if (line.added) {
      line.id = RowReader{ids[used++]}.next<FilmId>();
    }
  }
}

// Lists inside a column travel as array literals of their own.
constexpr Statement upsert_film_rows{"upsert_films", R"(
  insert into films (id, slug, title, original_title, alternative_titles, year, release_date, runtime_minutes,
                     synopsis, synopsis_source, synopsis_url, genres, countries, languages, search_key)
  select id, slug, title, original_title, alternative_titles::text[], year, release_date, runtime_minutes, synopsis,
         synopsis_source, synopsis_url, genres::text[], countries::text[], languages::text[], search_key
  from unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::text[], $6::smallint[], $7::date[],
              $8::integer[], $9::text[], $10::text[], $11::text[], $12::text[], $13::text[], $14::text[], $15::text[])
    as given (id, slug, title, original_title, alternative_titles, year, release_date, runtime_minutes, synopsis,
              synopsis_source, synopsis_url, genres, countries, languages, search_key)
  on conflict (id) do update set
    (slug, title, original_title, alternative_titles, year, release_date, runtime_minutes, synopsis,
     synopsis_source, synopsis_url, genres, countries, languages, search_key) =
    (excluded.slug, excluded.title, excluded.original_title, excluded.alternative_titles, excluded.year,
     excluded.release_date, excluded.runtime_minutes, excluded.synopsis, excluded.synopsis_source,
     excluded.synopsis_url, excluded.genres, excluded.countries, excluded.languages, excluded.search_key)
  where
    (films.slug, films.title, films.original_title, films.alternative_titles, films.year, films.release_date,
     films.runtime_minutes, films.synopsis, films.synopsis_source, films.synopsis_url, films.genres,
     films.countries, films.languages, films.search_key) is distinct from
    (excluded.slug, excluded.title, excluded.original_title, excluded.alternative_titles, excluded.year,
     excluded.release_date, excluded.runtime_minutes, excluded.synopsis, excluded.synopsis_source,
     excluded.synopsis_url, excluded.genres, excluded.countries, excluded.languages, excluded.search_key)
  returning id)"};

std::set<FilmId> upsert_rows(Transaction& transaction, const std::vector<ImportLine>& lines) {
  std::array<ArrayText, 15> columns;
  for (const ImportLine& line : lines) {
    const FilmRecord& film = *line.film;
    columns[0].add(line.id);
    columns[1].add(film.slug);
    columns[2].add(film.title);
    columns[3].add(film.original_title);
    columns[4].add(array_text(film.alternative_titles));
    columns[5].add(film.year);
    columns[6].add(film.release_date.empty() ? std::nullopt : std::optional(film.release_date));
    columns[7].add(film.runtime_minutes);
    columns[8].add(film.synopsis);
    columns[9].add(film.synopsis_source);
    columns[10].add(film.synopsis_url);
    columns[11].add(array_text(film.genres));
    columns[12].add(array_text(film.countries));
    columns[13].add(array_text(film.languages));
    columns[14].add(film.search_key);
  }
  std::array<Parameter, 15> parameters = [&]<std::size_t... Index>(std::index_sequence<Index...>) {
    return std::array<Parameter, 15>{Parameter(columns[Index].take())...};
  }(std::make_index_sequence<15>{});
  std::set<FilmId> touched;
  for (const pqxx::row& row :
       execute_prepared(transaction.impl(), upsert_film_rows, parameters.data(), parameters.size())) {
    touched.insert(RowReader{row}.next<FilmId>());
  }
  return touched;
}

// Ids that are already another film's stay there.
constexpr Statement insert_external_ids{"insert_external_ids", R"(
  insert into film_external_ids (film_id, source, id)
  select * from unnest($1::bigint[], $2::text[], $3::text[])
  on conflict do nothing returning film_id)"};

std::set<FilmId> add_external_ids(Transaction& transaction, const std::vector<ImportLine>& lines) {
  ArrayText films;
  ArrayText sources;
  ArrayText ids;
  for (const ImportLine& line : lines) {
    for (const ExternalId& external : line.film->external_ids) {
      films.add(line.id);
      sources.add(external.source);
      ids.add(external.id);
    }
  }
  std::set<FilmId> touched;
  for (const pqxx::row& row : execute(transaction, insert_external_ids, films.take(), sources.take(), ids.take())) {
    touched.insert(RowReader{row}.next<FilmId>());
  }
  return touched;
}

// Splits off the lines whose film an earlier line of the batch names too: they come after it, in a round of their
// own, and find it in the tables.
std::vector<FilmRecord> take_repeats(std::vector<FilmRecord>& films) {
  std::set<SourceAndId> seen;
  std::vector<FilmRecord> once;
  std::vector<FilmRecord> repeats;
  for (FilmRecord& film : films) {
    const bool repeated = std::ranges::any_of(
        film.external_ids, [&](const ExternalId& external) { return seen.contains({external.source, external.id}); });
    for (const ExternalId& external : film.external_ids) {
      seen.emplace(external.source, external.id);
    }
    (repeated ? repeats : once).push_back(std::move(film));
  }
  films = std::move(once);
  return repeats;
}

// Two lines may name the same film by different ids, known already: the second waits for the next round as well.
std::vector<ImportLine> identify(Transaction& transaction, std::vector<FilmRecord>& films,
                                 std::vector<FilmRecord>& repeats) {
  const std::map<SourceAndId, FilmId> known = find_known(transaction, films);
  std::set<FilmId> taken;
  std::vector<ImportLine> lines;
  for (FilmRecord& film : films) {
    ImportLine line{.film = &film, .id = {}, .added = true};
    for (const ExternalId& external : film.external_ids) {
      if (const auto found = known.find({external.source, external.id}); line.added && found != known.end()) {
        line.id = found->second;
        line.added = false;
      }
    }
    if (!line.added && !taken.insert(line.id).second) {
      repeats.push_back(std::move(film));
    } else {
      lines.push_back(line);
    }
  }
  give_new_ids(transaction, lines);
  return lines;
}

void count(const std::vector<ImportLine>& lines, ImportCounts& counts) {
  for (const ImportLine& line : lines) {
    if (line.added) {
      ++counts.added;
    } else if (line.changed) {
      ++counts.changed;
    } else {
      ++counts.unchanged;
    }
  }
}

}  // namespace

ImportCounts upsert_films(Transaction& transaction, const std::vector<FilmRecord>& films) {
  execute(transaction, import_alone);
  ImportCounts counts;
  for (std::vector<FilmRecord> round = films; !round.empty();) {
    std::vector<FilmRecord> repeats = take_repeats(round);
    std::vector<ImportLine> lines = identify(transaction, round, repeats);
    const std::set<FilmId> rows = upsert_rows(transaction, lines);
    const std::set<FilmId> ids = add_external_ids(transaction, lines);
    for (ImportLine& line : lines) {
      line.changed = rows.contains(line.id) || ids.contains(line.id);
    }
    update_credits(transaction, lines);
    count(lines, counts);
    round = std::move(repeats);
  }
  return counts;
}

void analyze_films(Transaction& transaction) {
  constexpr Statement analyze{"analyze_films", "analyze films, people, film_people, film_external_ids"};
  execute(transaction, analyze);
}

}  // namespace foyer::persistence
