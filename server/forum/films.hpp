// Reading the catalogue.
#pragma once

#include <optional>
#include <string>

#include "persistence/film_store.hpp"
#include "persistence/transaction.hpp"
#include "protocol/result.hpp"
#include "protocol/views.hpp"
#include "server/forum/cursor.hpp"
#include "server/forum/related.hpp"

namespace foyer::forum {

Error no_such_film();

Result<FilmView> read_film(persistence::Transaction& transaction, FilmId film);
Result<PersonView> read_person(persistence::Transaction& transaction, PersonId person);

struct FilmQuery {
  std::string text = {};           // q=
  std::optional<int> decade = {};  // 1950
  std::string genre = {};
  std::optional<PersonId> person = {};
  // "", "title", "year", "activity", "rating" or "relevance"; else invalid. Relevance is that of the text.
  std::string sort = {};
  std::string country = {};
  std::string language = {};
  persistence::Discussed discussed = persistence::Discussed::any;
  std::string mine = {};  // "", "watchlist", "seen" or "rated"; else invalid. Of the member, who must be known.
  std::optional<UserId> member = {};
};
Result<ListView<FilmSummary>> list_films(persistence::Transaction& transaction, const FilmQuery& query,
                                         const ListRequest& list);

FilmFacets read_film_facets(persistence::Transaction& transaction);
// How many films such a list holds, at most limits::counted_films and one more.
Result<std::int64_t> count_films(persistence::Transaction& transaction, const FilmQuery& query);
struct CountedFilms {
  ListView<FilmSummary> films;
  std::int64_t count = 0;
};
Result<CountedFilms> list_and_count_films(persistence::Transaction& transaction, const FilmQuery& query,
                                          const ListRequest& list);

struct FilmThreads {
  std::vector<ThreadView> linked;
  std::vector<RelatedThreadView> related;  // only when nothing is linked; at most limits::related_threads
  RelatedState related_state = RelatedState::kept;
};
Result<FilmThreads> read_film_threads(persistence::Transaction& transaction, FilmId film);

// Its thread of comments, once it has one.
std::optional<ThreadView> find_comments(persistence::Transaction& transaction, FilmId film);

// The state that film:{id} carries. not_found for an unknown film.
Result<FilmNews> read_film_news(persistence::Transaction& transaction, FilmId film);

}  // namespace foyer::forum
