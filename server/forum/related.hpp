// Threads that may have to do with a film which nobody linked one to. Each says why, and one word that both happen to
// have is no reason: rather an honest empty list.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "persistence/related_store.hpp"
#include "persistence/transaction.hpp"
#include "protocol/result.hpp"
#include "protocol/views.hpp"

namespace foyer::forum {

// The best of them, at most limits::related_threads, those with too little that speaks for them left out. Pure.
std::vector<persistence::ChosenThread> choose_related(const persistence::FilmSubject& subject,
                                                      const std::vector<persistence::RelatedCandidate>& candidates);

// What a thread's title must hold to ask for films of this kind and place: a query of to_tsquery, "" = no such words.
std::string subject_query(const persistence::FilmSubject& subject);

// Whether somebody looked for a film's related threads. `old` is longer ago than limits::related_life: look again when
// there is time. `missing` is never, or so long ago without finding any that a new thread may be one: look now.
enum class RelatedState { kept, old, missing };

struct RelatedThreads {
  std::vector<RelatedThreadView> threads;  // with a snippet of at most limits::snippet_characters
  RelatedState state = RelatedState::kept;
};
// Those chosen last.
RelatedThreads read_related(persistence::Transaction& transaction, FilmId film);

// What a page that was opened some time ago may still show: those chosen last that can be read, also where the film has
// threads of its own by now. Empty when nobody looked for any, or found none: a page may just have looked again.
std::optional<std::vector<RelatedThreadView>> related_on_open_pages(persistence::Transaction& transaction, FilmId film);

struct FoundRelated {
  std::vector<RelatedThreadView> threads;         // as above
  std::vector<persistence::ChosenThread> chosen;  // the same, to be kept
};
// Looks for them: milliseconds. Run in a snapshot or a transaction that writes.
FoundRelated find_related(persistence::Transaction& transaction, FilmId film);

// Nothing happens for a film that is not there.
void keep_related(persistence::Transaction& transaction, FilmId film,
                  const std::vector<persistence::ChosenThread>& chosen);

// Threads with a title like this one's that are about none of its films, at most limits::similar_threads. Run in a
// snapshot.
std::vector<ThreadView> similar_threads(persistence::Transaction& transaction, const ThreadView& thread);

// Threads that may be about what somebody is about to start one on, at most limits::related_threads. invalid with the
// field "title". Run in a snapshot.
Result<std::vector<RelatedThreadView>> suggest_threads(persistence::Transaction& transaction, const std::string& title,
                                                       const std::vector<FilmId>& films);

}  // namespace foyer::forum
