// /search: the field, and what was found of each kind.
#pragma once

#include <string>

#include "protocol/search.hpp"
#include "server/pages/page_context.hpp"

namespace foyer::pages {

struct SearchPage {
  std::string text = {};  // "" = nothing was asked yet
  std::string kind = {};  // "films", "people", "threads" or "posts": only this; "" = all
  SearchResults results = {};
  std::string instead = {};  // what the words were taken for, "" = as typed
  FormState form = {};
};
std::string search_page(const PageContext& context, const SearchPage& page);

// "/search?q=…" and what else is not empty.
std::string search_address(const std::string& text, const std::string& kind, const std::string& after);

}  // namespace foyer::pages
