#include "server/forum/film_proposals.hpp"

#include "persistence/film_store.hpp"
#include "persistence/identification_store.hpp"
#include "persistence/moderation_store.hpp"
#include "persistence/thread_store.hpp"
#include "protocol/limits.hpp"
#include "server/forum/linked_films.hpp"
#include "server/forum/thread_news.hpp"

namespace foyer::forum {
namespace {

using persistence::Transaction;

Changed<ThreadView> unchanged(const ThreadView& thread) { return {thread, {}}; }

Changed<ThreadView> changed(Transaction& transaction, const ThreadView& before) {
  News news = thread_news(transaction, before.id, before.films);
  return {persistence::find_thread(transaction, before.id).value(), std::move(news)};
}

void audit(Transaction& transaction, const Actor& actor, const ThreadView& thread, const std::string& action,
           const std::string& note) {
  if (acts_as_moderator(actor, thread)) {
    persistence::append_moderation_entry(transaction, {actor.user->id, action, thread.id, std::nullopt, "", note});
  }
}

std::string title_of(Transaction& transaction, FilmId film) {
  const auto link = persistence::find_film_link(transaction, film);
  return link ? link->title : std::string();
}

std::string proposal_in_words(const std::string& title, const UserView& proposer) {
  return title + ", proposed by " + proposer.name;
}

Result<void> takes_films(const ThreadView& thread) {
  if (thread.kind == ThreadKind::comments || thread.kind == ThreadKind::review) {
    return refused(ErrorCode::conflict, "Reviews and comments stay with their film.");
  }
  return {};
}

// Behind the films that are there.
Result<void> add_film(Transaction& transaction, const ThreadView& thread, FilmId film) {
  std::vector<FilmId> films = without(thread.films, film);
  films.push_back(film);
  return link_films(transaction, thread.id, films);
}

// What another member proposes waits.
Result<Changed<ThreadView>> put_forward(Transaction& transaction, const Actor& actor, const ThreadView& thread,
                                        FilmId film) {
  if (thread.locked) {
    return refused(ErrorCode::locked, "The thread is locked.");
  }
  if (persistence::find_proposer(transaction, thread.id, film)) {
    return unchanged(thread);
  }
  if (persistence::count_proposals(transaction, thread.id) >= limits::film_proposals_per_thread) {
    return invalid_field("film_id", "too_many", "Many films are proposed already, and wait for a decision.");
  }
  persistence::insert_proposal(transaction, thread.id, film, actor.user->id);
  return changed(transaction, thread);
}

}  // namespace

Result<Changed<ThreadView>> propose_film(Transaction& transaction, const Actor& actor, ThreadId thread,
                                         const ProposeFilmRequest& request) {
  const auto before = lock_thread_for(transaction, actor, thread);
  if (!before) {
    return before.error();
  }
  if (auto takes = takes_films(*before); !takes) {
    return takes.error();
  }
  const auto film = persistence::find_film_link(transaction, request.film_id);
  if (!film) {
    return invalid_field("film_id", "not_found", "There is no such film.");
  }
  if (is_linked(*before, film->id)) {
    return unchanged(*before);
  }
  if (!may_decide_films(actor, *before)) {
    return put_forward(transaction, actor, *before, film->id);
  }
  if (auto linked = add_film(transaction, *before, film->id); !linked) {
    return linked.error();
  }
  audit(transaction, actor, *before, "link_film", film->title);
  return changed(transaction, *before);
}

Result<Changed<ThreadView>> confirm_proposal(Transaction& transaction, const Actor& actor, ThreadId thread,
                                             FilmId film) {
  const auto before = lock_thread_for(transaction, actor, thread);
  if (!before) {
    return before.error();
  }
  if (auto allowed = may_decide_films(actor, *before); !allowed) {
    return allowed.error();
  }
  const auto proposer = persistence::find_proposer(transaction, thread, film);
  if (!proposer) {
    return is_linked(*before, film) ? Result<Changed<ThreadView>>(unchanged(*before))
                                    : refused(ErrorCode::not_found, "Nobody proposes this film any more.");
  }
  if (auto linked = add_film(transaction, *before, film); !linked) {
    return linked.error();
  }
  audit(transaction, actor, *before, "confirm_film", proposal_in_words(title_of(transaction, film), *proposer));
  return changed(transaction, *before);
}

Result<Changed<ThreadView>> reject_proposal(Transaction& transaction, const Actor& actor, ThreadId thread,
                                            FilmId film) {
  const auto before = lock_thread_for(transaction, actor, thread);
  if (!before) {
    return before.error();
  }
  const auto proposer = persistence::find_proposer(transaction, thread, film);
  const bool own = proposer && actor.is(proposer->id);
  if (!proposer) {
    return unchanged(*before);  // withdrawn or decided already: also for who proposed it
  }
  if (auto allowed = may_decide_films(actor, *before); !allowed && !own) {
    return allowed.error();
  }
  persistence::delete_proposal(transaction, thread, film);
  if (!own) {
    audit(transaction, actor, *before, "reject_film", proposal_in_words(title_of(transaction, film), *proposer));
  }
  return changed(transaction, *before);
}

}  // namespace foyer::forum
