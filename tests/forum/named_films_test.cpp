#include "server/forum/named_films.hpp"

#include <gtest/gtest.h>

#include "server/forum/film_address.hpp"
#include "server/forum/film_lookup.hpp"
#include "server/forum/markdown.hpp"

namespace foyer::forum {
namespace {

constexpr const char* site = "https://foyer.example";

std::vector<std::int64_t> named(const std::string& body, std::size_t most = 5) {
  std::vector<std::int64_t> ids;
  for (const FilmId film : named_films(body, site, most)) {
    ids.push_back(film.value);
  }
  return ids;
}

using Ids = std::vector<std::int64_t>;

TEST(NamedFilms, AreThoseWhosePagesAPostLinksToEachOnce) {
  EXPECT_EQ(named("It is [The Third Man](/films/7-the-third-man), not [Gilda](/films/8)."), (Ids{7, 8}));
  EXPECT_EQ(named("[a](/films/7) and *[b](/films/7-x#rating)*"), (Ids{7}));
  EXPECT_EQ(named("https://foyer.example/films/9-laura as it stands in the address bar"), (Ids{9}));
  EXPECT_EQ(named("> [quoted](/films/3)\n\n- [listed](/films/4)"), (Ids{3, 4}));
  EXPECT_EQ(named("[a](/films/1) [b](/films/2) [c](/films/3)", 2), (Ids{1, 2}));
}

TEST(NamedFilms, AreNotThoseInSpoilersOrCode) {
  EXPECT_EQ(named("||It is [this](/films/7)||"), Ids());
  EXPECT_EQ(named("[||hidden words||](/films/7)"), Ids());
  EXPECT_EQ(named("||a|| [open](/films/7) ||b [c](/films/8)||"), (Ids{7}));
  EXPECT_EQ(named("`[code](/films/7)`"), Ids());
  EXPECT_EQ(named("    [code](/films/7)\n"), Ids());
  EXPECT_EQ(named("```\n[code](/films/7)\n```"), Ids());
  EXPECT_EQ(named("||https://foyer.example/films/9-laura||"), Ids());
}

TEST(NamedFilms, AreNotWhatOnlyLooksLikeThem) {
  for (const char* body :
       {"[x](/films/)", "[x](/films/0)", "[x](/films/-3)", "[x](/films/7x)", "[x](/films/7-x/cast)", "[x](/threads/7)",
        "[x](//films/7)", "[x](https://other.example/films/7)", "[x](https://foyer.example.evil/films/7)",
        "[x](/films/99999999999999999999)", "![x](/films/7)", "[](/films/7)", "/films/7 without a link"}) {
    EXPECT_EQ(named(body), Ids()) << body;
  }
}

TEST(NamedFilms, AreInItalicsWhereAPostShowsThem) {
  EXPECT_NE(render_markdown("[Laura](/films/9-laura)").html.find("class=\"film-title\""), std::string::npos);
  EXPECT_EQ(render_markdown("[cast](/films/9-laura/cast)").html.find("class"), std::string::npos);
  EXPECT_EQ(render_markdown("[x](https://other.example/films/9)").html.find("class"), std::string::npos);
}

TEST(NamedFilms, AreLinkedByWhateverTitleTheyHave) {
  const FilmLink film{FilmId{7}, "m", "M* [||a||](/x) <b> \\ `c` ![d] _e_ & more", std::nullopt};
  const std::string link = markdown_link(film);
  EXPECT_EQ(named(link), (Ids{7}));
  EXPECT_EQ(plain_snippet(link, 200), film.title);
}

}  // namespace
}  // namespace foyer::forum
