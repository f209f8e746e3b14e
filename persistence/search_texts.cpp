// Threads and posts of search_store.hpp: one statement per set of filters, so that each has its own plan.
#include "persistence/search_rows.hpp"
#include "persistence/thread_rows.hpp"
#include "protocol/limits.hpp"

namespace foyer::persistence {
namespace {

// Parameters have fixed places: 1 text, 2 titles, 3 films, 4 author, 5 kind, 6 before, 7 not before, 8 and 9 position,
// 10 limit, 11 candidates. One that a statement does not need is named all the same, or its type would be unknown.
constexpr std::string_view all_named = R"(
  (select ($1::text, $2::text, $3::bigint[], $4::bigint, $5::text, $6::timestamptz, $7::timestamptz, $8::bigint,
           $9::bigint, $10::bigint, $11::bigint) is not null as named))";

struct Composed {
  std::string name;
  std::string sql;
};

void choose(Composed& statement, bool wanted, std::string_view name, std::string_view condition) {
  if (wanted) {
    statement.name.append(name);
    statement.sql.append(" and ").append(condition);
  }
}

// On a thread t and, where posts are looked for, its post p.
void narrow(Composed& statement, const TextWords& words, bool posts) {
  choose(statement, !words.films.empty(), "+film",
         "exists (select from thread_films tf where tf.thread_id = t.id and tf.film_id = any ($3::bigint[]))");
  choose(statement, words.author.has_value(), "+by", posts ? "p.author_id = $4::bigint" : "t.author_id = $4::bigint");
  choose(statement, words.kind.has_value(), "+kind", "t.kind = $5");
  choose(statement, words.before.has_value(), "+before",
         posts ? "p.created_at < $6::timestamptz" : "t.created_at < $6::timestamptz");
  choose(statement, words.not_before.has_value(), "+after",
         posts ? "p.created_at >= $7::timestamptz" : "t.created_at >= $7::timestamptz");
}

// Without words the newest are the best: the rank is their id.
constexpr std::string_view page_of_ranked = R"(
  page as (
    select * from ranked where $8::bigint is null or (rank, id) < ($8::bigint, $9::bigint)
    order by rank desc, id desc limit $10::bigint)
  select id, rank from page order by rank desc, id desc)";

bool narrowed(const TextWords& words) {
  return !words.films.empty() || words.author || words.kind || words.before || words.not_before;
}

// The newest with these words, before anything else is looked at. Where the search is narrowed more of them are looked
// at, as those that fit may be old.
std::string matching(std::string_view table, std::string_view condition, std::string_view id, const TextWords& words) {
  std::string from = "(select * from ";
  from.append(table).append(" where ").append(condition);
  return from.append(" order by ")
      .append(id)
      .append(" desc limit ")
      .append(narrowed(words) ? std::to_string(limits::search_narrowed_candidates) : "$11::bigint")
      .append(") w");
}

constexpr std::string_view holds_text = "words @@ websearch_to_tsquery('english', $1)";

// Title and first post are each found by the words alone. With a phrase, or a word that is left out, both together must
// be what was asked for.
constexpr std::string_view exactly = R"( and (
  coalesce((select words from thread_words where thread_id = t.id), '') ||
  coalesce((select pw.words from posts first join post_words pw on pw.post_id = first.id
            where first.thread_id = t.id and first.number = 1 and first.state = 'visible'), ''))
  @@ websearch_to_tsquery('english', $1))";

// What speaks for a thread is added up: its title, its first post, and a little how much was said.
Composed compose_threads(const TextWords& words) {
  Composed composed{.name = "search_threads",
                    .sql = std::string("with given as ").append(all_named).append(", found as ((")};
  const auto candidates = [&](std::string_view rank, const std::string& from) {
    composed.sql.append("select t.id, t.post_count, ").append(rank).append(" as rank from ").append(from);
    composed.sql.append(" where t.post_count > 0 and not t.emptied and t.kind <> 'comments'");
    narrow(composed, words, false);
    composed.sql.append(words.exact ? exactly : "");
  };
  const std::string_view newest = " order by t.id desc limit $11::bigint)";
  if (words.text.empty()) {
    candidates("t.id", "threads t");
    composed.sql.append(" and ($9::bigint is null or t.id < $9::bigint)").append(newest);
    composed.sql.append("), ranked as (select id, rank from found), ");
  } else {
    composed.name += words.exact ? "+exact" : "+words";
    candidates(
        "4 * (ts_rank(w.words, websearch_to_tsquery('english', $1)) + ts_rank(w.words, to_tsquery('english', $2)))",
        matching("thread_words",
                 "shown and words @@ (websearch_to_tsquery('english', $1) || to_tsquery('english', $2))", "thread_id",
                 words) +
            " join threads t on t.id = w.thread_id");
    composed.sql.append(newest).append(" union all (");
    candidates("ts_rank(w.words, websearch_to_tsquery('english', $1))",
               matching("post_words", "number = 1 and shown and " + std::string(holds_text), "post_id", words) +
                   " join posts p on p.id = w.post_id and p.state = 'visible' join threads t on t.id = w.thread_id");
    composed.sql.append(newest).append(R"(),
  ranked as (
    select id, (1000 * (sum(rank) + ln(1 + max(post_count)) / 20))::bigint as rank from found group by id),)");
  }
  composed.sql.append(page_of_ranked);
  return composed;
}

