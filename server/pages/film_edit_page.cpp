#include <algorithm>
#include <array>

#include "server/pages/addresses.hpp"
#include "server/pages/film_edit_pages.hpp"
#include "server/pages/forms.hpp"
#include "server/pages/layout.hpp"

namespace foyer::pages {

namespace {

struct FormField {
  Literal name;
  Literal label;
  Literal hint = "";
  int rows = 0;  // 0: a single line
};

constexpr std::array<FormField, film_fields.size()> form_fields{
    {{.name = "title", .label = "Title"},
     {.name = "original_title", .label = "Original title"},
     {.name = "alternative_titles", .label = "Other titles", .hint = "One a line.", .rows = 3},
     {.name = "year", .label = "Year", .hint = "From 1870 to 2200."},
     {.name = "release_date", .label = "Released", .hint = "A day like 1957-10-12."},
     {.name = "runtime_minutes", .label = "Runtime in minutes"},
     {.name = "synopsis", .label = "Synopsis", .rows = 8},
     {.name = "synopsis_source",
      .label = "Source of the synopsis",
      .hint = "“editorial” when it was written for Foyer, “wikipedia” for a text under its license."},
     {.name = "synopsis_url", .label = "Address of the source"},
     {.name = "genres", .label = "Genres", .hint = "One a line.", .rows = 4},
     {.name = "countries", .label = "Countries", .hint = "One a line.", .rows = 3},
     {.name = "languages", .label = "Languages", .hint = "One a line.", .rows = 3},
     {.name = "cast", .label = "Cast", .hint = "One a line, in billing order: Name | Character.", .rows = 12},
     {.name = "crew", .label = "Crew", .hint = "One a line: Name | Job, directors and writers first.", .rows = 8}}};

std::string text_of(const FilmEditPage& content, Literal name) {
  const auto found =
      std::ranges::find_if(content.fields, [&](const FilmFieldText& field) { return field.field == name.text(); });
  return found == content.fields.end() ? std::string() : found->text;
}

void write_form_field(Html& html, const FormField& field, const FilmEditPage& content) {
  const bool required = field.name.text() == "title";
  const auto presence = required ? Presence::required : Presence::optional;
  const std::string text = text_of(content, field.name);
  if (field.rows == 0) {
    write_field(html, {.name = field.name, .label = field.label, .hint = field.hint, .presence = presence}, text,
                content.form);
  } else {
    write_text_area(
        html, {.name = field.name, .label = field.label, .hint = field.hint, .rows = field.rows, .presence = presence},
        text, content.form);
  }
}

}  // namespace

std::string film_field_label(const std::string& field) {
  const auto found =
      std::ranges::find_if(form_fields, [&](const FormField& known) { return known.name.text() == field; });
  return found == form_fields.end() ? field : std::string(found->label.text());
}

std::string film_edit_page(const PageContext& context, const FilmEditPage& content) {
  Page page(context, {.title = "Edit " + content.film.title});
  auto& html = page.html();
  const auto film = address_of(content.film);
  html << "<p class=\"back\"><a";
  html.attribute("href", Address(film)) << "><cite class=\"film-title\">" << content.film.title
                                        << "</cite></a></p>\n<h1>Edit <cite class=\"film-title\">" << content.film.title
                                        << "</cite></h1>\n<p>What is empty counts as unknown. Imports leave alone what "
                                           "is changed here; the <a";
  html.attribute("href", Address(film + "/history")) << ">history</a> keeps what was there.</p>\n"
                                                     << "<form class=\"form\" method=\"post\"";
  html.attribute("action", Address(film + "/edit")) << ">\n";
  write_form_errors(html, content.form);
  write_form_key(html, context);
  write_hidden(html, "version", content.version);
  html << "\n";
  for (const auto& field : form_fields) write_form_field(html, field, content);
  html << "<p class=\"form-actions\"><button type=\"submit\" class=\"primary\">Save</button></p>\n</form>\n";
  return std::move(page).finish();
}

}  // namespace foyer::pages
