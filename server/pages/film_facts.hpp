// What is known of a film: the head of its page with title card and facts, and its synopsis with credit.
#pragma once

#include <cstddef>
#include <string>

#include "protocol/views.hpp"
#include "server/pages/html.hpp"

namespace foyer::pages {

inline constexpr std::size_t cast_shown = 4;  // on the film's own page; the others have one of theirs

// Title card, h1, original title, rating and the list of facts.
void write_film_head(Html& html, const FilmView& film);
void write_synopsis(Html& html, const FilmView& film);
// In a sentence or two: the beginning of the synopsis, or year and director.
std::string description_of(const FilmView& film);
// A person's name as a link.
void write_person_link(Html& html, PersonId person, const std::string& name);

}  // namespace foyer::pages
