#include "persistence/site_map_store.hpp"

#include <string>
#include <string_view>

#include "persistence/transaction_impl.hpp"
#include "protocol/limits.hpp"

namespace foyer::persistence {
namespace {

constexpr int parts_per_kind = 15'000;

// Ids have holes (an import that finds people again uses some up): from a part it is leapt to the next id behind it.
std::string parts_of(std::string_view rows) {
  const auto next_after = [rows](std::string_view id) {
    return std::string("(select (id - 1) / $1 from ")
        .append(rows)
        .append(" and id > ")
        .append(id)
        .append(" order by id limit 1)");
  };
  return "with recursive part (number) as (select " + next_after("0") + " union all select " +
         next_after("(number + 1) * $1") +
         " from part where number is not null) "
         "select number + 1 from part where number is not null limit $2";
}

struct Statements {
  std::string_view parts_name;
  std::string parts;
  std::string_view pages_name;
  std::string_view pages;  // 1 the first id, 2 the last one
};

const Statements& statements_of(SiteMapKind kind) {
  static const Statements films{"site_map_parts_of_films", parts_of("films where true"), "site_map_films", R"(
    select f.id, f.slug, (select last_post_at from threads where comments_film_id = f.id)
    from films f where f.id between $1 and $2 order by f.id)"};
  static const Statements threads{
      "site_map_parts_of_threads",
      parts_of("threads where kind <> 'comments' and post_count > 0 and not emptied and exists "
               "(select from posts where thread_id = threads.id and number = 1 "
               "and state = 'visible')"),
      "site_map_threads",
      R"(
    select t.id, t.slug, t.last_post_at
    from threads t
    join lateral (select 1 from posts where thread_id = t.id and number = 1 and state = 'visible' limit 1) f on true
    where t.id between $1 and $2 and t.kind <> 'comments' order by t.id)"};
  static const Statements people{"site_map_parts_of_people", parts_of("people where true"), "site_map_people",
                                 "select id, slug, null from people where id between $1 and $2 order by id"};
  return kind == SiteMapKind::films ? films : kind == SiteMapKind::threads ? threads : people;
}

}  // namespace

std::vector<std::int64_t> site_map_parts(Transaction& transaction, SiteMapKind kind) {
  const Statements& statements = statements_of(kind);
  std::vector<std::int64_t> parts;
  for (const pqxx::row& columns : execute(transaction, Statement{statements.parts_name, statements.parts},
                                          limits::sitemap_addresses, parts_per_kind)) {
    parts.push_back(RowReader{columns}.next<std::int64_t>());
  }
  return parts;
}

std::vector<SiteMapPage> site_map_pages(Transaction& transaction, SiteMapKind kind, std::int64_t part) {
  const Statements& statements = statements_of(kind);
  const std::int64_t last = part * limits::sitemap_addresses;
  const std::int64_t first = last - limits::sitemap_addresses + 1;
  std::vector<SiteMapPage> pages;
  for (const pqxx::row& columns :
       execute(transaction, Statement{statements.pages_name, statements.pages}, first, last)) {
    RowReader row{columns};
    pages.push_back({.id = row.next<std::int64_t>(),
                     .slug = row.next<std::string>(),
                     .changed_at = row.next<std::optional<Timestamp>>()});
  }
  return pages;
}

}  // namespace foyer::persistence
