// Sessions of user_store.hpp, and the sweep of what is over its life.
#include <chrono>

#include "persistence/transaction_impl.hpp"
#include "persistence/user_store.hpp"
#include "protocol/limits.hpp"

namespace foyer::persistence {
namespace {

template <class Duration>
std::int64_t seconds(Duration duration) {
  return std::chrono::duration_cast<std::chrono::seconds>(duration).count();
}

constexpr Statement insert_session_row{"insert_session", "insert into sessions (token_hash, user_id) values ($1, $2)"};

constexpr Statement end_oldest_sessions{"end_oldest_sessions", R"(
  delete from sessions using (
    select token_hash, row_number() over (order by created_at desc, token_hash = $3::bytea desc) as place
    from sessions where user_id = $1) ranked
  where sessions.token_hash = ranked.token_hash and ranked.place > $2::bigint)"};

constexpr Statement sessions_by_hash{"sessions_by_hash", R"(
  select s.token_hash, u.id, u.name, u.role, n.kind, n.until, n.reason, s.last_seen_at
  from sessions s join users u on u.id = s.user_id
  left join lateral (
    select kind, until, reason from sanctions
    where user_id = u.id and (until is null or until > now()) order by kind limit 1) n on true
  where s.token_hash = any ($1::bytea[]) and s.last_seen_at > now() - make_interval(secs => $2::bigint)
    and s.created_at > now() - make_interval(secs => $3::bigint))"};

constexpr Statement touch_session_rows{"touch_sessions", R"(
  update sessions set last_seen_at = now() where token_hash in (
    select token_hash from sessions
    where token_hash = any ($1::bytea[]) and last_seen_at < now() - interval '1 hour'
    order by token_hash for no key update skip locked))"};

constexpr Statement delete_session_row{"delete_session", "delete from sessions where token_hash = $1"};

constexpr Statement delete_session_rows_of{"delete_sessions_of", "delete from sessions where user_id = $1"};

// A sweep is bounded, so that it ends well within statement_timeout; the next one takes the rest.
constexpr Statement delete_old_sessions{"delete_old_sessions", R"(
  delete from sessions where token_hash in (
    select token_hash from sessions
    where last_seen_at <= now() - make_interval(secs => $1::bigint)
       or created_at <= now() - make_interval(secs => $2::bigint)
    limit 10000))"};

constexpr Statement delete_old_keys{"delete_old_keys", R"(
  delete from idempotency_keys where (user_id, key) in (
    select user_id, key from idempotency_keys
    where created_at <= now() - make_interval(secs => $1::bigint) order by created_at limit 10000))"};

constexpr Statement delete_old_sanctions{"delete_old_sanctions", R"(
  delete from sanctions where (user_id, kind) in (
    select user_id, kind from sanctions where until <= now() order by until limit 10000))"};

constexpr Statement delete_old_changes{"delete_old_access_changes", R"(
  delete from access_changes where id in (
    select id from access_changes where at <= now() - make_interval(secs => $1::bigint) order by at limit 10000))"};

}  // namespace

void insert_session(Transaction& transaction, UserId user, const std::string& token_hash) {
  execute(transaction, insert_session_row, Bytes{token_hash}, user);
  execute(transaction, end_oldest_sessions, user, limits::sessions_per_user, Bytes{token_hash});
}

std::map<std::string, SessionRow> find_sessions(Transaction& transaction,
                                                const std::vector<std::string>& token_hashes) {
  std::map<std::string, SessionRow> found;
  for (const pqxx::row& columns : execute(transaction, sessions_by_hash, bytes_array(token_hashes),
                                          seconds(limits::session_idle), seconds(limits::session_life))) {
    RowReader row{columns};
    std::string hash = read_bytes(row.next<std::string>());
    UserView user = read_user(row);
    auto sanction = read_sanction(row);
    found.emplace(std::move(hash), SessionRow{std::move(user), std::move(sanction), row.next<Timestamp>()});
  }
  return found;
}

void touch_sessions(Transaction& transaction, const std::vector<std::string>& token_hashes) {
  execute(transaction, touch_session_rows, bytes_array(token_hashes));
}

bool delete_session(Transaction& transaction, const std::string& token_hash) {
  return execute(transaction, delete_session_row, Bytes{token_hash}).affected_rows() > 0;
}

void delete_sessions_of(Transaction& transaction, UserId user) { execute(transaction, delete_session_rows_of, user); }

int delete_expired(Transaction& transaction) {
  const auto sessions =
      execute(transaction, delete_old_sessions, seconds(limits::session_idle), seconds(limits::session_life))
          .affected_rows();
  const auto keys = execute(transaction, delete_old_keys, seconds(limits::idempotency_key_life)).affected_rows();
  const auto sanctions = execute(transaction, delete_old_sanctions).affected_rows();
  const auto changes = execute(transaction, delete_old_changes, seconds(limits::rights_changes_life)).affected_rows();
  return static_cast<int>(sessions + keys + sanctions + changes);
}

}  // namespace foyer::persistence