Composed compose_posts(const TextWords& words) {
  const bool plain = words.text.empty();
  Composed composed{.name = plain ? "search_posts" : "search_posts+words",
                    .sql = std::string("with given as ").append(all_named).append(", ranked as (select p.id, ")};
  composed.sql
      .append(plain ? "p.id as rank from posts p"
                    : "(1000000 * ts_rank(w.words, websearch_to_tsquery('english', $1)))::bigint as rank from " +
                          matching("post_words", "shown and " + std::string(holds_text), "post_id", words) +
                          " join posts p on p.id = w.post_id")
      .append(" join threads t on t.id = p.thread_id where p.state = 'visible'")
      .append(plain ? " and ($9::bigint is null or p.id < $9::bigint)" : "");
  narrow(composed, words, true);
  composed.sql.append(" order by p.id desc limit $11::bigint),").append(page_of_ranked);
  return composed;
}

constexpr Statement ranked_posts{"ranked_posts", R"(
  select p.id, p.thread_id, t.slug, t.title, p.number, u.id, u.name, u.role, p.created_at,
         case when p.number = 1 and exists (
                select from reviews r where r.thread_id = p.thread_id and r.contains_spoilers)
              then '' else p.body end, ranked.rank
  from unnest($1::bigint[], $2::bigint[]) with ordinality ranked (id, rank, place)
  join posts p on p.id = ranked.id join threads t on t.id = p.thread_id join users u on u.id = p.author_id
  order by ranked.place)"};

// The best, one more than the page, for `read` to look up: only the look for words is planned for its words.
struct Ranked {
  std::vector<std::int64_t> ids;
  std::vector<std::int64_t> ranks;
};

Ranked rank(Transaction& transaction, const Composed& composed, const TextWords& words, const PageWanted& page) {
  plan_for_words(transaction);
  const pqxx::result rows = execute(transaction, Statement{composed.name, composed.sql}, words.text, words.title_query,
                                    words.films, words.author, words.kind, words.before, words.not_before,
                                    rank_of(page), id_of(page), page.limit + 1, limits::search_candidates);
  plan_once(transaction);
  Ranked ranked;
  for (const pqxx::row& columns : rows) {
    RowReader row{columns};
    ranked.ids.push_back(row.next<std::int64_t>());
    ranked.ranks.push_back(row.next<std::int64_t>());
  }
  return ranked;
}

// Private marks that no text of a post holds, as control characters are refused in it.
constexpr char mark_begins = '\x02';
constexpr char mark_ends = '\x03';

constexpr Statement headlines{"search_headlines", R"(
  select ts_headline('english', text, websearch_to_tsquery('english', $1),
                     E'StartSel=\x02, StopSel=\x03, HighlightAll=true')
  from unnest($2::text[]) with ordinality given (text, place) order by place)"};

Snippet split_marks(const std::string& text) {
  Snippet snippet;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t begins = std::min(text.find(mark_begins, at), text.size());
    if (begins > at) {
      snippet.push_back({text.substr(at, begins - at), false});
    }
    if (begins == text.size()) {
      break;
    }
    const std::size_t ends = std::min(text.find(mark_ends, begins), text.size());
    snippet.push_back({text.substr(begins + 1, ends - begins - 1), true});
    at = ends + 1;
  }
  return snippet;
}

}  // namespace

FoundPage<ThreadMatch> search_threads(Transaction& transaction, const TextWords& words, const PageWanted& page) {
  static const std::string ranked_threads =
      std::string(thread_columns)
          .append(", coalesce(first.body, ''), ranked.rank")
          .append(" from unnest($1::bigint[], $2::bigint[]) with ordinality ranked (id, rank, place)")
          .append(" join threads t on t.id = ranked.id")
          .append(thread_joins)
          .append(R"(
  left join posts first on first.thread_id = t.id and first.number = 1 and first.state = 'visible'
  order by ranked.place)");
  const Ranked ranked = rank(transaction, compose_threads(words), words, page);
  const pqxx::result rows = execute(transaction, Statement{"ranked_threads", ranked_threads}, ranked.ids, ranked.ranks);
  auto found = read_found<ThreadMatch>(rows, page, [](RowReader& row) {
    ThreadMatch match{read_thread(row), row.next<std::string>()};
    const RankPosition at{row.next<std::int64_t>(), match.thread.id.value};
    return Found<ThreadMatch>{std::move(match), at};
  });
  std::vector<ThreadView> threads;
  for (ThreadMatch& match : found.items) {
    threads.push_back(std::move(match.thread));
  }
  add_films(transaction, threads);
  for (std::size_t at = 0; at < threads.size(); ++at) {
    found.items[at].thread = std::move(threads[at]);
  }
  return found;
}

FoundPage<PostMatch> search_posts(Transaction& transaction, const TextWords& words, const PageWanted& page) {
  const Ranked ranked = rank(transaction, compose_posts(words), words, page);
  const pqxx::result rows = execute(transaction, ranked_posts, ranked.ids, ranked.ranks);
  return read_found<PostMatch>(rows, page, [](RowReader& row) {
    PostMatch match;
    match.post.id = row.next<PostId>();
    match.post.thread_id = row.next<ThreadId>();
    match.post.thread_slug = row.next<std::string>();
    match.post.thread_title = row.next<std::string>();
    match.post.number = row.next<PostNumber>();
    match.post.author = read_user(row);
    match.post.created_at = row.next<Timestamp>();
    match.body = row.next<std::string>();
    const RankPosition at{row.next<std::int64_t>(), match.post.id.value};
    return Found<PostMatch>{std::move(match), at};
  });
}

std::vector<Snippet> mark_words(Transaction& transaction, const std::string& text,
                                const std::vector<std::string>& plain_texts) {
  std::vector<Snippet> snippets;
  for (const pqxx::row& columns : execute(transaction, headlines, text, plain_texts)) {
    snippets.push_back(split_marks(RowReader{columns}.next<std::string>()));
  }
  return snippets;
}

}  // namespace foyer::persistence
