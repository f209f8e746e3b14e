// Search by words: titles and names by their beginnings, threads and posts by the words of their texts. Of each kind
// the newest limits::search_candidates that match are ranked, the better first. Removed, deleted and pending posts are
// never found. Run prepare_search first, in the same transaction.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "persistence/transaction.hpp"
#include "protocol/search.hpp"

namespace foyer::persistence {

// Gives each statement limits::search_time. For a snapshot or a transaction that writes: it holds until their end, or
// until finish_search, after which statements have the time of all others again.
void prepare_search(Transaction& transaction);
void finish_search(Transaction& transaction);

struct RankPosition {  // where a page ends
  std::int64_t rank = 0;
  std::int64_t id = 0;
};
template <class Item>
struct FoundPage {
  std::vector<Item> items;
  std::optional<RankPosition> next;
};
struct PageWanted {
  std::optional<RankPosition> after;
  int limit = 0;
};

struct TitleWords {
  std::string query;        // of to_tsquery, words folded: "'cranes' & 'fl':*"
  std::string title;        // the whole text folded, to prefer the title that is just this; "" = none
  std::optional<int> year;  // preferred
};
FoundPage<FilmSummary> search_films(Transaction& transaction, const TitleWords& words, const PageWanted& page);
FoundPage<FoundPerson> search_people(Transaction& transaction, const TitleWords& words, const PageWanted& page);
// Films by title, best first.
std::vector<FilmId> find_films_by_title(Transaction& transaction, const TitleWords& words, int limit);

// The words of titles and names that look most like each of these, in no order.
struct CloseWord {
  std::string given;
  std::string known;
};
std::vector<CloseWord> find_close_words(Transaction& transaction, const std::vector<std::string>& words);

struct TextWords {
  std::string text;                 // of websearch_to_tsquery; "" = only what the filter says, newest first
  std::string title_query;          // of to_tsquery, for titles; "" = none
  bool exact = false;               // the text has a phrase or -not
  std::vector<FilmId> films;        // linked to any of these, when there are any
  std::optional<UserId> author;     // of the thread or post
  std::optional<ThreadKind> kind;   // of the thread
  std::optional<Timestamp> before;  // written
  std::optional<Timestamp> not_before;
};
struct ThreadMatch {
  ThreadView thread;
  std::string body;  // Markdown of its first post, "" unless visible
};
struct PostMatch {
  FoundPost post;
  std::string body;  // Markdown, "" of a review that contains spoilers
};
FoundPage<ThreadMatch> search_threads(Transaction& transaction, const TextWords& words, const PageWanted& page);
FoundPage<PostMatch> search_posts(Transaction& transaction, const TextWords& words, const PageWanted& page);

// Each plain text whole, with the words marked that were looked for. In the order given.
std::vector<Snippet> mark_words(Transaction& transaction, const std::string& text,
                                const std::vector<std::string>& plain_texts);

}  // namespace foyer::persistence
