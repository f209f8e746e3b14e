// What the rails of pages show: a few rows each, read beside the page itself.
#pragma once

#include "persistence/transaction.hpp"
#include "protocol/rails.hpp"

namespace foyer::persistence {

// Empty for a thread without films.
ThreadRail read_thread_rail(Transaction& transaction, const ThreadView& thread);
FrontRail read_front_rail(Transaction& transaction);

}  // namespace foyer::persistence
