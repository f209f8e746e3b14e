// A field in which a film is named: by its title, looked up while it is typed (web-client/src/film_lookup.ts), or by
// the address of its page.
#pragma once

#include <string>

#include "server/pages/html.hpp"

namespace foyer::pages {

struct FilmField {
  Literal name;
  Literal label;
  Literal hint = "";
  Literal use;  // what a choice does: "chips", "link" (into the text beside it) or "address" (into the field)
};
void write_film_field(Html& html, const FilmField& field, const std::string& value);

}  // namespace foyer::pages
