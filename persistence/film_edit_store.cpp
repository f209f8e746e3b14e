#include "persistence/film_edit_store.hpp"

#include <iterator>

#include "persistence/film_import.hpp"
#include "persistence/transaction_impl.hpp"

namespace foyer::persistence {
namespace {

// The last fields of an edit are the first that are read: the newest stand on top.
constexpr Statement insert_changes{"insert_film_changes", R"(
  insert into film_changes (film_id, member_id, field, old_text, new_text)
  select $1::bigint, $2::bigint, field, old_text, new_text
  from unnest($3::text[], $4::text[], $5::text[]) with ordinality as given (field, old_text, new_text, place)
  order by place desc)"};

constexpr Statement changes_before{"film_changes_before", R"(
  select c.id, c.at, u.id, u.name, u.role, c.field, c.old_text, c.new_text
  from (select * from film_changes where film_id = $1 and ($2::bigint is null or id < $2::bigint)
        order by id desc limit $3::bigint) c
  join users u on u.id = c.member_id order by c.id desc)"};

}  // namespace

void update_film(Transaction& transaction, FilmId film, const FilmRecord& record,
                 const std::vector<std::string>& departments) {
  const ImportLine line{.index = 0, .film = record, .id = film, .added = false, .new_ids = {}, .changed_fields = {}};
  write_film_rows(transaction, {&line});
  if (!departments.empty()) {
    replace_credits(transaction, {&line}, departments);
  }
}

void append_film_changes(Transaction& transaction, FilmId film, UserId member,
                         const std::vector<FilmFieldChange>& changes) {
  ArrayText fields;
  ArrayText old_texts;
  ArrayText new_texts;
  for (const FilmFieldChange& change : changes) {
    fields.add(change.field);
    old_texts.add(change.old_text);
    new_texts.add(change.new_text);
  }
  execute(transaction, insert_changes, film, member, fields.take(), old_texts.take(), new_texts.take());
}

FilmChangePage list_film_changes(Transaction& transaction, FilmId film, std::optional<std::int64_t> before, int limit) {
  FilmChangePage page;
  for (const pqxx::row& columns : execute(transaction, changes_before, film, before, limit + 1)) {
    if (std::ssize(page.items) == limit) {
      page.next = page.items.back().id;
      break;
    }
    RowReader row{columns};
    page.items.push_back({.id = row.next<std::int64_t>(),
                          .at = row.next<Timestamp>(),
                          .member = read_user(row),
                          .field = row.next<std::string>(),
                          .old_text = row.next<std::string>(),
                          .new_text = row.next<std::string>()});
  }
  return page;
}

}  // namespace foyer::persistence
