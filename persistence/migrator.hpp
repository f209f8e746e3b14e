// Applies the numbered forward-only migrations that are embedded in the program, each in its own transaction,
// under one advisory lock so that several nodes may start at once. A checksum of every applied file is kept:
// a changed file or a database newer than the program is refused.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace foyer::persistence {

struct Migration {
  int number = 0;
  std::string_view name;  // "0001_members"
  std::string_view sql;
};

// In order of number; views into the program's own data.
const std::vector<Migration>& embedded_migrations();

// Returns how many were applied. Throws std::runtime_error with one clear line on a checksum or version
// conflict, DatabaseAway when PostgreSQL cannot be reached. `progress` is called per applied migration.
int migrate(const std::string& database_url, const std::vector<Migration>& migrations,
            const std::function<void(const Migration&)>& progress);

}  // namespace foyer::persistence
