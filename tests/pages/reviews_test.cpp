// Reviews on the pages: the film's, the list, the form, the thread's and its row.
#include <gtest/gtest.h>

#include "server/pages/review_pages.hpp"
#include "tests/pages/markup.hpp"
#include "tests/pages/sample_views.hpp"

namespace foyer::pages {
namespace {

using namespace samples;

ThreadView review_thread() {
  ThreadView view = thread();
  view.id = ThreadId{44};
  view.kind = ThreadKind::review;
  view.title = "Review of The Cranes Are Flying";
  view.slug = "review-of-the-cranes-are-flying";
  view.score = 7;
  return view;
}

ReviewView flagged() {
  ReviewView view{review_thread(), ""};
  view.thread.contains_spoilers = true;
  return view;
}

FilmPage reviewed_film() {
  auto content = film_content();
  content.reviewed.newest = {{review_thread(), "It <weeps>."}, flagged()};
  content.reviewed.count = 12;
  return content;
}

TEST(Reviews, StandOnTheFilmsPageBeforeItsComments) {
  const auto page = film_page(guest_context(), reviewed_film());
  const auto reviews = page.find("Reviewed by");
  ASSERT_NE(reviews, std::string::npos);
  EXPECT_LT(reviews, page.find("id=\"comments\""));
  EXPECT_TRUE(contains(page, "It &lt;weeps&gt;."));
  EXPECT_TRUE(contains(page, "<span aria-hidden=\"true\">★★★½</span> 7 of 10"));
  EXPECT_TRUE(contains(page, ">Review of <cite class=\"film-title\">The Cranes Are Flying</cite></a>"));
  EXPECT_TRUE(contains(page, "href=\"/films/3-the-cranes-are-flying/reviews\">All 12 reviews</a>"));
  EXPECT_TRUE(contains(page, ">Write a review</a>"));
}

TEST(Reviews, ThatContainSpoilersSaySoInPlaceOfTheirText) {
  const auto page = film_page(guest_context(), reviewed_film());
  EXPECT_TRUE(contains(page, "This review tells what happens. <a href=\"/threads/44-"));
  const auto list = review_list_page(guest_context(), {review_thread().films[0], {{flagged()}, std::nullopt}, ""});
  EXPECT_TRUE(contains(list, "This review tells what happens. "));
}

TEST(Reviews, AreToldToSearchEnginesAsTheyAreShown) {
  const auto page = film_page(guest_context(), reviewed_film());
  EXPECT_TRUE(contains(page, R"("review":[{"@type":"Review")"));
  EXPECT_TRUE(contains(page, R"("ratingValue":7,"bestRating":10,"worstRating":1},"reviewBody":"It \u003cweeps)"));
  EXPECT_EQ(page.find("reviewBody"), page.rfind("reviewBody")) << "not of the one that contains spoilers";
  EXPECT_FALSE(contains(film_page(guest_context(), film_content()), "\"review\":"));
}

TEST(Reviews, OfTheViewerAreOfferedForAChange) {
  auto content = reviewed_film();
  content.reviewed.own = review_thread();
  const auto page = film_page(member_context(mira()), content);
  EXPECT_TRUE(contains(page, ">Your review</a>"));
  EXPECT_TRUE(contains(page, "href=\"/films/3-the-cranes-are-flying/review\">Change it</a>"));
  EXPECT_FALSE(contains(page, ">Write a review</a>"));
}

TEST(Reviews, ShowTheirScoreInTheThreadAndInRows) {
  ThreadPage content = thread_content();
  content.thread = review_thread();
  const auto page = thread_page(guest_context(), content);
  EXPECT_TRUE(contains(page, "<p class=\"thread-score\"><span class=\"score\"><span aria-hidden=\"true\">★★★½</span>"));
  EXPECT_TRUE(contains(page, "Reviewed by <a"));
  content.thread.score.reset();
  EXPECT_TRUE(
      contains(thread_page(guest_context(), content), "<p class=\"thread-score\"><span class=\"score\"></span>"));
  const auto rows = thread_list_page(guest_context(), {{{review_thread()}, std::nullopt}, ""});
  EXPECT_TRUE(contains(rows, "Review <span class=\"score\">"));
}

TEST(Reviews, AreWrittenInAFormThatGivesBackWhatWasTyped) {
  ReviewFormPage content;
  content.film = review_thread().films[0];
  const auto empty = review_form_page(member_context(mira()), content);
  EXPECT_TRUE(contains(empty, "action=\"/films/3-the-cranes-are-flying/review\""));
  EXPECT_TRUE(contains(empty, ">Publish the review</button>"));
  EXPECT_FALSE(contains(empty, " checked"));
  content.own = review_thread();
  content.body = hostile;
  content.score = 3;
  content.contains_spoilers = true;
  content.form = form({"score"}, "Must be from 1 to 10.");
  const auto page = review_form_page(member_context(mira()), content);
  EXPECT_FALSE(contains(page, hostile));
  EXPECT_TRUE(contains(page, "value=\"3\" checked>"));
  EXPECT_TRUE(contains(page, "value=\"1\" checked> It tells what happens (spoilers)"));
  EXPECT_TRUE(contains(page, "href=\"#field-score\""));
  EXPECT_TRUE(contains(page, ">Change the review</button>"));
}

TEST(FilmMarks, AreButtonsOfMembersThatSayWhatIsSo) {
  auto content = film_content();
  content.own_marks.seen = true;
  const auto page = film_page(member_context(mira()), content);
  EXPECT_TRUE(contains(page, "name=\"unmark\" value=\"seen\" aria-pressed=\"true\""));
  EXPECT_TRUE(contains(page, "name=\"mark\" value=\"watchlist\" aria-pressed=\"false\""));
  EXPECT_FALSE(contains(film_page(guest_context(), content), "class=\"marks\""));
}

}  // namespace
}  // namespace foyer::pages
