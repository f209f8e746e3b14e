// The form in which a member marks a film.
#pragma once

#include "protocol/marks.hpp"
#include "protocol/views.hpp"
#include "server/pages/html.hpp"
#include "server/pages/page_context.hpp"

namespace foyer::pages {

// Nothing for guests, whom the form beside it asks in.
void write_mark_form(Html& html, const PageContext& context, const FilmView& film, const FilmMarks& marks);

}  // namespace foyer::pages
