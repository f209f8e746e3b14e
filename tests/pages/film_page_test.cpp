#include <string>

#include <gtest/gtest.h>

#include "tests/pages/markup.hpp"
#include "tests/pages/sample_views.hpp"

namespace foyer::pages {
namespace {

using namespace samples;

// The text of a page: tags gone, what is for the eye left.
std::string text_of(const std::string& page) {
  std::string text;
  bool inside = false;
  for (const char character : page) {
    if (character == '<') inside = true;
    if (!inside) text += character;
    if (character == '>') inside = false;
  }
  return text;
}

TEST(FilmPage, ShowsTheFactsOfTheCranesAreFlying) {
  const auto page = film_page(guest_context("/films/3-the-cranes-are-flying"), film_content());
  const auto text = text_of(page);
  for (const auto* fact :
       {"The Cranes Are Flying", "Letyat zhuravli", "Soviet Union, 1957", "12 October 1957", "1 hour 37 minutes",
        "Mikhail Kalatozov", "Viktor Rozov", "Tatyana Samoylova", "Aleksey Batalov", "Vasili Merkuryev",
        "Aleksandr Shvorin", "No ratings yet", "Moscow, June 1941."}) {
    EXPECT_TRUE(contains(text, fact)) << fact;
  }
}

TEST(FilmPage, ShowsTheAverageWhoGaveWhatAndTheFormOfWhoMayRate) {
  auto content = film_content();
  EXPECT_TRUE(contains(film_page(guest_context(), content), "<details class=\"histogram\" hidden>"));
  content.film.rating = {7.75, 4, {0, 0, 0, 0, 0, 1, 0, 2, 1, 0}};
  content.own_score = 9;
  const auto guests = film_page(guest_context(), content);
  EXPECT_TRUE(contains(guests, "<span class=\"rating-score\">7.8</span>"));
  EXPECT_TRUE(contains(guests, "of 10 from 4 ratings"));
  EXPECT_TRUE(contains(guests, "<li><span>8</span><meter min=\"0\" max=\"2\" value=\"2\""));
  EXPECT_FALSE(contains(guests, "name=\"score\""));
  EXPECT_TRUE(contains(guests, "</a> to rate this film."));
  const auto members = film_page(member_context(mira()), content);
  EXPECT_TRUE(contains(members, "action=\"/films/3-the-cranes-are-flying/rating\""));
  EXPECT_TRUE(contains(members, "value=\"9\" checked>"));
  EXPECT_FALSE(contains(members, "value=\"8\" checked>"));
}

TEST(FilmPage, SaysToSearchEnginesWhatItShowsAndNothingThatEndsTheScript) {
  auto content = film_content();
  content.film.title = "The </script><script>alert(1)</script> Cranes";
  content.film.external_ids = {{"imdb", "tt0050634"}, {"foyer", "x"}};
  auto page = film_page(guest_context(), content);
  EXPECT_TRUE(contains(page, R"("@type":"Movie","name":"The \u003c/script\u003e\u003cscript\u003ealert(1))"));
  EXPECT_TRUE(contains(page, R"("duration":"PT97M")"));
  EXPECT_TRUE(contains(page, R"("sameAs":["https://www.imdb.com/title/tt0050634/"])"));
  EXPECT_FALSE(contains(page, "aggregateRating"));
  content.film.rating = {7.75, 4, {0, 0, 0, 0, 0, 1, 0, 2, 1, 0}};
  page = film_page(guest_context(), content);
  EXPECT_TRUE(contains(page, R"("aggregateRating":{"@type":"AggregateRating","ratingValue":"7.8","ratingCount":4)"));
}

TEST(FilmPage, LinksWhereElseTheFilmIsAndNamesItsOtherTitles) {
  auto content = film_content();
  content.film.alternative_titles = {"Quand passent les cigognes", "Wenn die Kraniche ziehen"};
  content.film.external_ids = {{"imdb", "tt0050634"},
                               {"wikidata", "Q714524"},
                               {"enwiki", "The Cranes Are Flying"},
                               {"tmdb", "38360"},
                               {"foyer", "x"}};
  const auto page = film_page(guest_context(), content);
  EXPECT_TRUE(contains(page, "<a rel=\"noopener\" href=\"https://www.wikidata.org/wiki/Q714524\">Wikidata</a>"));
  EXPECT_TRUE(contains(page, "href=\"https://en.wikipedia.org/wiki/The%20Cranes%20Are%20Flying\""));
  EXPECT_TRUE(contains(page, "href=\"https://www.themoviedb.org/movie/38360\">TMDB</a>"));
  EXPECT_TRUE(contains(page, ", <cite class=\"film-title\">Wenn die Kraniche ziehen</cite>"));
}

TEST(FilmPage, ShowsFourOfTheCastAndTwoOfTheCrewAndTheWayToAllOfThem) {
  const auto page = film_page(guest_context(), film_content());
  EXPECT_TRUE(contains(page, ">Tatyana Samoylova</a> <span class=\"meta\">as Veronika</span>, <a ")) << page;
  EXPECT_FALSE(contains(page, "Svetlana Kharitonova"));
  EXPECT_FALSE(contains(page, "Sergey Urusevsky"));
  EXPECT_TRUE(contains(page, "href=\"/films/3-the-cranes-are-flying/cast\">View all 5<"));
  EXPECT_TRUE(contains(page, "href=\"/films/3-the-cranes-are-flying/crew\">View all 3<"));
}

TEST(FilmPage, EveryFilmTitleInTheBodyIsItalic) {
  const auto page = film_page(guest_context(), film_content());
  EXPECT_TRUE(contains(page, "<h1><cite class=\"film-title\">The Cranes Are Flying</cite></h1>"));
  EXPECT_TRUE(contains(page, "<title>The Cranes Are Flying (1957) · Foyer</title>"));
  EXPECT_TRUE(contains(page, "<link rel=\"canonical\" href=\"https://foyer.example/films/3-the-cranes-are-flying\">"));
  EXPECT_TRUE(contains(page, "<div class=\"title-card h"));
}

TEST(FilmPage, IsDescribedByItsSynopsisOrElseByYearAndDirector) {
  auto content = film_content();
  content.film.synopsis = "She \"waits\". " + std::string(40, 'a') + std::string(40, ' ') + std::string(120, 'b');
  const std::string described = "content=\"She &quot;waits&quot;. " + std::string(40, 'a') + "…\">";
  auto page = film_page(guest_context(), content);
  EXPECT_TRUE(contains(page, "<meta name=\"description\" " + described)) << page;
  EXPECT_TRUE(contains(page, "<meta property=\"og:description\" " + described));
  EXPECT_TRUE(contains(page, "<meta property=\"og:title\" content=\"The Cranes Are Flying (1957)\">"));
  content.film.synopsis = "";
  page = film_page(guest_context(), content);
  EXPECT_TRUE(contains(page, "content=\"The Cranes Are Flying (1957), directed by Mikhail Kalatozov: facts,"));
}

TEST(FilmPage, WithoutLinkedDiscussionsRelatedOnesAreShown) {
  auto content = film_content();
  content.related = {{thread(), "lit from below", "names the film"}};
  const auto page = film_page(guest_context(), content);
  EXPECT_TRUE(contains(page, "No discussion is linked to this film yet."));
  EXPECT_TRUE(contains(page, "Possibly related"));
  EXPECT_TRUE(contains(page, "lit from below"));
  EXPECT_TRUE(contains(page, "2 replies"));
  content.linked = {thread()};
  EXPECT_FALSE(contains(film_page(guest_context(), content), "Possibly related"));
}

TEST(FilmPage, RelatedThreadsHaveTheNamesThatTheyWereFoundByMarked) {
  auto content = film_content();
  content.related = {{thread(), "“The cranes are flying” by Kalatozov's crew, the <b>Kalatozovian</b> camera", ""}};
  content.related.front().thread.title = "Letyat Zhuravli & its ending";
  const auto page = film_page(guest_context(), content);
  EXPECT_TRUE(contains(page, "\"><mark>Letyat Zhuravli</mark> &amp; its ending</a>"));
  EXPECT_TRUE(contains(page,
                       "“<mark>The cranes are flying</mark>” by <mark>Kalatozov</mark>&#39;s crew, "
                       "the &lt;b&gt;Kalatozovian&lt;/b&gt; camera"));
}

TEST(FilmPage, AWordIsMarkedOnlyAsTheTitleOfOneWordIsSpelled) {
  auto content = film_content();
  content.film.title = "Ran";
  content.film.original_title = "";
  content.related = {{thread(), "He ran to see Ran, not Rand", ""}};
  EXPECT_TRUE(contains(film_page(guest_context(), content), "He ran to see <mark>Ran</mark>, not Rand"));
}

TEST(FilmPage, WithoutCommentsItFollowsTheFilm) {
  const auto page = film_page(guest_context(), film_content());
  EXPECT_TRUE(contains(
      page,
      "<live-thread class=\"live-thread\" data-kind=\"comments\" data-film=\"3\" data-page=\"1\" data-pages=\"1\">"));
}

TEST(FilmPage, WithCommentsItFollowsTheirThread) {
  auto content = film_content();
  content.comments.thread = thread();
  content.comments.thread->kind = ThreadKind::comments;
  content.comments.posts = posts();
  const auto page = film_page(guest_context(), content);
  EXPECT_TRUE(contains(page, "data-channel=\"thread:42\" data-thread-id=\"42\" data-seq=\"17\" data-posts=\"3\""));
}

TEST(FilmPage, GuestsAreInvitedAndMembersGetTheForm) {
  const auto path = "/films/3-the-cranes-are-flying";
  const auto for_guest = film_page(guest_context(path), film_content());
  EXPECT_TRUE(contains(text_of(for_guest), "Log in to comment, or register. It takes a minute."));
  EXPECT_FALSE(contains(for_guest, "<textarea"));
  const auto for_member = film_page(member_context(mira(), path), film_content());
  EXPECT_TRUE(contains(for_member, "<form method=\"post\" action=\"/films/3-the-cranes-are-flying/comments#reply\">"));
  EXPECT_TRUE(contains(for_member, "data-endpoint=\"/api/v1/films/3/comments\""));
  EXPECT_TRUE(contains(for_member, "name=\"key\" value=\"0123456789abcdef\""));
}

TEST(FilmPage, CreditsWikipediaForItsText) {
  auto content = film_content();
  content.film.synopsis_source = "wikipedia";
  content.film.synopsis_url = "https://en.wikipedia.org/wiki/The_Cranes_Are_Flying";
  const auto page = film_page(guest_context(), content);
  EXPECT_TRUE(contains(page, "href=\"https://en.wikipedia.org/wiki/The_Cranes_Are_Flying\">Wikipedia</a>"));
  EXPECT_TRUE(contains(page, "CC BY-SA"));
}

TEST(FilmPage, WhatIsUnknownIsLeftOut) {
  FilmPage content;
  content.film.id = FilmId{5};
  content.film.title = "A Lost Reel";
  const auto page = film_page(guest_context(), content);
  for (const auto* absent : {"Released", "Runtime", "View all", "original-title", "synopsis", "Genres"}) {
    EXPECT_FALSE(contains(page, absent)) << absent;
  }
}

}  // namespace
}  // namespace foyer::pages
