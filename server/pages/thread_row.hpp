// One thread in a list: its card, title, films, replies and who wrote last.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "protocol/views.hpp"
#include "server/pages/html.hpp"

namespace foyer::pages {

// <ol class="thread-list">; nothing for an empty list. The data attributes are what
// web-client/src/elements/live_front.ts goes by.
void write_thread_list(Html& html, const std::vector<ThreadView>& threads);
// "Show new ones", a link to the page itself, where a list is not filled while the page is open. It is hidden until
// there are some, which only a browser with JavaScript hears: other discussions than are listed or, with `newest`,
// reviews with a higher thread.
void write_offer_of_new(Html& html, Literal what, const std::string& address, std::optional<ThreadId> newest = {});
// A thread as a link in running text: its title, or the film in italics for a film's comments.
void write_thread_link(Html& html, const ThreadView& thread);
// The title; the film in italics where a review was given none of its own.
void write_title_of(Html& html, const ThreadView& thread);
// "<cite>Film</cite> (1957), <cite>Other</cite>" as links.
void write_films_of(Html& html, const std::vector<FilmLink>& films);
// "12 replies, last by mira on 3 May 2026, 10:15 UTC"
void write_activity_of(Html& html, const ThreadView& thread);

}  // namespace foyer::pages
