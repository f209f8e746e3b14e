// Posts of a thread by their numbers, as replies name them.
#pragma once

#include <vector>

#include "persistence/rows.hpp"
#include "persistence/transaction.hpp"

namespace foyer::persistence {

// In order of number; numbers that do not exist are left out.
std::vector<PostRow> find_posts_by_number(Transaction& transaction, ThreadId thread,
                                          const std::vector<PostNumber>& numbers);

}  // namespace foyer::persistence
