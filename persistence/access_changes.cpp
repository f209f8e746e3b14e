#include "persistence/access_changes.hpp"

#include <cstdint>
#include <optional>
#include <set>
#include <utility>

#include "persistence/transaction_impl.hpp"
#include "protocol/limits.hpp"

namespace foyer::persistence {
namespace {

// One statement, so that rows and position belong to one snapshot. The first row is the position, and whether it lies
// before the former one: then this is another cluster, restored from a backup, that counts anew.
constexpr Statement changes_since{"access_changes_since", R"(
  select pg_current_snapshot()::text,
         pg_snapshot_xmax(pg_current_snapshot()) < pg_snapshot_xmax($1::pg_snapshot), null::bigint
  union all
  (select '', user_id is null, user_id from access_changes
   where xid >= pg_snapshot_xmin($1::pg_snapshot) and not pg_visible_in_snapshot(xid, $1::pg_snapshot)
   order by xid limit $2::bigint))"};

}  // namespace

AccessChanges read_access_changes(Transaction& transaction, const AccessPosition& since) {
  const pqxx::result rows =
      execute(transaction, changes_since, since.snapshot, static_cast<std::int64_t>(limits::rights_poll_changes) + 1);
  AccessChanges changes;
  std::set<UserId> users;
  for (const pqxx::row& columns : rows) {
    RowReader row{columns};
    auto snapshot = row.next<std::string>();
    changes.everybody = row.next<bool>() || changes.everybody;
    const auto user = row.next<std::optional<UserId>>();
    if (!snapshot.empty()) {
      changes.position.snapshot = std::move(snapshot);
    } else if (user) {
      users.insert(*user);
    }
  }
  changes.users.assign(users.begin(), users.end());
  changes.everybody = changes.everybody || static_cast<std::size_t>(rows.size()) > limits::rights_poll_changes + 1;
  return changes;
}

}  // namespace foyer::persistence
