// Personal access tokens of user_store.hpp.
#include "persistence/transaction_impl.hpp"
#include "persistence/user_store.hpp"
#include "protocol/limits.hpp"

namespace foyer::persistence {
namespace {

// Two creations at once would both count one too few.
constexpr Statement lock_user{"lock_user", "select id from users where id = $1 for no key update"};

constexpr Statement insert_token_row{"insert_token", R"(
  insert into tokens (user_id, name, scopes, token_hash)
  select $1::bigint, $2::text, $3::text[], $4::bytea
  where (select count(*) from tokens where user_id = $1::bigint) < $5::bigint
  returning id, name, scopes, created_at)"};

constexpr Statement tokens_of_user{"tokens_of_user", R"(
  select id, name, scopes, created_at from tokens where user_id = $1 order by id limit $2::bigint)"};

constexpr Statement delete_token_row{"delete_token", "delete from tokens where user_id = $1 and id = $2"};

constexpr Statement tokens_by_hash{"tokens_by_hash", R"(
  select t.token_hash, u.id, u.name, u.role, n.kind, n.until, n.reason, t.scopes
  from tokens t join users u on u.id = t.user_id
  left join lateral (
    select kind, until, reason from sanctions
    where user_id = u.id and (until is null or until > now()) order by kind limit 1) n on true
  where t.token_hash = any ($1::bytea[]))"};

TokenView read_token(const pqxx::row& columns) {
  RowReader row{columns};
  return {.id = row.next<TokenId>(),
          .name = row.next<std::string>(),
          .scopes = row.next<std::vector<std::string>>(),
          .created_at = row.next<Timestamp>(),
          .secret = ""};
}

}  // namespace

std::optional<TokenView> insert_token(Transaction& transaction, UserId user, const std::string& name,
                                      const std::vector<std::string>& scopes, const std::string& token_hash) {
  execute(transaction, lock_user, user);
  const pqxx::result rows =
      execute(transaction, insert_token_row, user, name, scopes, Bytes{token_hash}, limits::tokens_per_user);
  return rows.empty() ? std::nullopt : std::optional(read_token(rows[0]));
}

std::vector<TokenView> list_tokens(Transaction& transaction, UserId user) {
  std::vector<TokenView> tokens;
  for (const pqxx::row& row : execute(transaction, tokens_of_user, user, limits::tokens_per_user)) {
    tokens.push_back(read_token(row));
  }
  return tokens;
}

bool delete_token(Transaction& transaction, UserId user, TokenId token) {
  return execute(transaction, delete_token_row, user, token).affected_rows() > 0;
}

std::map<std::string, TokenOwner> find_tokens(Transaction& transaction, const std::vector<std::string>& token_hashes) {
  std::map<std::string, TokenOwner> found;
  for (const pqxx::row& columns : execute(transaction, tokens_by_hash, bytes_array(token_hashes))) {
    RowReader row{columns};
    std::string hash = read_bytes(row.next<std::string>());
    UserView user = read_user(row);
    auto sanction = read_sanction(row);
    found.emplace(std::move(hash),
                  TokenOwner{std::move(user), std::move(sanction), row.next<std::vector<std::string>>()});
  }
  return found;
}

}  // namespace foyer::persistence
