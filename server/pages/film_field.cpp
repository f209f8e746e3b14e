#include "server/pages/film_field.hpp"

namespace foyer::pages {

void write_film_field(Html& html, const FilmField& field, const std::string& value) {
  html << "<div class=\"field film-field\" data-use=\"" << field.use << "\"><label for=\"field-" << field.name << "\">"
       << field.label << "</label>";
  if (!field.hint.text().empty()) html << "<p class=\"hint\" id=\"hint-" << field.name << "\">" << field.hint << "</p>";
  html << "<input type=\"text\" id=\"field-" << field.name << "\" name=\"" << field.name << "\" autocomplete=\"off\"";
  if (!field.hint.text().empty()) html << " aria-describedby=\"hint-" << field.name << "\"";
  if (!value.empty()) html.attribute("value", value);
  html << "></div>\n";
}

}  // namespace foyer::pages
