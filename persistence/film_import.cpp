// upsert_films of film_store.hpp. A batch costs a fixed number of statements, however many films are in it.
#include "persistence/film_import.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <iterator>
#include <set>
#include <utility>

#include "persistence/transaction_impl.hpp"
#include "protocol/limits.hpp"

namespace foyer::persistence {
namespace {

// Two imports at once would make a film twice. The setting tells the triggers of migration 0011 that nobody edits here.
constexpr Statement import_alone{"import_alone", R"(
  select pg_advisory_xact_lock(7308332246), set_config('foyer.importing', 'on', true))"};

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

std::vector<std::string> changed_fields(const FilmRecord& before, const FilmRecord& after) {
  std::vector<std::string> fields;
  const auto note = [&](const char* field, bool same) {
    if (!same) {
      fields.emplace_back(field);
    }
  };
  note("title", before.title == after.title && before.slug == after.slug);
  note("original_title", before.original_title == after.original_title);
  note("alternative_titles", before.alternative_titles == after.alternative_titles);
  note("year", before.year == after.year);
  note("release_date", before.release_date == after.release_date);
  note("runtime_minutes", before.runtime_minutes == after.runtime_minutes);
  note("synopsis", before.synopsis == after.synopsis && before.synopsis_source == after.synopsis_source &&
                       before.synopsis_url == after.synopsis_url);
  note("genres", before.genres == after.genres);
  note("countries", before.countries == after.countries);
  note("languages", before.languages == after.languages);
  note("cast", same_people(before.cast, after.cast));
  note("crew", same_people(before.crew, after.crew));
  if (fields.empty()) {
    note("search_key", before.search_key == after.search_key);  // words are folded in another way by now
  }
  return fields;
}

void merge(Transaction& transaction, std::vector<ImportLine>& lines, const FilmImport& import,
           const std::set<FilmId>& told_in_batch) {
  std::vector<FilmId> ids;
  for (const ImportLine& line : lines) {
    if (!line.added) {
      ids.push_back(line.id);
    }
  }
  std::map<FilmId, StoredFilm> present = read_film_records(transaction, ids);
  for (ImportLine& line : lines) {
    if (line.added) {
      continue;
    }
    StoredFilm& stored = present.at(line.id);
    stored.told_before = import.told.contains(line.id.value) || told_in_batch.contains(line.id);
    if (import.merge) {
      line.film = import.merge(stored, line.film);
    }
    line.changed_fields = changed_fields(stored.film, line.film);
    if (!line.new_ids.empty()) {
      line.changed_fields.emplace_back("external_ids");
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
     excluded.synopsis_url, excluded.genres, excluded.countries, excluded.languages, excluded.search_key))"};

constexpr Statement insert_external_ids{"insert_external_ids", R"(
  insert into film_external_ids (film_id, source, id)
  select * from unnest($1::bigint[], $2::text[], $3::text[])
  on conflict do nothing)"};

void add_external_ids(Transaction& transaction, const std::vector<const ImportLine*>& lines) {
  ArrayText films;
  ArrayText sources;
  ArrayText ids;
  for (const ImportLine* line : lines) {
    for (const ExternalId& external : line->new_ids) {
      films.add(line->id);
      sources.add(external.source);
      ids.add(external.id);
    }
  }
  execute(transaction, insert_external_ids, films.take(), sources.take(), ids.take());
}

bool credits_changed(const ImportLine& line) {
  return line.added || std::ranges::any_of(line.changed_fields,
                                           [](const std::string& field) { return field == "cast" || field == "crew"; });
}

void write(Transaction& transaction, std::vector<ImportLine>& lines) {
  give_new_ids(transaction, lines);
  std::vector<const ImportLine*> rows;
  std::vector<const ImportLine*> credits;
  for (const ImportLine& line : lines) {
    if (line.added || !line.changed_fields.empty()) {
      rows.push_back(&line);
    }
    if (credits_changed(line)) {
      credits.push_back(&line);
    }
  }
  if (!rows.empty()) {
    write_film_rows(transaction, rows);
    add_external_ids(transaction, rows);
  }
  if (!credits.empty()) {
    replace_credits(transaction, credits, {"cast", "crew"});
  }
}

// In a dry run a film that would have been added is in no table; its repeats are known by its ids.
bool pretended(const ImportLine& line, FilmImport& import) {
  bool known = false;
  for (const ExternalId& external : line.film.external_ids) {
    known |= !import.added_ids.insert(std::hash<std::string>{}(external.source + '\t' + external.id)).second;
  }
  return known;
}

void count(std::vector<ImportLine>& lines, FilmImport& import, ImportedBatch& counts) {
  for (ImportLine& line : lines) {
    ImportedFilm& film = counts.films[line.index];
    film.id = line.id;
    if (line.added && !(import.dry_run && pretended(line, import))) {
      film.outcome = FilmOutcome::added;
      ++counts.added;
    } else if (line.added || !line.changed_fields.empty()) {
      film.outcome = FilmOutcome::changed;
      film.changed_fields = std::move(line.changed_fields);
      ++counts.changed;
    } else {
      ++counts.unchanged;
    }
  }
}

}  // namespace

void write_film_rows(Transaction& transaction, const std::vector<const ImportLine*>& lines) {
  std::array<ArrayText, 15> columns;
  for (const ImportLine* line : lines) {
    const FilmRecord& film = line->film;
    columns[0].add(line->id);
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
  execute_prepared(transaction.impl(), upsert_film_rows, parameters.data(), parameters.size());
}

ImportedBatch upsert_films(Transaction& transaction, const std::vector<FilmRecord>& films, FilmImport& import) {
  if (!import.dry_run) {
    take_time(transaction);
    execute(transaction, import_alone);
  }
  ImportedBatch counts;
  counts.films.resize(films.size());
  std::vector<ImportLine> round;
  for (const FilmRecord& film : films) {
    round.push_back(
        {.index = round.size(), .film = film, .id = {}, .added = false, .new_ids = {}, .changed_fields = {}});
  }
  std::set<FilmId> told;
  while (!round.empty()) {
    std::vector<ImportLine> repeats = take_repeats(round);
    std::vector<ImportLine> more = identify(transaction, round);
    std::move(more.begin(), more.end(), std::back_inserter(repeats));
    merge(transaction, round, import, told);
    if (!import.dry_run) {
      write(transaction, round);
    }
    count(round, import, counts);
    for (const ImportLine& line : round) {
      told.insert(line.id);
    }
    round = std::move(repeats);
  }
  return counts;
}

ImportedBatch upsert_films(Transaction& transaction, const std::vector<FilmRecord>& films) {
  FilmImport replacing;
  return upsert_films(transaction, films, replacing);
}

void take_time(Transaction& transaction) {
  constexpr Statement take{"take_time", R"(
    select set_config('statement_timeout', '0', true), set_config('lock_timeout', $1, true))"};
  execute(transaction, take, std::to_string(std::chrono::milliseconds(limits::import_lock_time).count()));
}

void analyze_films(Transaction& transaction) {
  constexpr Statement analyze{"analyze_films", "analyze films, people, film_people, film_external_ids"};
  execute(transaction, analyze);
}

}  // namespace foyer::persistence
