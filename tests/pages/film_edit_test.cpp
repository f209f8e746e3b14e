// The form that changes a film, its history, and the way to both on the film's page.
#include <gtest/gtest.h>

#include "server/pages/film_edit_pages.hpp"
#include "tests/pages/markup.hpp"
#include "tests/pages/sample_views.hpp"

namespace foyer::pages {
namespace {

using namespace samples;

const FilmLink link{FilmId{3}, "the-cranes-are-flying", "The Cranes Are Flying", 1957};

TEST(FilmEditing, IsOfferedOnTheFilmsPageToModeratorsOnly) {
  const std::string edit = "href=\"/films/3-the-cranes-are-flying/edit\">Edit film</a>";
  const std::string history = "href=\"/films/3-the-cranes-are-flying/history\">History</a>";
  const auto shown = film_page(member_context(ana()), film_content());
  EXPECT_TRUE(contains(shown, edit));
  EXPECT_TRUE(contains(shown, history));
  for (const auto& context : {guest_context(), member_context(mira())}) {
    const auto page = film_page(context, film_content());
    EXPECT_FALSE(contains(page, edit.substr(0, edit.find('>'))));
    EXPECT_FALSE(contains(page, history.substr(0, history.find('>'))));
  }
}

TEST(FilmEditing, HasAFieldForEachFactWithWhatStandsThere) {
  FilmEditPage content{link, {}, "0a1b", {}};
  for (const std::string_view name : film_fields)
    content.fields.push_back({std::string(name), "Is " + std::string(name)});
  const auto page = film_edit_page(member_context(ana()), content);
  EXPECT_TRUE(contains(page, "<form class=\"form\" method=\"post\" action=\"/films/3-the-cranes-are-flying/edit\">"));
  EXPECT_TRUE(contains(page, "<input type=\"hidden\" name=\"version\" value=\"0a1b\">"));
  for (const std::string_view name : film_fields) {
    EXPECT_EQ(count_of(page, " name=\"" + std::string(name) + "\""), 1u) << name;
    const std::string text = "Is " + std::string(name);
    EXPECT_TRUE(contains(page, "value=\"" + text + "\"") || contains(page, ">\n" + text + "</textarea>")) << name;
    EXPECT_NE(film_field_label(std::string(name)), name);
  }
  EXPECT_TRUE(contains(page, "<h1>Edit <cite class=\"film-title\">The Cranes Are Flying</cite></h1>"));
}

TEST(FilmEditing, SaysWhatIsWrongBesideItsField) {
  FilmEditPage content{link, {{"year", "195"}}, "", form({"year", "cast"}, "Year: must be later")};
  const auto page = film_edit_page(member_context(ana()), content);
  EXPECT_TRUE(contains(page, "<p class=\"field-error\" id=\"error-year\">Year: must be later</p>"));
  EXPECT_TRUE(contains(page, "<a href=\"#field-cast\">"));
  EXPECT_TRUE(contains(page, "aria-invalid=\"true\" aria-describedby=\"error-year hint-year\""));
  EXPECT_TRUE(contains(page, "value=\"195\""));
}

TEST(FilmEditing, KeepsAHistoryThatSaysWhoChangedWhatAndWhen) {
  FilmHistoryPage content{
      link,
      {{{9, at(0), ana(), "cast", "Tatyana Samoylova | Veronika\nA", "A"}, {8, at(0), ana(), "year", "", "1957"}}, "x"},
      "/films/3-the-cranes-are-flying/history?after=x"};
  const auto page = film_history_page(member_context(ana()), content);
  EXPECT_TRUE(contains(page, "<h2>Cast</h2><p class=\"meta\"><a href=\"/members/ana\">ana</a> · <time"));
  EXPECT_TRUE(
      contains(page, "<dt>Before</dt><dd><pre class=\"revision-text\">\nTatyana Samoylova | Veronika\nA</pre>"));
  EXPECT_TRUE(contains(page, "<dt>Before</dt><dd>Nothing</dd>"));
  EXPECT_LT(page.find("<h2>Cast"), page.find("<h2>Year"));
  EXPECT_TRUE(contains(page, "href=\"/films/3-the-cranes-are-flying/history?after=x\""));
  const auto none = film_history_page(member_context(ana()), {link, {}, ""});
  EXPECT_TRUE(contains(none, "Nothing has been changed by hand yet."));
}

}  // namespace
}  // namespace foyer::pages
