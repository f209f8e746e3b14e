// IMDb's non-commercial tables: titles are read in the order of their ids, the other tables beside them, and the names
// of the people in a second pass.
#include <algorithm>
#include <array>
#include <charconv>
#include <filesystem>
#include <map>
#include <optional>
#include <stdexcept>

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>

#include "protocol/limits.hpp"
#include "server/forum/film_line.hpp"
#include "server/forum/icu_text.hpp"
#include "server/forum/import_formats.hpp"
#include "server/forum/import_report.hpp"
#include "server/forum/tab_separated.hpp"
#include "server/forum/waiting_films.hpp"

namespace foyer::forum {
namespace {

namespace json = boost::json;

enum class Table { basics, akas, crew, principals, names, ratings };

struct TableShape {
  Table table;
  std::string_view name;  // of its file, before .tsv or .tsv.gz
  std::vector<std::string_view> columns;
};

// What distinguishes a table are its columns; the places in these lists are the constants below.
const std::array<TableShape, 6>& shapes() {
  static const std::array<TableShape, 6> all{{
      {Table::basics,
       "title.basics",
       {"tconst", "titleType", "primaryTitle", "originalTitle", "isAdult", "startYear", "runtimeMinutes", "genres"}},
      {Table::akas, "title.akas", {"titleId", "title", "isOriginalTitle"}},
      {Table::crew, "title.crew", {"tconst", "directors", "writers"}},
      {Table::principals, "title.principals", {"tconst", "nconst", "category", "characters"}},
      {Table::names, "name.basics", {"nconst", "primaryName"}},
      {Table::ratings, "title.ratings", {"tconst", "numVotes"}},
  }};
  return all;
}

const TableShape& shape_of(Table table) { return shapes().at(static_cast<std::size_t>(table)); }

namespace basics {
constexpr std::size_t id = 0, type = 1, title = 2, original = 3, adult = 4, year = 5, minutes = 6, genres = 7;
}

// Principals that become crew, and what they did. Others than these and the cast are left out.
const std::map<std::string_view, std::string_view>& jobs() {
  static const std::map<std::string_view, std::string_view> all{
      {"director", "Director"},
      {"writer", "Writer"},
      {"producer", "Producer"},
      {"composer", "Composer"},
      {"cinematographer", "Cinematographer"},
      {"editor", "Editor"},
      {"production_designer", "Production designer"},
  };
  return all;
}

bool is_cast(std::string_view category) { return category == "actor" || category == "actress" || category == "self"; }

std::string genre_word(std::string_view imdb) {
  if (imdb == "Sci-Fi") {
    return "science fiction";
  }
  std::string word(imdb);
  std::ranges::transform(word, word.begin(), [](char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
  });
  std::ranges::replace(word, '-', ' ');
  return word;
}

// Numbers that are none stay texts, which the check of the film then names.
json::value number(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() ? json::value(value) : json::value(text);
}

template <class Take>
void each_item(std::string_view list, Take take) {
  while (!list.empty()) {
    const std::size_t comma = std::min(list.find(','), list.size());
    take(list.substr(0, comma));
    list.remove_prefix(std::min(comma + 1, list.size()));
  }
}

void append(json::array& list, json::value value) {
  if (list.size() < limits::import_list_items) {
    list.push_back(std::move(value));
  }
}

std::map<Table, std::string> files_of(const std::vector<std::string>& paths) {
  std::map<Table, std::string> files;
  const auto put = [&](Table table, const std::string& path) {
    if (!files.emplace(table, path).second) {
      throw std::runtime_error(path + ": is a second " + std::string(shape_of(table).name));
    }
  };
  for (const std::string& path : paths) {
    if (std::filesystem::is_directory(path)) {
      for (const TableShape& shape : shapes()) {
        for (const char* end : {".tsv", ".tsv.gz"}) {
          const auto file = std::filesystem::path(path) / (std::string(shape.name) + end);
          if (std::filesystem::exists(file)) {
            put(shape.table, file);
          }
        }
      }
      continue;
    }
    LineReader reader(path, limits::import_line_bytes);
    reader.next();
    const auto shape = std::ranges::find_if(
        shapes(), [&](const TableShape& each) { return TabSeparatedFile::has_columns(reader.line(), each.columns); });
    if (shape == shapes().end()) {
      throw std::runtime_error(path + ":1: names the columns of none of IMDb's tables");
    }
    put(shape->table, path);
  }
  if (!files.contains(Table::basics)) {
    throw std::runtime_error(paths.front() + ": title.basics is missing");
  }
  return files;
}

bool is_text(std::string_view bytes) { return from_utf8(bytes).has_value(); }

class ImdbImport {
 public:
  ImdbImport(const std::vector<std::string>& paths, const ImportOptions& options, ImportReport& report,
             FilmBatch& batch)
      : files_(files_of(paths)), options_(options), report_(report), batch_(batch) {
    open(Table::akas, akas_);
    open(Table::crew, crew_);
    open(Table::principals, principals_);
    open(Table::ratings, ratings_);
    if (options_.least_votes > 0 && !ratings_) {
      throw std::runtime_error(paths.front() + ": title.ratings, which has the votes, is missing");
    }
  }

