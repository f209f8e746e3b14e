#include "server/forum/film_texts.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "server/forum/catalogue_import.hpp"
#include "server/forum/password.hpp"

namespace foyer::forum {
namespace {

class FilmTexts : public ::testing::Test {
 protected:
  static void SetUpTestSuite() { start_cryptography(); }

  static persistence::StoredFilm stored(const std::string& line) {
    persistence::StoredFilm film;
    film.id = FilmId{3};
    film.film = parse_film_line(line).value();
    return film;
  }
  static std::string text_of(const std::vector<FilmFieldText>& fields, const std::string& name) {
    return std::ranges::find(fields, name, &FilmFieldText::field)->text;
  }

  const std::string line =
      R"({"title":"Ikiru","alternative_titles":["To Live","Vivre"],"year":1952,"genres":["drama"],)"
      R"("cast":[{"name":"Takashi Shimura","character":"Watanabe | the clerk"},{"name":"Miki Odagiri"}],)"
      R"("directors":["Akira Kurosawa"]})";
  const FilmInText film = film_in_text(stored(line));
};

TEST_F(FilmTexts, HaveAllFieldsInTheirOrderAndListsInLines) {
  ASSERT_EQ(film.fields.size(), film_fields.size());
  for (std::size_t place = 0; place < film_fields.size(); ++place) {
    EXPECT_EQ(film.fields[place].field, film_fields[place]);
  }
  EXPECT_EQ(text_of(film.fields, "alternative_titles"), "To Live\nVivre");
  EXPECT_EQ(text_of(film.fields, "year"), "1952");
  EXPECT_EQ(text_of(film.fields, "runtime_minutes"), "");
  EXPECT_EQ(text_of(film.fields, "cast"), "Takashi Shimura | Watanabe | the clerk\nMiki Odagiri");
  EXPECT_EQ(text_of(film.fields, "crew"), "Akira Kurosawa | Director");
}

TEST_F(FilmTexts, AreReadBackAsTheyWereWritten) {
  EditFilmRequest request;
  for (const FilmFieldText& field : film.fields) take_typed(request, field);
  EXPECT_EQ(request.title, "Ikiru");
  EXPECT_EQ(request.alternative_titles, (std::vector<std::string>{"To Live", "Vivre"}));
  EXPECT_EQ(request.year, FilmNumber{1952});
  EXPECT_EQ(request.runtime_minutes, FilmNumber{});
  EXPECT_EQ(request.synopsis, "");
  EXPECT_EQ(request.cast,
            (std::vector<GivenCredit>{{"Takashi Shimura", "Watanabe | the clerk"}, {"Miki Odagiri", ""}}));
  EXPECT_EQ(request.crew, (std::vector<GivenCredit>{{"Akira Kurosawa", "Director"}}));
}

TEST_F(FilmTexts, MakeZeroOfWhatIsNoNumberAndNothingOfAnotherField) {
  for (const char* typed : {"19 57", "1957a", "-", "99999999999", "MCM"}) {
    EditFilmRequest request;
    take_typed(request, {"year", typed});
    EXPECT_EQ(request.year, FilmNumber{0}) << typed;
  }
  EditFilmRequest request;
  take_typed(request, {"id", "7"});
  EXPECT_EQ(request, EditFilmRequest());
}

TEST_F(FilmTexts, AskForNothingWhereTheFormShowsWhatItHadShown) {
  TypedFilm typed{film.fields, film.version};
  for (FilmFieldText& field : typed.fields) {
    for (std::size_t at = 0; (at = field.text.find('\n', at)) != std::string::npos; at += 2) {
      field.text.replace(at, 1, "\r\n");  // as browsers do
    }
  }
  EXPECT_EQ(request_of(film, typed), EditFilmRequest());
  EXPECT_TRUE(changed_since(film, typed.version).empty());
  EXPECT_EQ(typed_over(film, typed), film.fields);
}

// Both have changed the cast, the other one the year, this one the title.
TEST_F(FilmTexts, KeepWhatWasTypedAndShowWhatOthersChanged) {
  TypedFilm typed{film.fields, film.version};
  std::ranges::find(typed.fields, "title", &FilmFieldText::field)->text = "To Live";
  std::ranges::find(typed.fields, "cast", &FilmFieldText::field)->text = "Miki Odagiri";
  persistence::StoredFilm changed = stored(line);
  changed.film.year = 1953;
  changed.film.cast.pop_back();
  const FilmInText present = film_in_text(changed);
  EXPECT_EQ(changed_since(present, typed.version), (std::vector<std::string>{"year", "cast"}));
  const auto shown = typed_over(present, typed);
  EXPECT_EQ(text_of(shown, "title"), "To Live");
  EXPECT_EQ(text_of(shown, "cast"), "Miki Odagiri");
  EXPECT_EQ(text_of(shown, "year"), "1953");
}

TEST_F(FilmTexts, TakeAFormWithoutItsVersionForOneThatIsStaleThroughout) {
  for (const std::string& version : {std::string(), std::string("none"), film.version + "0"}) {
    EXPECT_EQ(changed_since(film, version).size(), film_fields.size());
  }
}

}  // namespace
}  // namespace foyer::forum
