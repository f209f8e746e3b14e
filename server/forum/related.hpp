// Threads that may have to do with a film which nobody linked one to. Each says why, and one word that both happen to
// have is no reason: rather an honest empty list.
#pragma once

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

struct RelatedThreads {
  std::vector<RelatedThreadView> threads;  // with a snippet of at most limits::snippet_characters
  bool old = false;                        // look for them again, when there is time
};
// Those chosen last; where that was never done they are looked for now. Run in a snapshot.
RelatedThreads read_related(persistence::Transaction& transaction, FilmId film);

// Looks for them and keeps what is found. Nothing happens for a film that is not there.
void renew_related(persistence::Transaction& transaction, FilmId film);

// Threads that may be about what somebody is about to start one on, at most limits::related_threads. invalid with the
// field "title". Run in a snapshot.
Result<std::vector<RelatedThreadView>> suggest_threads(persistence::Transaction& transaction, const std::string& title,
                                                       const std::vector<FilmId>& films);

}  // namespace foyer::forum
