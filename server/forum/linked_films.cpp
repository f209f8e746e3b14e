#include "server/forum/linked_films.hpp"

#include <algorithm>

#include "persistence/locks.hpp"
#include "persistence/thread_store.hpp"
#include "protocol/limits.hpp"
#include "server/forum/permissions.hpp"

namespace foyer::forum {

using persistence::Transaction;

Result<ThreadView> lock_thread_for(Transaction& transaction, const Actor& actor, ThreadId thread) {
  if (auto allowed = may_post(actor); !allowed) {
    return allowed.error();
  }
  auto found =
      persistence::lock_thread(transaction, thread) ? persistence::find_thread(transaction, thread) : std::nullopt;
  if (!found) {
    return refused(ErrorCode::not_found, "There is no such thread.");
  }
  return std::move(*found);
}

Result<void> may_decide_films(const Actor& actor, const ThreadView& thread) {
  if (actor.moderator()) {
    return {};
  }
  if (!thread.author || !actor.is(thread.author->id)) {
    return refused(ErrorCode::forbidden, "Whoever started the thread decides, and moderators.");
  }
  if (thread.locked) {
    return refused(ErrorCode::locked, "The thread is locked.");
  }
  return {};
}

bool acts_as_moderator(const Actor& actor, const ThreadView& thread) {
  return !thread.author || !actor.is(thread.author->id);
}

std::vector<FilmId> without(const std::vector<FilmLink>& films, FilmId film) {
  std::vector<FilmId> ids;
  for (const FilmLink& link : films) {
    if (link.id != film) {
      ids.push_back(link.id);
    }
  }
  return ids;
}

bool is_linked(const ThreadView& thread, FilmId film) {
  return std::any_of(thread.films.begin(), thread.films.end(), [&](const FilmLink& link) { return link.id == film; });
}

Result<void> link_films(Transaction& transaction, ThreadId thread, const std::vector<FilmId>& films) {
  if (films.size() > limits::films_per_thread) {
    return refused(ErrorCode::conflict, "A thread is linked to at most " + std::to_string(limits::films_per_thread) +
                                            " films, and this one is.");
  }
  persistence::ThreadChange change;
  change.films = films;
  persistence::update_thread(transaction, thread, change);
  return {};
}

}  // namespace foyer::forum
