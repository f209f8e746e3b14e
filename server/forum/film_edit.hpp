// Changing the facts of a film by hand, and the history of it: for moderators only. What an import checks is checked
// alike, with the names of the request's fields, and the import leaves alone what was changed here.
#pragma once

#include <string>

#include "persistence/transaction.hpp"
#include "protocol/film_edit.hpp"
#include "protocol/result.hpp"
#include "protocol/views.hpp"
#include "server/forum/actor.hpp"
#include "server/forum/cursor.hpp"
#include "server/forum/film_texts.hpp"
#include "server/forum/threads.hpp"

namespace foyer::forum {

// Writes the history in the same transaction, one entry per field that is another one afterwards; without any, there is
// no news either. invalid with all wrong fields, not_found for an unknown film.
Result<Changed<FilmView>> edit_film(persistence::Transaction& transaction, const Actor& actor, FilmId film,
                                    const EditFilmRequest& request);

// The film for a form, and what became of the form. conflict when others have changed the film since it was made; the
// detail names the fields.
Result<FilmInText> read_film_in_text(persistence::Transaction& transaction, const Actor& actor, FilmId film);
Result<Changed<FilmView>> edit_film_as_typed(persistence::Transaction& transaction, const Actor& actor, FilmId film,
                                             const TypedFilm& typed);

// Newest first.
Result<ListView<FilmChangeView>> read_film_history(persistence::Transaction& transaction, const Actor& actor,
                                                   FilmId film, const ListRequest& list);

}  // namespace foyer::forum
