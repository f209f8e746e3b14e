#include "server/forum/film_export.hpp"

#include <algorithm>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "protocol/limits.hpp"

namespace foyer::forum {
namespace {

namespace json = boost::json;

using persistence::FilmRecord;
using persistence::Transaction;

void put(json::object& line, std::string_view field, const std::string& text) {
  if (!text.empty()) {
    line[field] = text;
  }
}

void put(json::object& line, std::string_view field, const std::optional<int>& number) {
  if (number) {
    line[field] = *number;
  }
}

void put(json::object& line, std::string_view field, const std::vector<std::string>& texts) {
  if (!texts.empty()) {
    line[field] = json::array(texts.begin(), texts.end());
  }
}

void put(json::object& line, std::string_view field, const std::vector<FilmRecord::Person>& people,
         std::string_view role) {
  json::array list;
  for (const FilmRecord::Person& person : people) {
    json::object item{{"name", person.name}};
    put(item, role, person.role);
    list.push_back(std::move(item));
  }
  if (!list.empty()) {
    line[field] = std::move(list);
  }
}

// The sources that have a field take the first id of theirs.
void put_ids(json::object& line, const std::vector<ExternalId>& ids) {
  json::array others;
  for (const ExternalId& external : ids) {
    const std::string_view field = external.source == "imdb"       ? "imdb_id"
                                   : external.source == "wikidata" ? "wikidata_id"
                                   : external.source == "enwiki"   ? "enwiki_title"
                                                                   : "";
    if (!field.empty() && !line.contains(field)) {
      line[field] = external.id;
    } else {
      others.push_back(json::object{{"source", external.source}, {"id", external.id}});
    }
  }
  if (!others.empty()) {
    line["external_ids"] = std::move(others);
  }
}

struct Portion {
  std::string lines;
  std::int64_t films = 0;
  FilmId last;
};

Portion read_portion(Transaction& transaction, FilmId after) {
  Portion portion{.lines = {}, .films = 0, .last = after};
  const auto records = persistence::read_film_records(
      transaction, persistence::next_film_ids(transaction, after, limits::import_batch_films));
  for (const auto& [id, stored] : records) {  // in the order of ids
    portion.lines += film_json_line(stored.film);
    portion.last = id;
    ++portion.films;
  }
  return portion;
}

}  // namespace

std::string film_json_line(const FilmRecord& film) {
  json::object line;
  put(line, "title", film.title);
  put(line, "original_title", film.original_title);
  put(line, "alternative_titles", film.alternative_titles);
  put(line, "year", film.year);
  put(line, "release_date", film.release_date);
  put(line, "runtime_min", film.runtime_minutes);
  put(line, "genres", film.genres);
  put(line, "countries", film.countries);
  put(line, "languages", film.languages);
  put(line, "cast", film.cast, "character");
  put(line, "crew", film.crew, "job");
  put(line, "synopsis", film.synopsis);
  put(line, "synopsis_source", film.synopsis_source);
  put(line, "synopsis_url", film.synopsis_url);
  put_ids(line, film.external_ids);
  return json::serialize(line) + '\n';
}

std::int64_t export_films(persistence::Database& database, const std::function<void(std::string_view)>& write) {
  std::int64_t films = 0;
  FilmId last{0};
  for (;;) {
    const Portion portion =
        database.snapshot([&](Transaction& transaction) { return read_portion(transaction, last); });
    if (portion.films == 0) {
      return films;
    }
    write(portion.lines);
    films += portion.films;
    last = portion.last;
  }
}

}  // namespace foyer::forum
