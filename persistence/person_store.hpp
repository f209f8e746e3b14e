// What stands on the page of a person beside the filmography.
#pragma once

#include <map>
#include <vector>

#include "persistence/transaction.hpp"
#include "protocol/views.hpp"

namespace foyer::persistence {

// Of the films that somebody has rated.
std::map<FilmId, double> rating_averages(Transaction& transaction, const std::vector<FilmId>& films);

// Discussions linked to films of the person, the newest first; comments on films are none. Of at most 1,000 films the
// newest ten each are looked at, by index.
std::vector<ThreadView> newest_threads_about(Transaction& transaction, PersonId person, int limit);

}  // namespace foyer::persistence
