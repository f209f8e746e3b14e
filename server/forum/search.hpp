// Search in films, people, threads and posts. What a spoiler hides and what was removed is neither found nor shown.
#pragma once

#include <optional>
#include <string>

#include "persistence/transaction.hpp"
#include "protocol/result.hpp"
#include "protocol/search.hpp"
#include "server/forum/search_query.hpp"

namespace foyer::forum {

struct SearchRequest {
  std::string text = {};                  // q=
  std::string in = {};                    // "films,threads"; "" = all, unless the text says in:
  std::optional<std::string> after = {};  // only in one kind
  int limit = 0;                          // of each kind
};
struct SearchAnswer {
  SearchResults results;
  SearchKinds kinds;  // that were looked in
  // What the words were taken for where nothing has them as they were typed; "" = as typed.
  std::string instead = {};
};
// Run in a snapshot. invalid with the fields q, in and after.
Result<SearchAnswer> search(persistence::Transaction& transaction, const SearchRequest& request);

}  // namespace foyer::forum
