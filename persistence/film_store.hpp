// Films and people. Import upserts by external id and is repeatable. Reads are keyset-paged.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "persistence/transaction.hpp"
#include "protocol/views.hpp"

namespace foyer::persistence {

struct FilmRecord {  // one line of an import file, checked
  std::string title;
  std::string slug;
  std::string search_key;  // folded title, original and alternative titles, for LIKE and similarity
  std::string original_title;
  std::vector<std::string> alternative_titles;
  std::optional<int> year;
  std::string release_date;
  std::optional<int> runtime_minutes;
  std::string synopsis;
  std::string synopsis_source;
  std::string synopsis_url;
  std::vector<std::string> genres;
  std::vector<std::string> countries;
  std::vector<std::string> languages;
  struct Person {
    std::string name;
    std::string slug;
    std::string name_key;  // folded; one person per key (no better identity in the sources)
    std::string role;      // character for cast, job for crew
    friend bool operator==(const Person&, const Person&) = default;
  };
  std::vector<Person> cast;
  std::vector<Person> crew;
  std::vector<ExternalId> external_ids;  // at least one: import makes one of title and year when a line has none
};

struct ImportCounts {
  std::int64_t added = 0;
  std::int64_t changed = 0;
  std::int64_t unchanged = 0;
};

// Upserts a batch in few statements; a film is found by any of its external ids. Rows alike are not rewritten.
ImportCounts upsert_films(Transaction& transaction, const std::vector<FilmRecord>& films);
// After an import: fresh statistics, or PostgreSQL plans for the tables as they were.
void analyze_films(Transaction& transaction);

std::optional<FilmView> find_film(Transaction& transaction, FilmId film);
std::optional<FilmLink> find_film_link(Transaction& transaction, FilmId film);
std::optional<FilmId> find_film_by_external_id(Transaction& transaction, const ExternalId& external_id);
std::vector<FilmLink> find_film_links(Transaction& transaction, const std::vector<FilmId>& films);
std::optional<PersonView> find_person(Transaction& transaction, PersonId person);

enum class FilmSort { title, year, activity, rating };
struct FilmFilter {
  std::string title_like = {};     // folded words; "" = all
  std::optional<int> decade = {};  // 1950
  std::string genre = {};          // "" = all
  std::optional<PersonId> person = {};
  FilmSort sort = FilmSort::title;
};
struct FilmPosition {  // the last row of the page before
  std::string key;     // sort key as text
  FilmId id;
};
struct FilmPage {
  std::vector<FilmSummary> items;
  std::optional<FilmPosition> next;
};
FilmPage list_films(Transaction& transaction, const FilmFilter& filter, const std::optional<FilmPosition>& after,
                    int limit);

}  // namespace foyer::persistence
