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

constexpr Statement session_by_hash{"session_by_hash", R"(
  select u.id, u.name, u.role, s.last_seen_at from sessions s join users u on u.id = s.user_id
  where s.token_hash = $1 and s.last_seen_at > now() - make_interval(secs => $2::bigint)
    and s.created_at > now() - make_interval(secs => $3::bigint))"};

constexpr Statement touch_session_row{"touch_session", R"(
  update sessions set last_seen_at = now() where token_hash = $1 and last_seen_at < now() - interval '1 hour')"};

constexpr Statement delete_session_row{"delete_session", "delete from sessions where token_hash = $1"};

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

}  // namespace

void insert_session(Transaction& transaction, UserId user, const std::string& token_hash) {
  execute(transaction, insert_session_row, Bytes{token_hash}, user);
  execute(transaction, end_oldest_sessions, user, limits::sessions_per_user, Bytes{token_hash});
}

std::optional<SessionRow> find_session(Transaction& transaction, const std::string& token_hash) {
  const pqxx::result rows = execute(transaction, session_by_hash, Bytes{token_hash}, seconds(limits::session_idle),
                                    seconds(limits::session_life));
  if (rows.empty()) {
    return std::nullopt;
  }
  RowReader row{rows[0]};
  return SessionRow{.user = read_user(row), .last_seen_at = row.next<Timestamp>()};
}

void touch_session(Transaction& transaction, const std::string& token_hash) {
  execute(transaction, touch_session_row, Bytes{token_hash});
}

bool delete_session(Transaction& transaction, const std::string& token_hash) {
  return execute(transaction, delete_session_row, Bytes{token_hash}).affected_rows() > 0;
}

int delete_expired(Transaction& transaction) {
  const auto sessions =
      execute(transaction, delete_old_sessions, seconds(limits::session_idle), seconds(limits::session_life))
          .affected_rows();
  const auto keys = execute(transaction, delete_old_keys, seconds(limits::idempotency_key_life)).affected_rows();
  return static_cast<int>(sessions + keys);
}

}  // namespace foyer::persistence
