#include "persistence/user_store.hpp"

#include "persistence/transaction_impl.hpp"

namespace foyer::persistence {
namespace {

UserRow read_user_row(const pqxx::row& columns) {
  RowReader row{columns};
  return {.user = read_user(row), .password_hash = row.next<std::string>(), .created_at = row.next<Timestamp>()};
}

std::optional<UserRow> one_user(const pqxx::result& rows) {
  return rows.empty() ? std::nullopt : std::optional(read_user_row(rows[0]));
}

constexpr Statement insert_user_row{"insert_user", R"(
  insert into users (name, name_key, email, email_verified_at, password_hash, role)
  values ($1, $2, $3, case when $4::boolean then now() end, $5, $6)
  on conflict (name_key) do nothing
  returning id, name, role, password_hash, created_at)"};

constexpr Statement user_by_name_key{"user_by_name_key", R"(
  select id, name, role, password_hash, created_at from users where name_key = $1)"};

constexpr Statement user_by_verified_email{"user_by_verified_email", R"(
  select id, name, role, password_hash, created_at from users
  where lower(email) = lower($1) and email_verified_at is not null)"};

constexpr Statement profile_by_name_key{"profile_by_name_key", R"(
  select u.id, u.name, u.role, u.created_at,
         (select count(*) from posts p where p.author_id = u.id and p.state = 'visible'),
         (select count(*) from threads t where t.author_id = u.id)
  from users u where u.name_key = $1)"};

constexpr Statement set_role_row{"set_role", "update users set role = $2 where name_key = $1"};

}  // namespace

std::optional<UserRow> insert_user(Transaction& transaction, const NewUser& user) {
  return one_user(execute(transaction, insert_user_row, user.name, user.name_key, user.email, user.email_verified,
                          user.password_hash, user.role));
}

std::optional<UserRow> find_user_by_name_key(Transaction& transaction, const std::string& name_key) {
  return one_user(execute(transaction, user_by_name_key, name_key));
}

std::optional<UserRow> find_user_by_verified_email(Transaction& transaction, const std::string& email) {
  return one_user(execute(transaction, user_by_verified_email, email));
}

std::optional<ProfileView> find_profile(Transaction& transaction, const std::string& name_key) {
  const pqxx::result rows = execute(transaction, profile_by_name_key, name_key);
  if (rows.empty()) {
    return std::nullopt;
  }
  RowReader row{rows[0]};
  return ProfileView{.user = read_user(row),
                     .joined_at = row.next<Timestamp>(),
                     .post_count = row.next<std::int64_t>(),
                     .thread_count = row.next<std::int64_t>()};
}

bool set_role(Transaction& transaction, const std::string& name_key, Role role) {
  return execute(transaction, set_role_row, name_key, role).affected_rows() > 0;
}

}  // namespace foyer::persistence
