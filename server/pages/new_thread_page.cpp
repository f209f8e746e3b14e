#include "protocol/film_colours.hpp"
#include "protocol/limits.hpp"
#include "server/pages/addresses.hpp"
#include "server/pages/film_field.hpp"
#include "server/pages/forms.hpp"
#include "server/pages/layout.hpp"
#include "server/pages/pages.hpp"
#include "server/pages/words.hpp"

namespace foyer::pages {

namespace {

void write_kind(Html& html, ThreadKind kind, ThreadKind chosen, Literal label) {
  html << "<label class=\"choice\"><input type=\"radio\" name=\"kind\"";
  html.attribute("value", std::string(to_word(kind))).flag("checked", kind == chosen) << "> " << label << "</label>\n";
}

void write_kinds(Html& html, const NewThreadPage& content) {
  html << "<fieldset class=\"field\" id=\"field-kind\"><legend>What is it?</legend>\n";
  write_field_error(html, "kind", content.form);
  write_kind(html, ThreadKind::discussion, content.kind, "A discussion");
  write_kind(html, ThreadKind::identify, content.kind, "I am looking for a film whose title I do not know");
  write_kind(html, ThreadKind::watch_along, content.kind, "A watch-along: a film seen together");
  html << "</fieldset>\n";
}

// A chosen film is a box that is checked; so is one that was found, once it is taken.
void write_film(Html& html, const FilmLink& film, bool chosen) {
  html << "<li><label class=\"choice\"><input type=\"checkbox\" name=\"film\"";
  html.attribute("value", film.id.value).flag("checked", chosen)
      << "> <span><cite class=\"film-title\">" << film.title << "</cite>" << year_in_parentheses(film.year)
      << "</span></label></li>\n";
}

void write_films(Html& html, const NewThreadPage& content) {
  html << "<fieldset class=\"films-field\"";
  html.attribute("data-most", static_cast<std::int64_t>(limits::films_per_thread))
      << "><legend>Films <span class=\"optional\">(optional)</span></legend>\n";
  write_field_error(html, "wanted_film", content.form);
  html << "<ul class=\"film-chips\">\n";
  for (const auto& film : content.films) write_film(html, film, true);
  for (const auto& film : content.found) write_film(html, film, false);
  html << "</ul>\n";
  if (content.searched && content.found.empty()) {
    html << "<p class=\"hint\" role=\"status\">No other film was found for that title.</p>\n";
  }
  write_film_field(html,
                   {.name = "wanted_film",
                    .label = "Find a film by its title",
                    .hint = "Up to 5 films that it is about.",
                    .use = "chips"},
                   content.wanted_film);
  html << "<p class=\"form-actions find-film\"><button type=\"submit\" name=\"find\" value=\"1\" formnovalidate>Find a "
          "film</button></p>\n</fieldset>\n";
}

void write_colours(Html& html, FilmColour chosen) {
  html << "<p class=\"field\"><label for=\"field-colour\">Colour <span class=\"optional\">(optional)</span></label>"
          "<select id=\"field-colour\" name=\"colour\">";
  const auto option = [&](FilmColour colour, Literal label) {
    html << "<option";
    html.attribute("value", std::string(to_word(colour))).flag("selected", colour == chosen)
        << ">" << label << "</option>";
  };
  option(FilmColour::unknown, "I do not know");
  option(FilmColour::colour, "In colour");
  option(FilmColour::black_and_white, "Black and white");
  html << "</select></p>\n";
}

void write_clue_fields(Html& html, const NewThreadPage& content) {
  constexpr auto optional = Presence::optional;
  html << "<fieldset class=\"clue-fields\" id=\"field-clues\"><legend>What you remember of the film you look "
          "for</legend>\n";
  write_field_error(html, "clues", content.form);
  write_field(html, {.name = "decade", .label = "Decade", .hint = "For example 1950.", .presence = optional},
              content.decade, content.form);
  write_field(html, {.name = "country", .label = "Country", .presence = optional}, content.clues.country, content.form);
  write_colours(html, content.clues.colour);
  write_field(html, {.name = "language", .label = "Language", .presence = optional}, content.clues.language,
              content.form);
  write_text_area(html,
                  {.name = "scene",
                   .label = "A scene",
                   .hint = "Plain text, shown above the posts. Up to 1,000 characters.",
                   .rows = 3,
                   .presence = optional},
                  content.clues.scene, content.form);
  html << "</fieldset>\n";
}

}  // namespace

std::string new_thread_page(const PageContext& context, const NewThreadPage& content) {
  Page page(context, {.title = "Start a discussion"});
  auto& html = page.html();
  html << "<h1>Start a discussion</h1>\n<form class=\"form new-thread\" method=\"post\" action=\"/threads\">\n";
  write_form_errors(html, content.form);
  write_form_key(html, context);
  write_kinds(html, content);
  write_field(html, {.name = "title", .label = "Title", .hint = "What is it about? Between 3 and 200 characters."},
              content.title, content.form);
  html << "<div class=\"title-suggestions\" role=\"status\"></div>\n";
  write_films(html, content);
  write_clue_fields(html, content);
  write_preview(html, content.form);
  write_text_area(html,
                  {.name = "body",
                   .label = "First post",
                   .hint = "*italic*, **bold**, &gt; quote, ||spoiler||. Up to 10,000 characters.",
                   .rows = 10},
                  content.body, content.form);
  html << "<p class=\"form-actions\"><button type=\"submit\" class=\"primary\">Start the "
          "discussion</button> ";
  write_preview_button(html);
  html << "</p>\n</form>\n";
  return std::move(page).finish();
}

}  // namespace foyer::pages