  void run() {
    TabSeparatedFile titles(files_.at(Table::basics), shape_of(Table::basics).columns, report_);
    std::string last;
    while (titles.next()) {
      ++report_.lines;
      if (titles.field(basics::id) < std::string_view(last)) {
        titles.fail("is not in the order of the titles' ids");
      }
      last = titles.field(basics::id);
      if (const std::string reason = reason_against(titles); !reason.empty()) {
        pass_over(report_, reason);
      } else {
        films_.add(0, titles.line(), film_of(titles));
      }
      if (films_.full()) {
        release();
      }
      if (report_.lines % rows_per_progress == 0) {
        batch_.show_progress();
      }
    }
    release();
  }

 private:
  static constexpr std::int64_t rows_per_progress = 10'000;

  void open(Table table, std::optional<TitleTable>& place) {
    if (const auto file = files_.find(table); file != files_.end()) {
      place.emplace(file->second, shape_of(table).columns, report_);
    }
  }

  // Why a title is not taken; "" for a film.
  std::string reason_against(const TabSeparatedFile& titles) {
    const std::string_view type = titles.field(basics::type);
    if (type != "movie" && type != "tvMovie" && type != "short") {
      return "no film but " + (type.empty() ? "of no type" : std::string(type.substr(0, 40)));
    }
    if (titles.field(basics::adult) == "1") {
      return "pornographic";
    }
    return options_.least_votes > 0 && votes(titles.field(basics::id)) < options_.least_votes ? "too few votes" : "";
  }

  std::int64_t votes(std::string_view title) {
    std::int64_t found = 0;
    ratings_->rows_of(title, [&](const TabSeparatedFile& row) {
      const json::value given = number(row.field(1));
      found = given.is_int64() ? given.get_int64() : 0;
    });
    return found;
  }

  json::object film_of(const TabSeparatedFile& titles) {
    const std::string id(titles.field(basics::id));
    json::object film{{"title", titles.field(basics::title)}, {"imdb_id", id}};
    if (titles.field(basics::original) != titles.field(basics::title)) {
      film["original_title"] = titles.field(basics::original);
    }
    for (const auto& [field, column] : {std::pair{"year", basics::year}, std::pair{"runtime_min", basics::minutes}}) {
      if (!titles.field(column).empty()) {
        film[field] = number(titles.field(column));
      }
    }
    json::array genres;
    each_item(titles.field(basics::genres), [&](std::string_view genre) { append(genres, genre_word(genre).c_str()); });
    film["genres"] = std::move(genres);
    add_titles(id, film);
    add_crew(id, film);
    add_principals(id, film);
    return film;
  }

