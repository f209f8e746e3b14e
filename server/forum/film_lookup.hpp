// Films as people name them in a form: by the address of a film's page, or by a title.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "persistence/transaction.hpp"
#include "protocol/views.hpp"

namespace foyer::forum {

// What the text stands for, at most limits::film_lookup_items. An empty text stands for none.
std::vector<FilmLink> look_up_films(persistence::Transaction& transaction, const std::string& text,
                                    const std::string& site_url);
// The only one of these, or of several the only one with exactly this title.
std::optional<FilmLink> look_up_film(persistence::Transaction& transaction, const std::string& text,
                                     const std::string& site_url);

// Those that exist.
std::vector<FilmLink> read_film_links(persistence::Transaction& transaction, const std::vector<FilmId>& films);

// "[The Third Man](/films/7-the-third-man)": what names the film in a post.
std::string markdown_link(const FilmLink& film);

}  // namespace foyer::forum
