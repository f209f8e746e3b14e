// write_review of reviews.hpp.
#include <algorithm>
#include <iterator>

#include "persistence/event_store.hpp"
#include "persistence/film_store.hpp"
#include "persistence/locks.hpp"
#include "persistence/post_lookup.hpp"
#include "persistence/post_store.hpp"
#include "persistence/rating_store.hpp"
#include "persistence/review_store.hpp"
#include "persistence/thread_store.hpp"
#include "server/forum/field_checks.hpp"
#include "server/forum/films.hpp"
#include "server/forum/markdown.hpp"
#include "server/forum/permissions.hpp"
#include "server/forum/post_text.hpp"
#include "server/forum/ratings.hpp"
#include "server/forum/reviews.hpp"
#include "server/forum/text_rules.hpp"
#include "server/forum/thread_news.hpp"

namespace foyer::forum {
namespace {

using persistence::PostRow;
using persistence::Transaction;

struct Wanted {  // a checked request
  std::string title;
  PostText text;
  int score = 0;
  bool contains_spoilers = false;
};

Result<Wanted> checked(const FilmLink& film, const ReviewRequest& request) {
  FieldChecks checks;
  Wanted wanted;
  wanted.title = request.title.empty() ? review_title_of(film) : checks.take(checked_title(request.title));
  wanted.text = checks.take(checked_review_text(request.body, request.contains_spoilers));
  wanted.score = checks.take(checked_score(request.score));
  wanted.contains_spoilers = request.contains_spoilers;
  if (auto refusal = checks.refusal()) {
    return std::move(*refusal);
  }
  return wanted;
}

void append(News& news, News&& more) {
  std::ranges::move(more.events, std::back_inserter(news.events));
  for (const Channel& channel : more.snapshots) {
    if (std::ranges::find(news.snapshots, channel) == news.snapshots.end()) {
      news.snapshots.push_back(channel);
    }
  }
}

WrittenReview written(Transaction& transaction, FilmId film, ThreadId thread, const PostRow& text, News news,
                      bool made) {
  return {{{persistence::find_thread(transaction, thread).value(), public_view(text),
            persistence::find_rating(transaction, film)},
           std::move(news)},
          made};
}

WrittenReview make_review(Transaction& transaction, const Actor& actor, FilmId film, const Wanted& wanted) {
  const UserId member = actor.user->id;
  const ThreadId thread = persistence::insert_thread(
      transaction, {ThreadKind::review, wanted.title, slug_of(wanted.title), member, {film}});
  persistence::insert_review(transaction, thread, film, member, wanted.contains_spoilers);
  persistence::put_rating(transaction, film, member, wanted.score);
  persistence::NewPost post;
  post.thread = thread;
  post.author = *actor.user;
  post.body = wanted.text.body;
  post.html = wanted.text.html;
  post.html_version = markdown_version;
  post.search = wanted.text.search;
  const Seq seq = persistence::take_seq(transaction, thread).value();
  const PostRow row = persistence::insert_first_post(transaction, post, seq);
  const Event event{Channel{ChannelKind::thread, thread.value}, seq, EventKind::post_created, row.created_at,
                    public_view(row)};
  const ThreadView view = persistence::find_thread(transaction, thread).value();
  return written(transaction, film, thread, row, encoded_news(event, view.films), true);
}

Result<void> may_rewrite(Transaction& transaction, const Actor& actor, const ThreadView& thread, const PostRow& text) {
  if (auto allowed = may_edit(actor, text, persistence::transaction_time(transaction)); !allowed) {
    return allowed;
  }
  if (thread.locked && !actor.moderator()) {
    return refused(ErrorCode::locked, "The thread is locked.");
  }
  return {};
}

// Everything is changed before the news are made, which read it. The text goes first: whoever sees that a review
// contains spoilers has it covered already.
WrittenReview change_review(Transaction& transaction, const Actor& actor, FilmId film, const ThreadView& before,
                            const PostRow& text, const Wanted& wanted) {
  const UserId member = actor.user->id;
  const bool renamed = wanted.title != before.title;
  const bool flagged = wanted.contains_spoilers != before.contains_spoilers;
  if (renamed) {
    persistence::update_thread(transaction, before.id, {.title = wanted.title, .slug = slug_of(wanted.title)});
  }
  if (flagged) {
    persistence::update_review(transaction, before.id, wanted.contains_spoilers);
  }
  const bool rated = persistence::put_rating(transaction, film, member, wanted.score);
  PostRow present = text;
  News news;
  if (flagged || wanted.text.body != text.body) {
    present = persistence::update_post_body(transaction, text.id, member, wanted.text.body, wanted.text.html,
                                            markdown_version, wanted.text.search);
    append(news, post_news(transaction, present, EventKind::post_edited));
  }
  if (renamed || flagged || rated) {
    append(news, thread_news(transaction, before.id, before.films));
  }
  return written(transaction, film, before.id, present, std::move(news), false);
}

}  // namespace

std::string review_title_of(const FilmLink& film) { return "Review of " + film.title; }

Result<WrittenReview> write_review(Transaction& transaction, const Actor& actor, FilmId film,
                                   const ReviewRequest& request) {
  if (auto allowed = may_post(actor); !allowed) {
    return allowed.error();
  }
  const auto link = persistence::find_film_link(transaction, film);
  if (!link) {
    return no_such_film();
  }
  const auto wanted = checked(*link, request);
  if (!wanted) {
    return wanted.error();
  }
  // Racing requests queue here, so that the second one finds what the first one made.
  persistence::lock_review(transaction, film, actor.user->id);
  const auto review = persistence::find_review(transaction, film, actor.user->id);
  if (!review) {
    return make_review(transaction, actor, film, *wanted);
  }
  persistence::lock_thread(transaction, review->thread);
  const ThreadView before = persistence::find_thread(transaction, review->thread).value();
  const PostId first = persistence::find_posts_by_number(transaction, before.id, {PostNumber{1}}).at(0).id;
  const PostRow text = persistence::find_post_for_update(transaction, first).value();
  if (text.state == PostState::deleted) {
    persistence::delete_review(transaction, before.id);
    return make_review(transaction, actor, film, *wanted);
  }
  if (auto allowed = may_rewrite(transaction, actor, before, text); !allowed) {
    return allowed.error();
  }
  return change_review(transaction, actor, film, before, text, *wanted);
}

}  // namespace foyer::forum
