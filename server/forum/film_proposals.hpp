// Films that members propose for a thread, until its author or a moderator decides. Reviews and the comments on a film
// keep their film (conflict). The views are the thread as it is afterwards; open proposals stand in its Identification.
#pragma once

#include "persistence/transaction.hpp"
#include "protocol/requests.hpp"
#include "protocol/result.hpp"
#include "server/forum/actor.hpp"
#include "server/forum/threads.hpp"

namespace foyer::forum {

// By who may decide it is linked at once. What is linked or proposed already is a success without news. invalid beyond
// limits::film_proposals_per_thread open ones.
Result<Changed<ThreadView>> propose_film(persistence::Transaction& transaction, const Actor& actor, ThreadId thread,
                                         const ProposeFilmRequest& request);
// Links the film and drops the proposal. A film that is linked already is a success without news, one that nobody
// proposed not_found.
Result<Changed<ThreadView>> confirm_proposal(persistence::Transaction& transaction, const Actor& actor, ThreadId thread,
                                             FilmId film);
// By who may decide, or by who proposed it. What is not proposed is a success without news.
Result<Changed<ThreadView>> reject_proposal(persistence::Transaction& transaction, const Actor& actor, ThreadId thread,
                                            FilmId film);

}  // namespace foyer::forum
