// change_thread of threads.hpp.
#include <algorithm>

#include "persistence/locks.hpp"
#include "persistence/moderation_store.hpp"
#include "persistence/thread_store.hpp"
#include "protocol/limits.hpp"
#include "server/forum/field_checks.hpp"
#include "server/forum/permissions.hpp"
#include "server/forum/text_rules.hpp"
#include "server/forum/thread_films.hpp"
#include "server/forum/thread_news.hpp"
#include "server/forum/threads.hpp"

namespace foyer::forum {
namespace {

using persistence::ThreadChange;
using persistence::Transaction;

bool wants_more_than_title(const ChangeThreadRequest& request) {
  return request.locked || request.pinned || request.slow_mode_seconds || request.film_ids || !request.reason.empty();
}

// Moderators change everything, the author the title while the thread is open.
Result<void> may_change(const Actor& actor, const ThreadView& thread, const ChangeThreadRequest& request) {
  if (auto allowed = may_post(actor); !allowed || actor.moderator()) {
    return allowed;
  }
  if (!thread.author || !actor.is(thread.author->id)) {
    return refused(ErrorCode::forbidden, "This thread is somebody else's.");
  }
  if (wants_more_than_title(request)) {
    return refused(ErrorCode::forbidden, "Only moderators change anything but the title.");
  }
  if (thread.locked) {
    return refused(ErrorCode::locked, "The thread is locked.");
  }
  return {};
}

struct Wanted {
  ThreadChange change;
  std::string reason;
};

Result<int> checked_pause(int seconds) {
  if (seconds < 0 || seconds > limits::slow_mode_seconds_max) {
    return invalid_field("slow_mode_seconds", "out_of_range",
                         "Must be from 0 to " + std::to_string(limits::slow_mode_seconds_max) + ".");
  }
  return seconds;
}

std::vector<FilmId> ids_of(const std::vector<FilmLink>& films) {
  std::vector<FilmId> ids;
  ids.reserve(films.size());
  for (const FilmLink& film : films) {
    ids.push_back(film.id);
  }
  return ids;
}

bool holds(const std::vector<FilmId>& films, FilmId film) { return std::ranges::find(films, film) != films.end(); }

// A thread whose film was taken away before that was refused stays without it.
bool takes_solution_away(const ThreadView& thread, const std::vector<FilmId>& films) {
  return thread.solved && holds(ids_of(thread.films), thread.solved->id) && !holds(films, thread.solved->id);
}

Result<Wanted> checked(Transaction& transaction, const ThreadView& thread, const ChangeThreadRequest& request) {
  FieldChecks checks;
  Wanted wanted;
  wanted.change.locked = request.locked;
  wanted.change.pinned = request.pinned;
  if (request.title) {
    wanted.change.title = checks.take(checked_title(*request.title));
  }
  if (request.slow_mode_seconds) {
    wanted.change.slow_mode_seconds = checks.take(checked_pause(*request.slow_mode_seconds));
  }
  if (request.film_ids && thread.kind == ThreadKind::comments) {
    checks.note(invalid_field("film_ids", "out_of_range", "The comments on a film stay with their film."));
  } else if (request.film_ids && thread.kind == ThreadKind::review) {
    checks.note(invalid_field("film_ids", "out_of_range", "A review stays with its film."));
  } else if (request.film_ids && takes_solution_away(thread, *request.film_ids)) {
    checks.note(
        invalid_field("film_ids", "out_of_range", "The film that was looked for stays until the answer is withdrawn."));
  } else if (request.film_ids) {
    wanted.change.films = checks.take(checked_films(transaction, *request.film_ids));
  }
  if (!request.reason.empty()) {
    wanted.reason = checks.take(checked_line(request.reason, "reason", limits::reason_characters));
  }
  if (auto refusal = checks.refusal()) {
    return std::move(*refusal);
  }
  return wanted;
}

template <class Value>
void drop_if(std::optional<Value>& wanted, const Value& present) {
  if (wanted && *wanted == present) {
    wanted.reset();
  }
}

void drop_what_is_so_already(ThreadChange& change, const ThreadView& thread) {
  drop_if(change.title, thread.title);
  drop_if(change.locked, thread.locked);
  drop_if(change.pinned, thread.pinned);
  drop_if(change.slow_mode_seconds, thread.slow_mode_seconds);
  drop_if(change.films, ids_of(thread.films));
  if (change.title) {
    change.slug = slug_of(*change.title);
  }
}

std::string join(const std::vector<FilmId>& films) {
  std::string text;
  for (const FilmId film : films) {
    text += (text.empty() ? "" : ", ") + std::to_string(film.value);
  }
  return text;
}

// One entry per kind of change; the note says what was and what is.
void audit(Transaction& transaction, const Actor& actor, const ThreadView& before, const Wanted& wanted) {
  const auto enter = [&](const std::string& action, const std::string& note) {
    persistence::append_moderation_entry(transaction,
                                         {actor.user->id, action, before.id, std::nullopt, wanted.reason, note});
  };
  const ThreadChange& change = wanted.change;
  if (change.title) {
    enter("rename", before.title + " → " + *change.title);
  }
  if (change.locked) {
    enter(*change.locked ? "lock" : "unlock", "");
  }
  if (change.pinned) {
    enter(*change.pinned ? "pin" : "unpin", "");
  }
  if (change.slow_mode_seconds) {
    enter("slow_mode", std::to_string(before.slow_mode_seconds) + " → " + std::to_string(*change.slow_mode_seconds));
  }
  if (change.films) {
    enter("link_films", join(ids_of(before.films)) + " → " + join(*change.films));
  }
}

bool changes_something(const ThreadChange& change) {
  return change.title || change.locked || change.pinned || change.slow_mode_seconds || change.films;
}

}  // namespace

Result<Changed<ThreadView>> change_thread(Transaction& transaction, const Actor& actor, ThreadId thread,
                                          const ChangeThreadRequest& request) {
  if (auto allowed = may_post(actor); !allowed) {
    return allowed.error();
  }
  const auto before =
      persistence::lock_thread(transaction, thread) ? persistence::find_thread(transaction, thread) : std::nullopt;
  if (!before) {
    return refused(ErrorCode::not_found, "There is no such thread.");
  }
  if (auto allowed = may_change(actor, *before, request); !allowed) {
    return allowed.error();
  }
  auto wanted = checked(transaction, *before, request);
  if (!wanted) {
    return wanted.error();
  }
  drop_what_is_so_already(wanted->change, *before);
  if (!changes_something(wanted->change)) {
    return Changed<ThreadView>{*before, {}};
  }
  persistence::update_thread(transaction, thread, wanted->change);
  // An author's own renaming is no act of moderation.
  if (!before->author || !actor.is(before->author->id) || wants_more_than_title(request)) {
    audit(transaction, actor, *before, *wanted);
  }
  News news = thread_news(transaction, thread, before->films);
  return Changed<ThreadView>{persistence::find_thread(transaction, thread).value(), std::move(news)};
}

}  // namespace foyer::forum
