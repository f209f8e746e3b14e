#include "server/forum/films.hpp"

#include <algorithm>
#include <iterator>
#include <string_view>
#include <utility>

#include "persistence/rating_store.hpp"
#include "persistence/thread_store.hpp"
#include "protocol/limits.hpp"
#include "server/forum/related.hpp"
#include "server/forum/reviews.hpp"
#include "server/forum/text_rules.hpp"

namespace foyer::forum {
namespace {

using persistence::FilmPosition;
using persistence::FilmSort;
using persistence::Transaction;

constexpr int linked_threads_max = 50;
constexpr int news_threads_max = 10;
constexpr int news_reviews_max = 10;

struct SortWord {
  FilmSort sort = FilmSort::title;
  std::string_view word;
};
constexpr SortWord sorts[] = {{FilmSort::title, "title"},
                              {FilmSort::year, "year"},
                              {FilmSort::activity, "activity"},
                              {FilmSort::rating, "rating"},
                              {FilmSort::relevance, "relevance"}};

Result<SortWord> sort_of(const std::string& word) {
  for (const SortWord& known : sorts) {
    if (word == known.word || (word.empty() && known.sort == FilmSort::title)) {
      return known;
    }
  }
  return invalid_field("sort", "out_of_range", "Must be title, year, activity, rating or relevance.");
}

// PostgreSQL reads the key as the type of the sort; what it could not read is refused before.
bool fits(FilmSort sort, const std::string& key) {
  switch (sort) {
    case FilmSort::title:
      return true;
    case FilmSort::year:
      return !key.empty() && key.size() <= 4 &&
             std::all_of(key.begin(), key.end(), [](char digit) { return digit >= '0' && digit <= '9'; });
    case FilmSort::rating:
      // "7.714285714285714"
      return !key.empty() && key.size() <= 20 && key.front() >= '0' && key.front() <= '9' &&
             key.find_first_not_of("0123456789.") == std::string::npos && std::ranges::count(key, '.') <= 1;
    case FilmSort::relevance:
      return !key.empty() && key.size() <= 9 && key.find_first_not_of("0123456789") == std::string::npos;
    case FilmSort::activity:
      break;
  }
  // "2026-11-23 15:52:07.12+00"
  if (key.size() < 22 || key.size() > 26 || !key.ends_with("+00") || key[10] != ' ') {
    return false;
  }
  std::string fraction = key.substr(19, key.size() - 22);
  fraction = fraction.empty() ? "." : fraction;
  fraction.resize(4, '0');
  return from_rfc3339(key.substr(0, 10) + "T" + key.substr(11, 8) + fraction + "Z").has_value();
}

// The cursor names its sort too: the position of one order means nothing in another.
std::string cursor_of(const FilmPosition& position, const SortWord& sort) {
  return to_cursor(FilmPosition{std::string(sort.word) + ":" + position.key, position.id});
}

Result<std::optional<FilmPosition>> position_of(const ListRequest& list, const SortWord& sort) {
  if (!list.after) {
    return std::optional<FilmPosition>{};
  }
  auto position = film_position(*list.after);
  if (!position) {
    return position.error();
  }
  const std::string prefix = std::string(sort.word) + ":";
  if (!position->key.starts_with(prefix) || !fits(sort.sort, position->key.substr(prefix.size()))) {
    return invalid_field("after", "out_of_range", "Must be the \"next\" of the page before, in the same order.");
  }
  position->key.erase(0, prefix.size());
  return std::optional(std::move(*position));
}

Result<persistence::Mine> mine_of(const FilmQuery& query) {
  using persistence::Mine;
  constexpr std::pair<std::string_view, Mine> words[] = {
      {"", Mine::any}, {"watchlist", Mine::watchlist}, {"seen", Mine::seen}, {"rated", Mine::rated}};
  const auto known = std::ranges::find(words, query.mine, &std::pair<std::string_view, Mine>::first);
  if (known == std::end(words)) {
    return invalid_field("mine", "out_of_range", "Must be watchlist, seen or rated.");
  }
  if (known->second != Mine::any && !query.member) {
    return refused(ErrorCode::unauthenticated, "Log in to see the films that you have marked or rated.");
  }
  return known->second;
}

Result<persistence::FilmFilter> filter_of(const FilmQuery& query, FilmSort sort) {
  const auto mine = mine_of(query);
  if (!mine) {
    return mine.error();
  }
  return persistence::FilmFilter{.title_like = search_key_of(query.text),
                                 .decade = query.decade,
                                 .genre = query.genre,
                                 .country = query.country,
                                 .language = query.language,
                                 .discussed = query.discussed,
                                 .person = query.person,
                                 .mine = *mine,
                                 .member = query.member,
                                 .sort = sort};
}

// The film's own comments stand on its page by themselves; at most one thread of a film holds them.
std::vector<ThreadView> linked_threads(Transaction& transaction, FilmId film, int limit) {
  persistence::ThreadFilter filter;
  filter.film = film;
  std::vector<ThreadView> threads = persistence::list_threads(transaction, filter, std::nullopt, limit + 1).items;
  std::erase_if(threads, [](const ThreadView& thread) { return thread.kind == ThreadKind::comments; });
  if (std::cmp_greater(threads.size(), limit)) {
    threads.pop_back();
  }
  return threads;
}

Result<ListView<FilmSummary>> list_films_knowing(Transaction& transaction, const FilmQuery& query,
                                                 const ListRequest& list, std::optional<std::int64_t> counted) {
  const auto sort = sort_of(query.sort);
  if (!sort) {
    return sort.error();
  }
  const auto after = position_of(list, *sort);
  if (!after) {
    return after.error();
  }
  const auto filter = filter_of(query, sort->sort);
  if (!filter) {
    return filter.error();
  }
  if (sort->sort == FilmSort::relevance && query.text.empty()) {
    return invalid_field("sort", "out_of_range", "Relevance is that of q, which is missing.");
  }
  if (!query.text.empty() && filter->title_like.empty()) {
    return ListView<FilmSummary>{};  // only punctuation: no film, rather than all
  }
  persistence::FilmPage page = persistence::list_films(transaction, *filter, *after, list.limit, counted);
  return ListView<FilmSummary>{std::move(page.items),
                               page.next ? std::optional(cursor_of(*page.next, *sort)) : std::nullopt};
}

}  // namespace

Error no_such_film() { return refused(ErrorCode::not_found, "There is no such film."); }

Result<FilmView> read_film(Transaction& transaction, FilmId film) {
  auto found = persistence::find_film(transaction, film);
  if (!found) {
    return no_such_film();
  }
  return std::move(*found);
}

Result<PersonView> read_person(Transaction& transaction, PersonId person) {
  auto found = persistence::find_person(transaction, person);
  if (!found) {
    return refused(ErrorCode::not_found, "There is no such person.");
  }
  return std::move(*found);
}

Result<ListView<FilmSummary>> list_films(Transaction& transaction, const FilmQuery& query, const ListRequest& list) {
  return list_films_knowing(transaction, query, list, std::nullopt);
}

FilmFacets read_film_facets(Transaction& transaction) { return persistence::read_film_facets(transaction); }

Result<std::int64_t> count_films(Transaction& transaction, const FilmQuery& query) {
  const auto sort = sort_of(query.sort);
  if (!sort) {
    return sort.error();
  }
  const auto filter = filter_of(query, sort->sort);
  if (!filter) {
    return filter.error();
  }
  if (!query.text.empty() && filter->title_like.empty()) {
    return 0;
  }
  return persistence::count_films(transaction, *filter, limits::counted_films + 1);
}

Result<CountedFilms> list_and_count_films(Transaction& transaction, const FilmQuery& query, const ListRequest& list) {
  const auto count = count_films(transaction, query);
  if (!count) {
    return count.error();
  }
  auto films = list_films_knowing(transaction, query, list, *count);
  if (!films) {
    return films.error();
  }
  return CountedFilms{std::move(*films), *count};
}

Result<FilmThreads> read_film_threads(Transaction& transaction, FilmId film) {
  if (!persistence::find_film_link(transaction, film)) {
    return no_such_film();
  }
  FilmThreads threads{linked_threads(transaction, film, linked_threads_max), {}};
  if (threads.linked.empty()) {
    RelatedThreads related = read_related(transaction, film);
    threads.related = std::move(related.threads);
    threads.related_state = related.state;
  }
  return threads;
}

std::optional<ThreadView> find_comments(Transaction& transaction, FilmId film) {
  const auto comments = persistence::find_comments_thread(transaction, film);
  auto thread = comments ? persistence::find_thread(transaction, *comments) : std::nullopt;
  return thread && thread->post_count > 0 ? std::move(thread) : std::nullopt;
}

Result<FilmNews> read_film_news(Transaction& transaction, FilmId film) {
  if (!persistence::find_film_link(transaction, film)) {
    return no_such_film();
  }
  FilmNews news;
  news.film_id = film;
  if (const auto comments = find_comments(transaction, film)) {
    news.comments_thread_id = comments->id;
    news.comment_count = comments->post_count;
  }
  news.threads = linked_threads(transaction, film, news_threads_max);
  news.rating = persistence::find_rating(transaction, film);
  for (const ReviewView& review : read_reviews(transaction, film, news_reviews_max)) {
    news.reviews.push_back(excerpt_of(review));
  }
  if (const auto related = related_on_open_pages(transaction, film)) {
    news.related.emplace();
    std::ranges::transform(*related, std::back_inserter(*news.related),
                           [](const RelatedThreadView& each) { return excerpt_of(each); });
  }
  return news;
}

}  // namespace foyer::forum
