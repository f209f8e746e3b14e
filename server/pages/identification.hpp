// What stands around the posts of a thread about its films: the state of a search, what is remembered, the films that
// answers name, and the films that members propose. In sections of their own: articles are the same for every viewer.
#pragma once

#include "protocol/identification.hpp"
#include "server/pages/html.hpp"
#include "server/pages/page_context.hpp"

namespace foyer::pages {

// "Looking for a film" or "Solved: The Cranes Are Flying, in answer #5". Empty for other kinds. The client keeps the
// first one of a page (id="search-state") true (web-client/src/search_state.ts).
void write_search_state(Html& html, const ThreadView& thread, const Identification& identification);
// The same without links, for a row of a list.
void write_search_words(Html& html, const ThreadView& thread);
void write_clues(Html& html, const Identification& identification);
// The films named so far, each with a button for the asker and moderators; once it is solved the way back.
void write_named_films(Html& html, const PageContext& context, const ThreadView& thread,
                       const Identification& identification);
// The open proposals, and the form to propose a film for members.
void write_proposals(Html& html, const PageContext& context, const ThreadView& thread,
                     const Identification& identification);

}  // namespace foyer::pages