  void add_titles(std::string_view id, json::object& film) {
    json::array titles;
    if (akas_) {
      akas_->rows_of(id, [&](const TabSeparatedFile& row) {
        const std::string_view title = row.field(1);
        const bool own = title.empty() || row.field(2) == "1" || title == film["title"].get_string();
        if (!is_text(title)) {
          skip_line(report_, row.path(), row.line(), "title: not UTF-8");
          return;
        }
        const bool known = std::ranges::count(titles, json::value(title)) > 0;
        if (!own && !known && title.size() <= limits::import_other_title_bytes &&
            titles.size() < limits::import_other_titles) {
          titles.emplace_back(title);
        }
      });
    }
    film["alternative_titles"] = std::move(titles);
  }

  void add_crew(std::string_view id, json::object& film) {
    json::array directors;
    json::array writers;
    if (crew_) {
      crew_->rows_of(id, [&](const TabSeparatedFile& row) {
        each_item(row.field(1), [&](std::string_view person) { append(directors, name_of_id(person)); });
        each_item(row.field(2), [&](std::string_view person) { append(writers, name_of_id(person)); });
      });
    }
    film["directors"] = std::move(directors);
    film["writers"] = std::move(writers);
  }

  void add_principals(std::string_view id, json::object& film) {
    json::array cast;
    json::array crew;
    if (principals_) {
      principals_->rows_of(id, [&](const TabSeparatedFile& row) {
        const auto job = jobs().find(row.field(2));
        if (is_cast(row.field(2))) {
          append(cast, json::object{{"name", name_of_id(row.field(1))}, {"character", characters(row)}});
        } else if (job != jobs().end()) {
          append(crew, json::object{{"name", name_of_id(row.field(1))}, {"job", job->second}});
        }
      });
    }
    film["cast"] = std::move(cast);
    film["crew"] = std::move(crew);
  }

  // A JSON list of texts in the field, as many as a film's line takes; whoever is in it stays in the film, also where
  // the list is none.
  std::string characters(const TabSeparatedFile& row) {
    std::string names;
    if (row.field(3).empty()) {
      return names;
    }
    json::error_code error;
    const json::value list = json::parse(row.field(3), error);
    if (error || !list.is_array()) {
      skip_line(report_, row.path(), row.line(), "characters: must be a list of texts; taken without");
      return names;
    }
    for (const json::value& name : list.get_array()) {
      const std::string_view before = names.empty() ? "" : ", ";
      if (name.is_string() && names.size() + before.size() + name.get_string().size() <= name_characters) {
        names.append(before).append(name.get_string().c_str());
      }
    }
    return names;
  }

  // The films so far, once their people have names.
  void release() {
    if (const auto file = files_.find(Table::names); file != files_.end()) {
      ImportReport heard;  // what is wrong with the names is said once
      TabSeparatedFile names(file->second, shape_of(Table::names).columns, names_were_read_ ? heard : report_);
      names_were_read_ = true;
      while (names.next()) {
        if (!films_.wants(names.field(0))) {
          continue;
        }
        if (is_text(names.field(1))) {
          films_.name(names.field(0), std::string(names.field(1)));
        } else {
          skip_line(report_, names.path(), names.line(), "primaryName: not UTF-8");
        }
      }
    }
    const std::int64_t nameless =
        films_.release([&](std::int64_t /*file*/, std::int64_t line, const json::object& film) {
          batch_.add(files_.at(Table::basics), line, film);
        });
    if (nameless > 0) {
      pass_over(report_, "people without a name in name.basics", nameless);
    }
  }

  std::map<Table, std::string> files_;
  ImportOptions options_;
  ImportReport& report_;
  FilmBatch& batch_;
  std::optional<TitleTable> akas_;
  std::optional<TitleTable> crew_;
  std::optional<TitleTable> principals_;
  std::optional<TitleTable> ratings_;
  WaitingFilms films_;
  bool names_were_read_ = false;
};

}  // namespace

void import_imdb(const std::vector<std::string>& files, const ImportOptions& options, ImportReport& report,
                 FilmBatch& batch) {
  ImdbImport(files, options, report, batch).run();
}

}  // namespace foyer::forum
