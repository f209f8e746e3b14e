#include "server/pages/title_card.hpp"

namespace foyer::pages {

namespace {

constexpr std::int64_t hues = 12;

std::string surname_of(const std::string& name) {
  const auto space = name.rfind(' ');
  return space == std::string::npos ? name : name.substr(space + 1);
}

}  // namespace

void write_title_card(Html& html, FilmId film, const std::string& title, std::optional<int> year,
                      const std::string& director) {
  html << "<div class=\"title-card h" << film.value % hues << "\" aria-hidden=\"true\"><span class=\"card-year\">";
  if (year) html << *year;
  html << "</span><span class=\"card-title\">" << title << "</span><span class=\"card-director\">"
       << surname_of(director) << "</span></div>";
}

void write_small_card(Html& html, FilmId film, std::optional<int> year) {
  html << "<div class=\"small-card h" << film.value % hues << "\" aria-hidden=\"true\">";
  if (year) html << *year;
  html << "</div>";
}

void write_empty_card(Html& html) { html << "<div class=\"small-card no-film\" aria-hidden=\"true\"></div>"; }

}  // namespace foyer::pages
