// Films and people. Import finds films again and is repeatable. Reads are keyset-paged.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include "persistence/transaction.hpp"
#include "protocol/views.hpp"

namespace foyer::persistence {

struct FilmRecord {  // one line of an import file, checked
  std::string title;
  std::string slug;
  std::string search_key;  // folded title, then " | " and each other title, for LIKE and similarity
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

// The same persons with the same parts in the same order; a person is spelled as first met.
bool same_people(const std::vector<FilmRecord::Person>& some, const std::vector<FilmRecord::Person>& others);

// A film as it stands here, in the form of an import's record.
struct StoredFilm {
  FilmId id;
  FilmRecord film;
  // What somebody changed here since, by the names of migration 0011: "title", "release_date" (and the year), "cast", …
  std::vector<std::string> edited_fields;
  bool told_before = false;  // an earlier line of the import under way was this film
};

enum class FilmOutcome { added, changed, unchanged };
struct ImportedFilm {
  FilmId id;  // 0 where a dry run would have made one
  FilmOutcome outcome = FilmOutcome::unchanged;
  std::vector<std::string> changed_fields;  // of a film that was there before
};
struct ImportCounts {
  std::int64_t added = 0;
  std::int64_t changed = 0;
  std::int64_t unchanged = 0;
};
struct ImportedBatch : ImportCounts {
  std::vector<ImportedFilm> films;  // in the order given
};

// What a film becomes that is there already. Its external ids are not asked for: new ones are always added.
using FilmMerge = std::function<FilmRecord(const StoredFilm& present, const FilmRecord& given)>;

// How an import goes, and what it must remember from batch to batch.
struct FilmImport {
  FilmMerge merge = {};                            // none: what is given replaces what is there
  bool dry_run = false;                            // only says what it would do; a read-only transaction will do
  std::unordered_set<std::size_t> added_ids = {};  // of a dry run: hashes of ids that are known from now on
  std::unordered_set<std::int64_t> told = {};      // films of the batches before, which whoever calls adds
};

// Imports a batch in few statements. A film is found again by any of its external ids, else by title, director and a
// year not further than one away, unless a source calls both by different ids. Rows alike are not rewritten.
ImportedBatch upsert_films(Transaction& transaction, const std::vector<FilmRecord>& films, FilmImport& import);
ImportedBatch upsert_films(Transaction& transaction, const std::vector<FilmRecord>& films);
// Films that do not exist are left out.
std::map<FilmId, StoredFilm> read_film_records(Transaction& transaction, const std::vector<FilmId>& films);
// The next `limit` films in the order of their ids.
std::vector<FilmId> next_film_ids(Transaction& transaction, FilmId after, int limit);
// Until the transaction ends its statements may take as long as they need, and wait limits::import_lock_time for locks:
// for imports and what follows them.
void take_time(Transaction& transaction);
// After an import: fresh statistics, or PostgreSQL plans for the tables as they were.
void analyze_films(Transaction& transaction);

std::optional<FilmView> find_film(Transaction& transaction, FilmId film);
std::optional<FilmLink> find_film_link(Transaction& transaction, FilmId film);
std::optional<FilmId> find_film_by_external_id(Transaction& transaction, const ExternalId& external_id);
std::vector<FilmLink> find_film_links(Transaction& transaction, const std::vector<FilmId>& films);
std::optional<PersonView> find_person(Transaction& transaction, PersonId person);

enum class FilmSort { title, year, activity, rating, relevance };
// `ever` with a discussion or comment, `now` with one of the last 24 hours.
enum class Discussed { any, ever, now };
// What a member has marked or rated.
enum class Mine { any, watchlist, seen, rated };
struct FilmFilter {
  std::string title_like = {};     // folded words; "" = all
  std::optional<int> decade = {};  // 1950
  std::string genre = {};          // "" = all
  std::string country = {};
  std::string language = {};
  Discussed discussed = Discussed::any;
  std::optional<PersonId> person = {};
  Mine mine = Mine::any;
  std::optional<UserId> member = {};  // whose, unless it is any
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
FilmFacets read_film_facets(Transaction& transaction);
// All anew, after an import. The number of values.
std::int64_t count_film_facets(Transaction& transaction);
// After an edit of one film: only what it gains and loses, so that edits of other films need not wait.
void move_film_facets(Transaction& transaction, const FilmRecord& before, const FilmRecord& after);

// How many films there are in such a list, at most `most`; the sort does not matter, but those by activity or rating
// hold only films that have some.
std::int64_t count_films(Transaction& transaction, const FilmFilter& filter, std::int64_t most);
// `counted` is what count_films says of limits::counted_films and one more, where that is known.
FilmPage list_films(Transaction& transaction, const FilmFilter& filter, const std::optional<FilmPosition>& after,
                    int limit, std::optional<std::int64_t> counted = {});

}  // namespace foyer::persistence
