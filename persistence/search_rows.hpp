// What the parts of search_store.hpp share: how they are planned, and page through what they ranked.
#pragma once

#include <iterator>
#include <optional>
#include <utility>

#include "persistence/search_store.hpp"
#include "persistence/transaction_impl.hpp"

namespace foyer::persistence {

// Between these each statement is planned for the words it is given, as it matters how common they are. Planning costs
// more than most of what is looked for; all else has the plans that are kept.
void plan_for_words(Transaction& transaction);
void plan_once(Transaction& transaction);

template <class Item>
struct Found {
  Item item;
  RankPosition at;
};

inline std::optional<std::int64_t> rank_of(const PageWanted& page) {
  return page.after ? std::optional(page.after->rank) : std::nullopt;
}
inline std::optional<std::int64_t> id_of(const PageWanted& page) {
  return page.after ? std::optional(page.after->id) : std::nullopt;
}

// `read` makes a Found<Item> of a row; one row more than the page tells that another one follows.
template <class Item, class Read>
FoundPage<Item> read_found(const pqxx::result& rows, const PageWanted& wanted, Read read) {
  FoundPage<Item> page;
  for (const pqxx::row& columns : rows) {
    if (std::ssize(page.items) == wanted.limit) {
      break;
    }
    RowReader row{columns};
    Found<Item> found = read(row);
    page.items.push_back(std::move(found.item));
    if (std::ssize(page.items) == wanted.limit && std::ssize(rows) > wanted.limit) {
      page.next = found.at;
    }
  }
  return page;
}

}  // namespace foyer::persistence
