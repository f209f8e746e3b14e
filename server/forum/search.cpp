#include "server/forum/search.hpp"

#include <algorithm>
#include <utility>

#include "persistence/search_store.hpp"
#include "persistence/user_store.hpp"
#include "protocol/limits.hpp"
#include "server/forum/cursor.hpp"
#include "server/forum/markdown.hpp"
#include "server/forum/search_snippet.hpp"
#include "server/forum/search_titles.hpp"
#include "server/forum/text_rules.hpp"

namespace foyer::forum {
namespace {

using persistence::PageWanted;
using persistence::Transaction;

struct Wanted {  // a checked request
  SearchQuery query;
  SearchKinds kinds;
  PageWanted page;
};

Result<Wanted> checked(const SearchRequest& request) {
  auto query = parse_search(request.text);
  if (!query) {
    return query.error();
  }
  const auto in = search_kinds(request.in, "in");
  if (!in) {
    return in.error();
  }
  Wanted wanted{std::move(*query), in->none() ? SearchKinds{} : *in, {.after = {}, .limit = request.limit}};
  if (wanted.kinds.none()) {
    wanted.kinds = wanted.query.kinds.none() ? SearchKinds{true, true, true, true} : wanted.query.kinds;
  }
  // Nothing of a film or a person was written by anybody, or on a day.
  if (wanted.query.narrowed()) {
    wanted.kinds.films = false;
    wanted.kinds.people = false;
  }
  if (request.after) {
    const auto after = rank_position(*request.after);
    if (!after || wanted.kinds.count() != 1) {
      return invalid_field("after", "out_of_range", "Must be the \"next\" of the page before, in one kind.");
    }
    wanted.page.after = *after;
  }
  return wanted;
}

template <class View, class Item, class Make>
ListView<View> list_of(persistence::FoundPage<Item>&& page, Make make) {
  ListView<View> list;
  for (Item& item : page.items) {
    list.items.push_back(make(std::move(item)));
  }
  if (page.next) {
    list.next = to_cursor(*page.next);
  }
  return list;
}

template <class View>
ListView<View> list_of(persistence::FoundPage<View>&& page) {
  return list_of<View>(std::move(page), [](View&& view) { return std::move(view); });
}

void search_names(Transaction& transaction, const Wanted& wanted, const persistence::TitleWords& words,
                  SearchResults& results) {
  if (words.query.empty()) {
    return;
  }
  if (wanted.kinds.films) {
    results.films = list_of(persistence::search_films(transaction, words, wanted.page));
  }
  if (wanted.kinds.people) {
    results.people = list_of(persistence::search_people(transaction, words, wanted.page));
  }
}

// Empty when somebody or something is named that is not known: then nothing is found.
std::optional<persistence::TextWords> text_words(Transaction& transaction, const SearchQuery& query,
                                                 const CloseWords& close) {
  persistence::TextWords words;
  words.text = search_words_of(query.text).empty() ? "" : query.text;
  words.exact = query.exact;
  words.title_query = query.exact ? "" : title_words(query.words, close).query;
  words.kind = query.kind;
  words.before = query.before;
  words.not_before = query.not_before;
  for (const std::string& film : query.films) {
    const persistence::TitleWords title = title_words(search_words_of(film));
    if (title.query.empty()) {
      return std::nullopt;
    }
    const auto films = persistence::find_films_by_title(transaction, title, limits::search_films_meant);
    words.films.insert(words.films.end(), films.begin(), films.end());
  }
  if (!query.films.empty() && words.films.empty()) {
    return std::nullopt;
  }
  if (!query.author.empty()) {
    const auto author = persistence::find_user_by_name_key(transaction, member_name_key(query.author));
    if (!author) {
      return std::nullopt;
    }
    words.author = author->user.id;
  }
  return words;
}

// The text as a snippet: where words were looked for, the part that has them.
template <class Match>
std::vector<Snippet> snippets_of(Transaction& transaction, const std::string& text, const std::vector<Match>& matches) {
  std::vector<Snippet> snippets;
  std::vector<std::string> plain;
  for (const Match& match : matches) {
    plain.push_back(text.empty() ? plain_snippet(match.body, limits::snippet_characters)
                                 : plain_snippet(match.body, limits::post_characters));
    snippets.push_back(plain.back().empty() ? Snippet{} : Snippet{{plain.back(), false}});
  }
  if (text.empty() || plain.empty()) {
    return snippets;
  }
  for (std::size_t at = 0; const Snippet& marked : persistence::mark_words(transaction, text, plain)) {
    snippets[at++] = cut_snippet(marked, limits::snippet_characters);
  }
  return snippets;
}

void search_texts(Transaction& transaction, const Wanted& wanted, const persistence::TextWords& words,
                  SearchResults& results) {
  if (wanted.kinds.threads) {
    auto found = persistence::search_threads(transaction, words, wanted.page);
    auto snippets = snippets_of(transaction, words.text, found.items);
    std::size_t at = 0;
    results.threads = list_of<FoundThread>(std::move(found), [&](persistence::ThreadMatch&& match) {
      Snippet snippet = std::move(snippets[at++]);
      return FoundThread{std::move(match.thread), match.thread.contains_spoilers ? Snippet{} : std::move(snippet)};
    });
  }
  if (wanted.kinds.posts) {
    auto found = persistence::search_posts(transaction, words, wanted.page);
    auto snippets = snippets_of(transaction, words.text, found.items);
    std::size_t at = 0;
    results.posts = list_of<FoundPost>(std::move(found), [&](persistence::PostMatch&& match) {
      match.post.snippet = std::move(snippets[at++]);
      return std::move(match.post);
    });
  }
}

// The query as it was understood at last, for people to read.
std::string instead_of(const std::vector<std::string>& words, const CloseWords& close) {
  std::string text;
  for (const std::string& word : words) {
    const auto others = close.find(word);
    text.append(text.empty() ? "" : " ").append(others == close.end() ? word : others->second.front());
  }
  return text;
}

struct Missing {
  bool names = false;
  bool titles = false;
};

// The words as they were typed.
SearchResults search_typed(Transaction& transaction, const Wanted& wanted) {
  SearchResults results;
  search_names(transaction, wanted, title_words(wanted.query.words), results);
  if (const auto words = text_words(transaction, wanted.query, {})) {
    search_texts(transaction, wanted, *words, results);
  }
  return results;
}

Missing missing_in(const Wanted& wanted, const SearchResults& found) {
  return {
      .names = (wanted.kinds.films || wanted.kinds.people) && found.films.items.empty() && found.people.items.empty(),
      .titles = wanted.kinds.threads && !wanted.query.exact && found.threads.items.empty()};
}

// Whether that found anything.
bool search_close(Transaction& transaction, const Wanted& wanted, const CloseWords& close, SearchResults& results,
                  Missing missing) {
  if (missing.names) {
    search_names(transaction, wanted, title_words(wanted.query.words, close), results);
  }
  if (const auto words = text_words(transaction, wanted.query, close); words && missing.titles) {
    Wanted threads = wanted;
    threads.kinds.posts = false;
    search_texts(transaction, threads, *words, results);
  }
  return (missing.names && !(results.films.items.empty() && results.people.items.empty())) ||
         (missing.titles && !results.threads.items.empty());
}

}  // namespace

Result<SearchAnswer> search(Transaction& transaction, const SearchRequest& request) {
  const auto wanted = checked(request);
  if (!wanted) {
    return wanted.error();
  }
  persistence::prepare_search(transaction);
  SearchAnswer answer{.results = search_typed(transaction, *wanted), .kinds = wanted->kinds};
  // A name that is spelled otherwise is looked for where the words as typed lead nowhere.
  Missing missing = missing_in(*wanted, answer.results);
  if (wanted->query.words.empty() || !(missing.names || missing.titles)) {
    return answer;
  }
  if (wanted->page.after) {  // behind a page of these words there may be no more: what did the first page find?
    Wanted first = *wanted;
    first.page = {.after = {}, .limit = 1};
    missing = missing_in(first, search_typed(transaction, first));
  }
  const bool look_close = missing.names || missing.titles;
  const CloseWords close = look_close ? close_words(transaction, wanted->query.words) : CloseWords{};
  if (!close.empty() && search_close(transaction, *wanted, close, answer.results, missing)) {
    answer.instead = instead_of(wanted->query.words, close);
  }
  return answer;
}

}  // namespace foyer::forum
