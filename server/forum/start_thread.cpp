// start_thread of threads.hpp, and the films of a thread.
#include <algorithm>

#include "persistence/film_store.hpp"
#include "persistence/identification_store.hpp"
#include "persistence/locks.hpp"
#include "persistence/post_store.hpp"
#include "persistence/thread_store.hpp"
#include "protocol/limits.hpp"
#include "server/forum/field_checks.hpp"
#include "server/forum/film_clues.hpp"
#include "server/forum/markdown.hpp"
#include "server/forum/permissions.hpp"
#include "server/forum/post_text.hpp"
#include "server/forum/request_fingerprint.hpp"
#include "server/forum/text_rules.hpp"
#include "server/forum/thread_films.hpp"
#include "server/forum/thread_news.hpp"
#include "server/forum/threads.hpp"

namespace foyer::forum {
namespace {

using persistence::Transaction;

struct Opening {  // a checked request
  std::string title;
  PostText text;
  std::vector<FilmId> films;
  std::optional<FilmClues> clues;
  std::string key;
};

std::string fingerprint_of(const StartThreadRequest& request) {
  RequestFingerprint fingerprint("thread");
  fingerprint.add(to_word(request.kind)).add(request.title).add(request.body);
  for (const FilmId film : request.film_ids) {
    fingerprint.add(film.value);
  }
  add_clues(fingerprint, request.clues);
  return fingerprint.digest();
}

Result<ThreadKind> checked_kind(ThreadKind kind) {
  if (kind == ThreadKind::review || kind == ThreadKind::comments) {
    return invalid_field("kind", "out_of_range", "Must be discussion, identify or watch_along.");
  }
  return kind;
}

Result<Opening> checked_opening(Transaction& transaction, const StartThreadRequest& request,
                                const std::string& idempotency_key) {
  FieldChecks checks;
  Opening opening;
  checks.take(checked_kind(request.kind));
  opening.title = checks.take(checked_title(request.title));
  opening.text = checks.take(checked_post_text(request.body));
  opening.films = checks.take(checked_films(transaction, request.film_ids));
  opening.clues = checks.take(checked_clues(request.kind, request.clues));
  if (!idempotency_key.empty()) {
    opening.key = checks.take(checked_idempotency_key(idempotency_key));
  }
  if (auto refusal = checks.refusal()) {
    return std::move(*refusal);
  }
  return opening;
}

Error key_reused() {
  return refused(ErrorCode::key_reused, "This Idempotency-Key was used for another request already.");
}

// The answer given before, in the present state; no news, as nothing happened.
Result<Changed<ThreadStarted>> started_before(Transaction& transaction, const persistence::KeyUse& use,
                                              const std::string& fingerprint) {
  const auto post = use.fingerprint == fingerprint ? persistence::find_post(transaction, use.post) : std::nullopt;
  auto thread = post ? persistence::find_thread(transaction, post->thread_id) : std::nullopt;
  if (!thread) {
    return key_reused();
  }
  return Changed<ThreadStarted>{{std::move(*thread), public_view(*post), use.seq}, {}};
}

persistence::NewPost first_post(const Actor& actor, ThreadId thread, const Opening& opening) {
  persistence::NewPost post;
  post.thread = thread;
  post.author = *actor.user;
  post.body = opening.text.body;
  post.html = opening.text.html;
  post.html_version = markdown_version;
  post.search = opening.text.search;
  return post;
}

}  // namespace

Result<std::vector<FilmId>> checked_films(Transaction& transaction, const std::vector<FilmId>& films) {
  std::vector<FilmId> wanted;
  for (const FilmId film : films) {
    if (std::find(wanted.begin(), wanted.end(), film) == wanted.end()) {
      wanted.push_back(film);
    }
  }
  if (wanted.size() > limits::films_per_thread) {
    return invalid_field("film_ids", "too_long",
                         "Must name at most " + std::to_string(limits::films_per_thread) + " films.");
  }
  const std::vector<FilmLink> links = persistence::find_film_links(transaction, wanted);
  for (const FilmId film : wanted) {
    if (std::none_of(links.begin(), links.end(), [&](const FilmLink& link) { return link.id == film; })) {
      return invalid_field("film_ids", "not_found", "There is no film " + std::to_string(film.value) + ".");
    }
  }
  return wanted;
}

Result<Changed<ThreadStarted>> start_thread(Transaction& transaction, const Actor& actor,
                                            const StartThreadRequest& request, const std::string& idempotency_key) {
  if (auto allowed = may_post(actor); !allowed) {
    return allowed.error();
  }
  const auto opening = checked_opening(transaction, request, idempotency_key);
  if (!opening) {
    return opening.error();
  }
  const std::string fingerprint = fingerprint_of(request);
  if (!opening->key.empty()) {
    // Racing requests with one key queue here, so the second one finds what the first one made.
    persistence::lock_key(transaction, actor.user->id, opening->key);
    if (const auto use = persistence::find_key(transaction, actor.user->id, opening->key)) {
      return started_before(transaction, *use, fingerprint);
    }
  }
  const ThreadId thread = persistence::insert_thread(
      transaction, {request.kind, opening->title, slug_of(opening->title), actor.user->id, opening->films});
  if (opening->clues) {
    persistence::insert_clues(transaction, thread, *opening->clues);
  }
  const Seq seq = persistence::take_seq(transaction, thread).value();
  const persistence::PostRow row =
      persistence::insert_first_post(transaction, first_post(actor, thread, *opening), seq);
  // Posts do not wait at lock_key: the key may have gone to one of them meanwhile. The error rolls all back.
  if (!opening->key.empty() &&
      !persistence::insert_key(transaction, actor.user->id, opening->key, {fingerprint, row.id, seq})) {
    return key_reused();
  }
  ThreadView view = persistence::find_thread(transaction, thread).value();
  const PostView post = public_view(row);
  const Event event{Channel{ChannelKind::thread, thread.value}, seq, EventKind::post_created, row.created_at, post};
  News news = encoded_news(event, view.films);
  return Changed<ThreadStarted>{{std::move(view), post, seq}, std::move(news)};
}

}  // namespace foyer::forum
