// The form that changes the facts of a film, and the history of these changes; for moderators. Like the pages of
// pages.hpp.
#pragma once

#include <string>
#include <vector>

#include "protocol/film_edit.hpp"
#include "server/pages/page_context.hpp"

namespace foyer::pages {

struct FilmEditPage {  // GET /films/{id}-{slug}/edit
  FilmLink film;
  std::vector<FilmFieldText> fields;  // of film_fields, as they are or as typed
  std::string version;                // of the film that they were read from
  FormState form = {};
};
std::string film_edit_page(const PageContext& context, const FilmEditPage& page);

struct FilmHistoryPage {  // GET /films/{id}-{slug}/history
  FilmLink film;
  ListView<FilmChangeView> changes;
  std::string next_address;  // "" = last page
};
std::string film_history_page(const PageContext& context, const FilmHistoryPage& page);

// What people call a field of film_fields; another name comes back as it is.
std::string film_field_label(const std::string& field);

}  // namespace foyer::pages
