#include <string>

#include <gtest/gtest.h>

#include "server/pages/post_article.hpp"
#include "tests/pages/markup.hpp"
#include "tests/pages/sample_views.hpp"

namespace foyer::pages {
namespace {

using namespace samples;

std::string article_of(const PostView& post, std::optional<int> score = std::nullopt) {
  Html html;
  write_post_article(html, post, {.address = "#post-1", .author = "mira"}, score);
  return std::move(html).take();
}

std::string article_of_the_template() {
  Html html;
  write_post_template(html, {});
  return part_of(std::move(html).take(), "<article", "</article>");
}

// Tags with their classes only: what the template and the posts must have in common.
std::vector<std::string> skeleton_of(const std::string& html) {
  std::vector<std::string> tags;
  for (const auto& tag : tags_of(html)) {
    tags.push_back(tag.substr(0, tag.find_first_of(" >")) + part_of(tag, " class=\"", "\""));
  }
  return tags;
}

bool is_subsequence(const std::vector<std::string>& part, const std::vector<std::string>& whole) {
  auto at = whole.begin();
  for (const auto& tag : part) {
    at = std::find(at, whole.end(), tag);
    if (at == whole.end()) return false;
    ++at;
  }
  return true;
}

TEST(PostArticle, EveryStateIsTheTemplateWithPartsLeftOut) {
  const auto whole = skeleton_of(article_of_the_template());
  auto edited = posts().front();
  edited.html = "";
  edited.reply_to = PostNumber{1};
  auto deleted = removed_post(4);
  deleted.state = PostState::deleted;
  for (const auto& post : {edited, post(2, ana(), ""), removed_post(3), deleted}) {
    EXPECT_TRUE(is_subsequence(skeleton_of(article_of(post)), whole)) << article_of(post);
  }
}

TEST(PostArticle, TheTemplateIsInEveryLivePageOnce) {
  Html html;
  write_post_template(html, {});
  const auto written = std::move(html).take();
  EXPECT_EQ(count_of(thread_page(guest_context(), thread_content()), written), 1u);
  EXPECT_EQ(count_of(film_page(guest_context(), film_content()), written), 1u);
}

TEST(PostArticle, SaysHowManyLikeItAndOffersBothButtons) {
  auto liked = posts().front();
  const std::string likes = "<span class=\"like-count\">";
  const std::string word = "<span class=\"like-word\"> ";
  EXPECT_TRUE(contains(article_of(liked), likes + "</span>"));
  liked.like_count = 1;
  EXPECT_TRUE(contains(article_of(liked), likes + "1" + word + "like</span></span>"));
  liked.like_count = 12;
  EXPECT_TRUE(contains(article_of(liked), likes + "12" + word + "likes</span></span>"));
  EXPECT_TRUE(contains(article_of(liked),
                       "<button type=\"submit\" class=\"like\" form=\"post-form\" formaction=\"/posts/901/like\" "
                       "aria-label=\"Like post 1 by mira\">Like</button>"));
  EXPECT_TRUE(contains(article_of(liked), "formaction=\"/posts/901/unlike\" aria-label=\"Unlike post 1 by mira\">"));
  EXPECT_FALSE(contains(article_of(removed_post(3)), "like"));
}

TEST(PostArticle, SaysWhatItsAuthorGaveTheFilmWhileItIsVisible) {
  const std::string said = "<span class=\"post-score\"> rated it 8 of 10</span>";
  EXPECT_TRUE(contains(article_of(posts().front(), 8), said));
  EXPECT_FALSE(contains(article_of(posts().front()), "post-score"));
  EXPECT_FALSE(contains(article_of(removed_post(3), 8), "post-score"));
  auto content = thread_content();
  content.scores = {{mira().id, 8}, {ana().id, 10}};
  const auto page = thread_page(guest_context(), content);
  EXPECT_EQ(count_of(page, said), 1u);
  EXPECT_TRUE(contains(page, "<template id=\"post-template\" data-scores=\"7:8 8:10\">"));
}

TEST(ThreadPage, ItsRailNamesDiscussionsOfOtherFilmsThatAreLikeIt) {
  auto content = thread_content();
  content.rail = {};
  EXPECT_FALSE(contains(thread_page(guest_context(), content), "class=\"rail\""));
  content.rail.related = {thread()};
  EXPECT_TRUE(contains(thread_page(guest_context(), content), "<h2 id=\"rail-related\">Similar discussions</h2>"));
}

TEST(PostArticle, CarriesItsIdentityAndState) {
  const auto article = article_of(posts().front());
  EXPECT_TRUE(
      article.starts_with("<article class=\"post\" id=\"post-1\" data-id=\"901\" data-number=\"1\" data-revision=\"1\" "
                          "data-state=\"visible\">"));
  EXPECT_TRUE(contains(article, "<time datetime=\"2026-11-23T15:01:07.123Z\">23 November 2026, 15:01 UTC</time>"));
  EXPECT_TRUE(contains(article, "<div class=\"post-body\" dir=\"auto\"><p>How was it <em>lit</em>?</p>\n</div>"));
  EXPECT_TRUE(contains(article, "edited"));
}

TEST(PostArticle, ATombstoneKeepsItsPlaceAndHasNoText) {
  auto removed = removed_post(3);
  removed.html = "<p>what was said</p>";  // should never be there; even then it is not shown
  removed.body = "what was said";
  const auto article = article_of(removed);
  EXPECT_FALSE(contains(article, "what was said"));
  EXPECT_FALSE(contains(article, "post-body"));
  EXPECT_TRUE(contains(article, "id=\"post-3\""));
  EXPECT_TRUE(contains(article, "Removed by a moderator: Off topic"));
  removed.state = PostState::deleted;
  EXPECT_TRUE(contains(article_of(removed), "Deleted by its author"));
  EXPECT_FALSE(contains(article_of(removed), "what was said"));
}

TEST(ThreadPage, ArticlesAreTheSameForEveryViewer) {
  const auto content = thread_content();
  const auto for_guest = thread_page(guest_context(), content);
  const auto for_author = thread_page(member_context(mira()), content);
  const auto for_moderator = thread_page(member_context(ana()), content);
  for (const auto* id : {"<article class=\"post\" id=\"post-1\"", "<article class=\"post\" id=\"post-2\"",
                         "<article class=\"post\" id=\"post-3\""}) {
    const auto article = part_of(for_guest, id, "</article>");
    ASSERT_FALSE(article.empty());
    EXPECT_TRUE(contains(for_author, article));
    EXPECT_TRUE(contains(for_moderator, article));
  }
}

TEST(ThreadPage, IsDescribedByItsFilmsAndHowMuchWasSaid) {
  auto content = thread_content();
  const auto is_described_as = [&](const std::string& words) {
    return contains(thread_page(guest_context(), content), "<meta name=\"description\" content=\"" + words + "\">");
  };
  EXPECT_TRUE(is_described_as("A discussion of The Cranes Are Flying (1957) with 2 replies."));
  content.thread.kind = ThreadKind::comments;
  EXPECT_TRUE(is_described_as("2 comments on The Cranes Are Flying (1957)."));
  content.thread.films.clear();
  EXPECT_TRUE(is_described_as("2 comments."));
}

TEST(ThreadPage, RowsSayWhoseTheyAre) {
  const auto page = thread_page(member_context(mira()), thread_content());
  EXPECT_EQ(count_of(page, "<li class=\"post-row own\" data-author=\"7\">"), 2u);
  EXPECT_EQ(count_of(page, "<li class=\"post-row\" data-author=\"8\">"), 1u);
  EXPECT_TRUE(contains(page, "<body data-user-id=\"7\" data-user-name=\"mira\" data-role=\"member\">"));
}

TEST(ThreadPage, RowsSayWhatTheViewerLikes) {
  auto content = thread_content();
  content.liked = {content.posts[1].id};
  const auto page = thread_page(member_context(mira()), content);
  EXPECT_EQ(count_of(page, " liked\""), 1u);
  EXPECT_TRUE(contains(page, "<li class=\"post-row liked\" data-author=\"8\"><article class=\"post\" id=\"post-2\""));
  auto film = film_content();
  film.comments.thread = thread();
  film.comments.posts = posts();
  film.comments.liked = {posts().front().id};
  EXPECT_TRUE(contains(film_page(member_context(mira()), film), "<li class=\"post-row own liked\" data-author=\"7\">"));
}

TEST(ThreadPage, AnswersNameTheirPostHereAndElsewhere) {
  auto content = thread_content();
  EXPECT_TRUE(contains(thread_page(guest_context(), content),
                       "<a class=\"post-reply-to\" href=\"#post-1\"> in reply to #1 mira</a>"));
  content.posts.erase(content.posts.begin());
  content.quoted = {posts().front()};
  EXPECT_TRUE(contains(thread_page(guest_context(), content),
                       "<a class=\"post-reply-to\" href=\"/threads/42?at=1#post-1\"> in reply to #1 mira</a>"));
}

TEST(ThreadPage, LinksItsNeighbours) {
  auto content = thread_content();
  content.page_number = 2;
  content.page_count = 3;
  const auto page = thread_page(guest_context(), content);
  EXPECT_TRUE(
      contains(page, "<link rel=\"canonical\" href=\"https://foyer.example/threads/42-the-staircase-shot?page=2\">"));
  EXPECT_TRUE(contains(page, "<link rel=\"prev\" href=\"/threads/42-the-staircase-shot\">"));
  EXPECT_TRUE(contains(page, "<link rel=\"next\" href=\"/threads/42-the-staircase-shot?page=3\">"));
  EXPECT_TRUE(contains(page, "Page 2 of 3"));
  EXPECT_TRUE(contains(page, "data-page=\"2\" data-pages=\"3\""));
}

TEST(ThreadPage, TheListBeginsWithALinkToThePageBefore) {
  auto content = thread_content();
  EXPECT_FALSE(contains(thread_page(guest_context(), content), "earlier-posts"));
  content.page_number = 3;
  content.page_count = 3;
  EXPECT_TRUE(contains(thread_page(guest_context(), content),
                       "<p class=\"earlier-posts\"><a rel=\"prev\" href=\"/threads/42-the-staircase-shot?page=2\">"
                       "Earlier posts</a></p>\n<div role=\"log\""));
  auto film = film_content();
  film.comments.thread = content.thread;
  film.comments.page_number = 2;
  EXPECT_TRUE(contains(film_page(guest_context(), film),
                       "<p class=\"earlier-posts\"><a rel=\"prev\" href=\"/threads/42-the-staircase-shot\">"
                       "Earlier comments</a></p>\n"));
}

TEST(ThreadPage, OnlyMembersGetTheFormForEdits) {
  EXPECT_EQ(count_of(thread_page(member_context(mira()), thread_content()), "<template id=\"edit-template\">"), 1u);
  EXPECT_FALSE(contains(thread_page(guest_context(), thread_content()), "edit-template"));
}

TEST(ThreadPage, ALockedThreadSaysSoAndHidesTheForm) {
  auto content = thread_content();
  const auto open = thread_page(member_context(ana()), content);
  EXPECT_TRUE(contains(open, "<p class=\"locked-note\" hidden>"));
  EXPECT_FALSE(contains(open, "data-locked"));
  EXPECT_TRUE(contains(open, "class=\"lock-form\" action=\"/threads/42-the-staircase-shot/lock\">"));
  content.thread.locked = true;
  const auto locked = thread_page(member_context(ana()), content);
  EXPECT_TRUE(contains(locked, "<p class=\"locked-note\">"));
  EXPECT_TRUE(contains(locked, " data-locked "));
  EXPECT_TRUE(contains(locked, "class=\"unlock-form\" action=\"/threads/42-the-staircase-shot/unlock\">"));
}

TEST(ThreadPage, GuestsGetNoKeyAndNoModerationForms) {
  const auto page = thread_page(guest_context("/threads/42-the-staircase-shot"), thread_content());
  EXPECT_FALSE(contains(page, "0123456789abcdef"));
  EXPECT_FALSE(contains(page, "lock-form"));
  EXPECT_TRUE(contains(page, "<form id=\"post-form\" method=\"post\" action=\"#\"></form>"));
}

TEST(ThreadPage, WhatWasTypedIsGivenBackWithItsErrors) {
  auto content = thread_content();
  content.draft = "\nfirst line empty";
  content.reply_to = PostNumber{2};
  content.form = form({"body"}, "This is too long.");
  const auto page = thread_page(member_context(mira()), content);
  EXPECT_TRUE(contains(page, ">\n\nfirst line empty</textarea>"));
  EXPECT_TRUE(contains(page, "<a href=\"#field-body\">This is too long.</a>"));
  EXPECT_TRUE(contains(page, "aria-invalid=\"true\" aria-describedby=\"error-body hint-body\""));
  EXPECT_TRUE(contains(page, "<p class=\"answering\">In reply to <a class=\"answered\" href=\"#post-2\">#2 ana</a>"));
  EXPECT_TRUE(contains(page, "name=\"reply_to\" value=\"2\">"));
}

}  // namespace
}  // namespace foyer::pages
