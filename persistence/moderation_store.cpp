#include "persistence/moderation_store.hpp"

#include <iterator>

#include "persistence/transaction_impl.hpp"

namespace foyer::persistence {
namespace {

constexpr Statement insert_entry{"insert_moderation_entry", R"(
  insert into moderation_log (moderator_id, action, thread_id, post_id, reason, note, user_id)
  values ($1, $2, $3, $4, $5, $6, $7))"};

constexpr Statement entries_before{"moderation_entries", R"(
  select m.id, m.at, u.id, u.name, u.role, m.action, w.id, w.name, w.role, m.thread_id, m.post_id, p.number, m.reason,
         m.note
  from (select * from moderation_log where $1::bigint is null or id < $1::bigint
        order by id desc limit $2::bigint) m
  join users u on u.id = m.moderator_id left join users w on w.id = m.user_id
  left join posts p on p.id = m.post_id
  order by m.id desc)"};

std::optional<UserView> read_user_if_any(RowReader& row) {
  if (row.next_is_null()) {
    row.skip(3);
    return std::nullopt;
  }
  return read_user(row);
}

}  // namespace

void append_moderation_entry(Transaction& transaction, const NewModerationEntry& entry) {
  execute(transaction, insert_entry, entry.moderator, entry.action, entry.thread, entry.post, entry.reason, entry.note,
          entry.member);
}

ModerationPage list_moderation_entries(Transaction& transaction, std::optional<std::int64_t> before, int limit) {
  ModerationPage page;
  for (const pqxx::row& columns : execute(transaction, entries_before, before, limit + 1)) {
    if (std::ssize(page.items) == limit) {
      page.next = page.items.back().id;
      break;
    }
    RowReader row{columns};
    page.items.push_back({.id = row.next<std::int64_t>(),
                          .at = row.next<Timestamp>(),
                          .moderator = read_user(row),
                          .action = row.next<std::string>(),
                          .member = read_user_if_any(row),
                          .thread_id = row.next<std::optional<ThreadId>>(),
                          .post_id = row.next<std::optional<PostId>>(),
                          .post_number = row.next<std::optional<PostNumber>>(),
                          .reason = row.next<std::string>(),
                          .note = row.next<std::string>()});
  }
  return page;
}

}  // namespace foyer::persistence
