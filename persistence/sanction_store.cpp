#include "persistence/sanction_store.hpp"

#include "persistence/transaction_impl.hpp"

namespace foyer::persistence {
namespace {

constexpr Statement put_sanction_row{"put_sanction", R"(
  insert into sanctions (user_id, kind, until, reason, moderator_id) values ($1, $2, $3, $4, $5)
  on conflict (user_id, kind) do update
    set until = excluded.until, reason = excluded.reason, moderator_id = excluded.moderator_id, created_at = now())"};

constexpr Statement lift_sanction_rows{"lift_sanctions", R"(
  with gone as (delete from sanctions where user_id = $1 returning until is null or until > now() as in_force)
  select coalesce(bool_or(in_force), false) from gone)"};

// By kind: a ban comes before a silence.
constexpr Statement sanction_of{"sanction_of", R"(
  select kind, until, reason from sanctions
  where user_id = $1 and (until is null or until > now()) order by kind limit 1)"};

}  // namespace

void put_sanction(Transaction& transaction, const NewSanction& sanction) {
  execute(transaction, put_sanction_row, sanction.member, sanction.kind, sanction.until, sanction.reason,
          sanction.moderator);
}

bool lift_sanctions(Transaction& transaction, UserId member) {
  return execute(transaction, lift_sanction_rows, member)[0][0].as<bool>();
}

std::optional<SanctionRow> find_sanction(Transaction& transaction, UserId member) {
  const pqxx::result rows = execute(transaction, sanction_of, member);
  if (rows.empty()) {
    return std::nullopt;
  }
  RowReader row{rows[0]};
  return read_sanction(row);
}

}  // namespace foyer::persistence
