// Threads that look for a film: which answers name one, and which of them was the one. (Who asks is told by
// identify() of accounts.hpp.)
#pragma once

#include <string>

#include "persistence/transaction.hpp"
#include "protocol/identification.hpp"
#include "protocol/requests.hpp"
#include "protocol/result.hpp"
#include "server/forum/actor.hpp"
#include "server/forum/threads.hpp"

namespace foyer::forum {

// Links to films count as paths of this site or below `site_url`. Nothing of a removed post or a spoiler is in it.
Result<Identification> read_identification(persistence::Transaction& transaction, ThreadId thread,
                                           const std::string& site_url);

// By the asker, while the thread is open, or a moderator. The answer is a visible post of the thread but the first; it
// need not link to the film. Replaces the solution before; saying the same again is a success without news. conflict
// when the thread looks for no film, or is linked to limits::films_per_thread others.
Result<Changed<ThreadView>> solve_thread(persistence::Transaction& transaction, const Actor& actor, ThreadId thread,
                                         const SolveThreadRequest& request);
// Takes the link to the film too when the solution had made it. Without a solution a success without news.
Result<Changed<ThreadView>> withdraw_solution(persistence::Transaction& transaction, const Actor& actor,
                                              ThreadId thread);

}  // namespace foyer::forum
