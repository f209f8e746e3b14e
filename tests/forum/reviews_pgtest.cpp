#include <atomic>
#include <thread>

#include "persistence/log_check.hpp"
#include "protocol/limits.hpp"
#include "server/forum/films.hpp"
#include "server/forum/ratings.hpp"
#include "server/forum/reviews.hpp"
#include "tests/forum/forum_world.hpp"

namespace foyer::forum {
namespace {

using samples::code_of;
using samples::field_of;

class Reviews : public samples::ForumWorld {
 protected:
  Result<WrittenReview> review(const Actor& actor, const ReviewRequest& request) {
    return act(write_review, actor, film, request);
  }
  OwnReviewView own(const Actor& actor) { return look(read_own_review, actor, film).value(); }
  ListView<ReviewView> list(const ListRequest& request = {}) { return look(list_reviews, film, request).value(); }
  Seq seq_of(ThreadId thread) { return head_of(thread); }
  std::int64_t broken() {
    std::int64_t found = 0;
    for (const persistence::LogCheck& check : look(persistence::check_log)) found += check.kept() ? 0 : 1;
    return found;
  }

  const ReviewRequest plain{"", "It *weeps*.", 9, false};
  const ReviewRequest secret{"The end", "He **dies**.", 8, true};
};

TEST_F(Reviews, AreThreadsOfTheirFilmWhoseScoreIsTheRating) {
  const auto written = review(mira, plain).value();
  EXPECT_TRUE(written.made);
  const OwnReviewView& view = written.changed.view;
  EXPECT_EQ(view.thread.kind, ThreadKind::review);
  EXPECT_EQ(view.thread.title, "Review of The Cranes Are Flying");
  ASSERT_EQ(view.thread.films.size(), 1U);
  EXPECT_EQ(view.thread.films[0].id, film);
  EXPECT_EQ(view.thread.score, 9);
  EXPECT_EQ(view.rating.average, 9.0);
  EXPECT_EQ(view.post.html, "<p>It <em>weeps</em>.</p>");
  EXPECT_EQ(own(mira), view);
  EXPECT_EQ(look(read_own_rating, mira, film).value().score, 9);
  EXPECT_EQ(broken(), 0);
}

TEST_F(Reviews, RingTheFilmAndTheFrontPage) {
  const std::vector<Channel> doorbells{{ChannelKind::film, film.value}, {ChannelKind::front, 0}};
  const auto made = review(mira, plain).value().changed;
  EXPECT_EQ(made.news.snapshots, doorbells);
  EXPECT_EQ(made.news.events.size(), 1U);
  ReviewRequest other = plain;
  other.title = "Tears";
  EXPECT_EQ(review(mira, other).value().changed.news.snapshots, doorbells);
}

TEST_F(Reviews, AreChangedInTheSameThreadAndWithoutAChangeNothingIsWritten) {
  const auto first = review(mira, plain).value().changed.view;
  const Seq before = seq_of(first.thread.id);
  const auto same = review(mira, plain).value();
  EXPECT_FALSE(same.made);
  EXPECT_TRUE(same.changed.news.events.empty());
  EXPECT_TRUE(same.changed.news.snapshots.empty());
  EXPECT_EQ(seq_of(first.thread.id), before);

  const auto other = review(mira, {"Tears", "It weeps, and we.", 10, false}).value();
  EXPECT_FALSE(other.made);
  const OwnReviewView& view = other.changed.view;
  EXPECT_EQ(view.thread.id, first.thread.id);
  EXPECT_EQ(view.thread.title, "Tears");
  EXPECT_EQ(view.thread.slug, "tears");
  EXPECT_EQ(view.thread.score, 10);
  EXPECT_EQ(view.post.revision, 2);
  EXPECT_EQ(other.changed.news.events.size(), 2U) << "the text and the thread";
  EXPECT_EQ(look(read_history, mira, view.post.id).value().size(), 2U);
  EXPECT_EQ(broken(), 0);
}

TEST_F(Reviews, FollowTheRatingWhereverItIsGiven) {
  const ThreadId thread = review(mira, plain).value().changed.view.thread.id;
  const auto rated = act(rate_film, mira, film, RateRequest{3}).value();
  EXPECT_EQ(rated.news.events.size(), 1U) << "news of the thread";
  EXPECT_EQ(look(read_thread, thread).value().score, 3);
  EXPECT_TRUE(act(rate_film, mira, film, RateRequest{3}).value().news.events.empty());
  ASSERT_TRUE(act(withdraw_rating, mira, film).has_value());
  EXPECT_EQ(look(read_thread, thread).value().score, std::nullopt);
  EXPECT_EQ(list().items.at(0).thread.score, std::nullopt);
}

TEST_F(Reviews, OfOneMemberThatRaceMakeOneThread) {
  std::atomic<int> made = 0;
  std::vector<std::thread> sides;
  sides.reserve(5);
  for (int side = 0; side < 5; ++side) {
    sides.emplace_back([&, side] {
      const auto written = review(mira, {"", "Text " + std::to_string(side), side + 1, false});
      ASSERT_TRUE(written.has_value());
      made += written->made ? 1 : 0;
    });
  }
  for (std::thread& side : sides) side.join();
  EXPECT_EQ(made, 1);
  EXPECT_EQ(list().items.size(), 1U);
  EXPECT_EQ(sql("select count(*) from threads"), "1");
  EXPECT_EQ(broken(), 0);
}

// Ratings and reviews of one member take the same locks in the same order.
TEST_F(Reviews, AndRatingsOfOneMemberAtOnceMeetNoDeadlock) {
  ASSERT_TRUE(review(mira, plain).has_value());
  std::thread rating([&] {
    for (int score = 1; score <= 10; ++score) EXPECT_TRUE(act(rate_film, mira, film, RateRequest{score}).has_value());
  });
  for (int score = 10; score >= 1; --score) {
    EXPECT_TRUE(review(mira, {"", "Text " + std::to_string(score), score, score % 2 == 0}).has_value());
  }
  rating.join();
  EXPECT_EQ(own(mira).thread.score, look(read_own_rating, mira, film).value().score);
  EXPECT_EQ(broken(), 0);
}

TEST_F(Reviews, ThatContainSpoilersAreCoveredByWhateverWayTheyAreEdited) {
  const OwnReviewView view = review(mira, secret).value().changed.view;
  const std::string cover = "<details class=\"spoiler\"><summary>This review tells what happens</summary>\n";
  EXPECT_EQ(view.post.html, cover + "<p>He <strong>dies</strong>.</p>\n</details>");
  EXPECT_TRUE(view.thread.contains_spoilers);
  EXPECT_EQ(act(edit_post, mira, view.post.id, EditPostRequest{"She lives."}).value().view.html,
            cover + "<p>She lives.</p>\n</details>");
  EXPECT_EQ(act(edit_post, vera, view.post.id, EditPostRequest{"Who lives?"}).value().view.html,
            cover + "<p>Who lives?</p>\n</details>");
  const auto answer = reply(tomas, view.thread.id, "Plain.").value();
  EXPECT_EQ(answer.post.html, "<p>Plain.</p>") << "only the review is covered";
}

TEST_F(Reviews, AreRenderedAnewWhenTheFlagChanges) {
  const OwnReviewView view = review(mira, plain).value().changed.view;
  ReviewRequest flagged = plain;
  flagged.contains_spoilers = true;
  const auto covered = review(mira, flagged).value().changed;
  EXPECT_EQ(covered.view.post.revision, 2);
  EXPECT_TRUE(covered.view.post.html->starts_with("<details"));
  EXPECT_EQ(covered.news.events.size(), 2U);
  const auto shown = review(mira, plain).value().changed.view;
  EXPECT_EQ(shown.post.html, view.post.html);
  EXPECT_EQ(shown.post.revision, 3);
  EXPECT_EQ(broken(), 0);
}

TEST_F(Reviews, ThatContainSpoilersShowNothingInListsNorBesideOtherFilms) {
  ASSERT_TRUE(review(mira, {"On The Third Man", "He dies in The Third Man.", 8, true}).has_value());
  ASSERT_TRUE(review(tomas, {"", "Good, but ||he dies||.", 7, false}).has_value());
  const auto items = list().items;
  ASSERT_EQ(items.size(), 2U);
  EXPECT_EQ(items[0].excerpt, "Good, but [spoiler].");
  EXPECT_EQ(items[1].excerpt, "");
  EXPECT_TRUE(items[1].thread.contains_spoilers);
  const FilmId third = add_film(R"({"title":"The Third Man","year":1949,"imdb_id":"tt0041959"})");
  const auto related = look(find_related, third).threads;
  ASSERT_EQ(related.size(), 1U);
  EXPECT_EQ(related[0].snippet, "");
}

TEST_F(Reviews, BeginInListsWithAtMostThreeHundredCharacters) {
  std::string words;
  for (int word = 0; word < 100; ++word) words += "cranes ";
  ASSERT_TRUE(review(mira, {"", words, 5, false}).has_value());
  const std::string excerpt = list().items.at(0).excerpt;
  EXPECT_TRUE(excerpt.ends_with("cranes…")) << excerpt;
  EXPECT_LE(excerpt.size() - 2, limits::review_excerpt_characters);
}

TEST_F(Reviews, AreListedNewestFirstPageByPageWithoutThoseThatAreGone) {
  std::vector<ThreadId> made;
  for (int number = 0; number < 5; ++number) {
    const auto written = review(member("fan" + std::to_string(number)), plain).value().changed.view;
    made.push_back(written.thread.id);
    if (number == 3) ASSERT_TRUE(remove(written.post.id).has_value());
  }
  std::vector<ThreadId> seen;
  ListRequest request{std::nullopt, 2};
  do {
    const auto page = list(request);
    for (const ReviewView& item : page.items) seen.push_back(item.thread.id);
    request.after = page.next;
  } while (request.after);
  EXPECT_EQ(seen, (std::vector<ThreadId>{made[4], made[2], made[1], made[0]}));
  const NewestReviews newest = look(read_newest_reviews, film);
  EXPECT_EQ(newest.items.size(), 3U);
  EXPECT_EQ(newest.count, 4);
  request.after = "nonsense";
  EXPECT_EQ(field_of(look(list_reviews, film, request)), "after");
}

TEST_F(Reviews, ThatTheirAuthorDeletedMakeRoomForAnother) {
  const OwnReviewView first = review(mira, plain).value().changed.view;
  ASSERT_TRUE(act(delete_post, mira, first.post.id).has_value());
  EXPECT_TRUE(list().items.empty());
  EXPECT_EQ(code_of(look(read_own_review, mira, film)), ErrorCode::not_found);
  const auto second = review(mira, plain).value();
  EXPECT_TRUE(second.made);
  EXPECT_NE(second.changed.view.thread.id, first.thread.id);
  EXPECT_EQ(broken(), 0);
}

TEST_F(Reviews, ThatWereRemovedOrLockedStayAsTheyAre) {
  const OwnReviewView view = review(mira, plain).value().changed.view;
  ChangeThreadRequest lock;
  lock.locked = true;
  ASSERT_TRUE(act(change_thread, vera, view.thread.id, lock).has_value());
  EXPECT_EQ(code_of(review(mira, secret)), ErrorCode::locked);
  lock.locked = false;
  ASSERT_TRUE(act(change_thread, vera, view.thread.id, lock).has_value());
  ASSERT_TRUE(remove(view.post.id).has_value());
  EXPECT_EQ(code_of(review(mira, secret)), ErrorCode::conflict);
  EXPECT_EQ(own(mira).post.body, std::nullopt);
}

TEST_F(Reviews, StayWithTheirFilmAndAreNotStartedAsThreads) {
  const OwnReviewView view = review(mira, plain).value().changed.view;
  ChangeThreadRequest films;
  films.film_ids = std::vector<FilmId>{};
  EXPECT_EQ(field_of(act(change_thread, vera, view.thread.id, films)), "film_ids");
  const StartThreadRequest start{{film}, ThreadKind::review, "A review", "Text"};
  EXPECT_EQ(field_of(act(start_thread, mira, start, std::string())), "kind");
}

TEST_F(Reviews, AreForMembersAndOfFilmsThatExist) {
  EXPECT_EQ(code_of(review(guest, plain)), ErrorCode::unauthenticated);
  EXPECT_EQ(code_of(look(read_own_review, guest, film)), ErrorCode::unauthenticated);
  EXPECT_EQ(code_of(look(read_own_review, mira, film)), ErrorCode::not_found);
  EXPECT_EQ(field_of(review(mira, {"", "Text", 0, false})), "score");
  EXPECT_EQ(field_of(review(mira, {"x", "Text", 5, false})), "title");
  EXPECT_EQ(field_of(review(mira, {"", "", 5, false})), "body");
  EXPECT_EQ(code_of(act(write_review, mira, FilmId{999'999}, plain)), ErrorCode::not_found);
  EXPECT_EQ(code_of(look(list_reviews, FilmId{999'999}, ListRequest{})), ErrorCode::not_found);
  EXPECT_EQ(sql("select count(*) from ratings"), "0");
}

TEST_F(Reviews, ThatLostTheirFilmAreFoundByTheCheck) {
  const ThreadId thread = review(mira, plain).value().changed.view.thread.id;
  EXPECT_EQ(broken(), 0);
  sql("delete from thread_films where thread_id = " + std::to_string(thread.value));
  EXPECT_EQ(broken(), 1);
}

}  // namespace
}  // namespace foyer::forum
