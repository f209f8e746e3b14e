// Which film a record of an import is: take_repeats and identify of film_import.hpp.
#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <utility>

#include "persistence/film_import.hpp"
#include "persistence/transaction_impl.hpp"

namespace foyer::persistence {
namespace {

using SourceAndId = std::pair<std::string, std::string>;

constexpr std::string_view made_up = "title";  // the source of an id that the import made of title and year

std::string title_key(const FilmRecord& film) { return film.search_key.substr(0, film.search_key.find(" | ")); }

std::vector<std::string> director_keys(const FilmRecord& film) {
  std::vector<std::string> keys;
  for (const FilmRecord::Person& person : film.crew) {
    if (person.role == "Director") {
      keys.push_back(person.name_key);
    }
  }
  return keys;
}

constexpr Statement films_by_external_ids{"films_by_external_ids", R"(
  select e.source, e.id, e.film_id
  from unnest($1::text[], $2::text[]) as wanted (source, id)
  join film_external_ids e on e.source = wanted.source and e.id = wanted.id)"};

std::map<SourceAndId, FilmId> find_known(Transaction& transaction, const std::vector<ImportLine>& lines) {
  ArrayText sources;
  ArrayText ids;
  for (const ImportLine& line : lines) {
    for (const ExternalId& external : line.film.external_ids) {
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

// The index on sort_key knows the beginning of search_key only: a title alone, or followed by the bar.
constexpr Statement films_by_titles{"films_by_titles", R"(
  select wanted.line, f.id,
         array(select p.name_key from film_people c join people p on p.id = c.person_id
               where c.film_id = f.id and c.job = 'Director'),
         array(select e.source from film_external_ids e where e.film_id = f.id)
  from unnest($1::integer[], $2::text[], $3::integer[]) as wanted (line, key, year)
  join lateral (
    select id, search_key, sort_year from films where sort_key = left(wanted.key, 80)
    union
    select id, search_key, sort_year from films
    where sort_key >= left(wanted.key || ' | ', 80) and sort_key < left(wanted.key || ' | ', 80) || chr(1114111)) f
    on split_part(f.search_key, ' | ', 1) = wanted.key and f.sort_year between wanted.year - 1 and wanted.year + 1)"};

bool overlap(const std::vector<std::string>& some, const std::vector<std::string>& others) {
  return std::ranges::any_of(some, [&](const std::string& each) { return std::ranges::count(others, each) > 0; });
}

// Where a source has given the film there another id than the one here, they are two films.
bool told_apart(const FilmRecord& film, const std::vector<std::string>& sources) {
  return std::ranges::any_of(film.external_ids, [&](const ExternalId& external) {
    return external.source != made_up && std::ranges::count(sources, external.source) > 0;
  });
}

// Lines that no id led to a film, by title, year and director. Two films to choose from are no answer.
void find_by_title(Transaction& transaction, std::vector<ImportLine>& lines) {
  ArrayText numbers;
  ArrayText keys;
  ArrayText years;
  for (std::size_t at = 0; at < lines.size(); ++at) {
    const FilmRecord& film = lines[at].film;
    if (lines[at].added && film.year && !title_key(film).empty() && !director_keys(film).empty()) {
      numbers.add(static_cast<std::int64_t>(at));
      keys.add(title_key(film));
      years.add(std::int64_t{*film.year});
    }
  }
  std::map<std::size_t, std::set<FilmId>> found;
  for (const pqxx::row& columns : execute(transaction, films_by_titles, numbers.take(), keys.take(), years.take())) {
    RowReader row{columns};
    const auto at = row.next<std::size_t>();
    const auto id = row.next<FilmId>();
    const auto directors = row.next<std::vector<std::string>>();
    const auto sources = row.next<std::vector<std::string>>();
    if (overlap(director_keys(lines[at].film), directors) && !told_apart(lines[at].film, sources)) {
      found[at].insert(id);
    }
  }
  for (const auto& [at, films] : found) {
    if (films.size() == 1) {
      lines[at].id = *films.begin();
      lines[at].added = false;
    }
  }
}

template <class Condition>
std::vector<ImportLine> split_off(std::vector<ImportLine>& lines, Condition condition) {
  std::vector<ImportLine> kept;
  std::vector<ImportLine> taken;
  for (ImportLine& line : lines) {
    const bool take = condition(line);
    (take ? taken : kept).push_back(std::move(line));
  }
  lines = std::move(kept);
  return taken;
}

}  // namespace

std::vector<ImportLine> take_repeats(std::vector<ImportLine>& lines) {
  std::set<std::pair<std::string, std::string>> seen;
  return split_off(lines, [&](const ImportLine& line) {
    std::vector<std::pair<std::string, std::string>> names;
    for (const ExternalId& external : line.film.external_ids) {
      names.emplace_back("id " + external.source, external.id);
    }
    for (const std::string& director : director_keys(line.film)) {
      names.emplace_back("director " + director, title_key(line.film));
    }
    const bool repeated = std::ranges::any_of(names, [&](const auto& name) { return seen.contains(name); });
    seen.insert(names.begin(), names.end());
    return repeated;
  });
}

std::vector<ImportLine> identify(Transaction& transaction, std::vector<ImportLine>& lines) {
  const std::map<SourceAndId, FilmId> known = find_known(transaction, lines);
  for (ImportLine& line : lines) {
    line.added = true;
    line.new_ids.clear();
    for (const ExternalId& external : line.film.external_ids) {
      const auto found = known.find({external.source, external.id});
      if (found == known.end()) {
        line.new_ids.push_back(external);
      } else if (line.added) {
        line.id = found->second;
        line.added = false;
      }
    }
  }
  find_by_title(transaction, lines);
  // Two lines may name the same film by different ids: the second waits for the next round as well.
  std::set<FilmId> taken;
  return split_off(lines, [&](const ImportLine& line) { return !line.added && !taken.insert(line.id).second; });
}

}  // namespace foyer::persistence
