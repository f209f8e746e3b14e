#include "protocol/film_edit.hpp"

#include <gtest/gtest.h>

#include "tests/protocol/mistakes.hpp"

namespace foyer {
namespace {

using Mistakes = std::vector<std::string>;

TEST(EditFilmRequests, LeaveOutWhatIsAbsentAndEmptyWhatIsNull) {
  const auto empty = codec::decode_edit_film("{}");
  EXPECT_EQ(empty.value(), EditFilmRequest());
  const auto nulls = codec::decode_edit_film(
      R"({"original_title":null,"year":null,"runtime_minutes":null,"synopsis":null,"genres":null,"cast":null})");
  EditFilmRequest wanted;
  wanted.original_title = wanted.synopsis = "";
  wanted.year = wanted.runtime_minutes = FilmNumber{};
  wanted.genres = std::vector<std::string>();
  wanted.cast = std::vector<GivenCredit>();
  EXPECT_EQ(nulls.value(), wanted);
}

TEST(EditFilmRequests, CarryTextsNumbersListsAndCredits) {
  const auto decoded = codec::decode_edit_film(
      R"({"title":"M","year":1931,"countries":["Germany"],)"
      R"("cast":[{"name":"Peter Lorre","character":"Hans Beckert"},{"name":"Inge Landgut","character":null}],)"
      R"("crew":[{"name":"Fritz Lang","job":"Director"}]})");
  EditFilmRequest wanted;
  wanted.title = "M";
  wanted.year = FilmNumber{1931};
  wanted.countries = std::vector<std::string>{"Germany"};
  wanted.cast = std::vector<GivenCredit>{{"Peter Lorre", "Hans Beckert"}, {"Inge Landgut", ""}};
  wanted.crew = std::vector<GivenCredit>{{"Fritz Lang", "Director"}};
  EXPECT_EQ(decoded.value(), wanted);
}

TEST(EditFilmRequests, AreRefusedByThePathOfEachWrongField) {
  const auto decoded = codec::decode_edit_film(
      R"({"title":7,"year":"1931","genres":"drama","countries":[1],"cast":[{"character":"Hans"}],)"
      R"("crew":[{"name":"Fritz Lang","role":"Director"}],"slug":"m"})");
  ASSERT_TRUE(decoded.has_error());
  EXPECT_EQ(decoded.error().code, ErrorCode::invalid);
  EXPECT_EQ(testing::mistakes_of(decoded.error()),
            (Mistakes{"title wrong_type", "year wrong_type", "genres wrong_type", "countries[0] wrong_type",
                      "cast[0].name required", "crew[0].role unknown", "slug unknown"}));
  EXPECT_EQ(codec::decode_edit_film("[").error().code, ErrorCode::bad_request);
}

TEST(FilmHistory, SaysNullForWhatWasUnknown) {
  const FilmChangeView change{7, Timestamp(), {UserId{2}, "vera", Role::moderator}, "year", "", "1931"};
  EXPECT_EQ(codec::encode(ListView<FilmChangeView>{{change}, std::nullopt}),
            R"({"items":[{"id":7,"at":"1970-01-01T00:00:00.000Z","member":{"id":2,"name":"vera","role":"moderator"},)"
            R"("field":"year","old_text":null,"new_text":"1931"}],"next":null})");
}

}  // namespace
}  // namespace foyer
