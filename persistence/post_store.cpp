#include "persistence/post_store.hpp"

#include <algorithm>
#include <chrono>
#include <iterator>

#include "persistence/post_rows.hpp"
#include "protocol/limits.hpp"

namespace foyer::persistence {
namespace {

std::string select_posts(std::string_view from) {
  return std::string("select ").append(post_columns).append(" from ").append(from);
}

std::optional<PostRow> one_post(const pqxx::result& rows) {
  if (rows.empty()) {
    return std::nullopt;
  }
  RowReader row{rows[0]};
  return read_post(row);
}

std::vector<PostRow> read_posts(const pqxx::result& rows) {
  std::vector<PostRow> posts;
  for (const pqxx::row& columns : rows) {
    RowReader row{columns};
    posts.push_back(read_post(row));
  }
  return posts;
}

}  // namespace

PostRow read_post(RowReader& row) {
  PostRow post;
  post.id = row.next<PostId>();
  post.thread_id = row.next<ThreadId>();
  post.number = row.next<PostNumber>();
  post.author = read_user(row);
  post.state = row.next<PostState>();
  post.body = row.next<std::string>();
  post.html = row.next<std::string>();
  post.reply_to = row.next<std::optional<PostNumber>>();
  post.removal_reason = row.next<std::string>();
  post.revision = row.next<int>();
  post.film_position_seconds = row.next<std::optional<int>>();
  post.created_at = row.next<Timestamp>();
  post.edited_at = row.next<std::optional<Timestamp>>();
  post.like_count = row.next<std::int64_t>();
  return post;
}

// The thread's row is locked already: the caller took `seq`.
PostRow insert_first_post(Transaction& transaction, const NewPost& post, Seq seq) {
  static const std::string sql = std::string(R"(
    with thread as (
      update threads set post_count = post_count + 1, last_post_at = date_trunc('milliseconds', now()),
                         last_post_author_id = $2, emptied = false
      where id = $1 returning id, post_count, last_post_at),
    p as (
      insert into posts (thread_id, number, author_id, body, html, html_version, film_position_seconds, created_at)
      select id, post_count, $2, $3, $4, $5, $6, last_post_at from thread returning *),
    event as (
      insert into events (channel_kind, channel_id, seq, kind, post_id, at)
      select 1, thread_id, $7, 1, id, created_at from p),
    found_by as (
      insert into post_words (post_id, thread_id, number, words)
      select id, thread_id, number, to_tsvector('english', $8) || array_to_tsvector($9::text[]) from p)
    )") + select_posts("p") + std::string(post_author);
  return one_post(execute(transaction, Statement{"insert_first_post", sql}, post.thread, post.author.id, post.body,
                          post.html, post.html_version, post.film_position_seconds, seq, post.search.words,
                          post.search.links))
      .value();
}

std::optional<PostRow> find_post(Transaction& transaction, PostId post) {
  static const std::string sql =
      select_posts("posts p") + std::string(post_author) + " where p.id = $1 and p.number is not null";
  return one_post(execute(transaction, Statement{"post_by_id", sql}, post));
}

std::optional<PostRow> find_post_for_update(Transaction& transaction, PostId post) {
  static const std::string sql = select_posts("posts p") + std::string(post_author) +
                                 " where p.id = $1 and p.number is not null for no key update of p";
  return one_post(execute(transaction, Statement{"post_for_update", sql}, post));
}

std::map<PostId, PostRow> find_posts(Transaction& transaction, const std::vector<PostId>& posts) {
  static const std::string sql =
      select_posts("posts p") + std::string(post_author) + " where p.id = any ($1::bigint[]) and p.number is not null";
  std::map<PostId, PostRow> found;
  for (PostRow& post : read_posts(execute(transaction, Statement{"posts_by_id", sql}, posts))) {
    const PostId id = post.id;
    found.emplace(id, std::move(post));
  }
  return found;
}

std::vector<PostRow> list_posts(Transaction& transaction, ThreadId thread, PostNumber after, int limit) {
  static const std::string sql =
      select_posts("(select * from posts where thread_id = $1 and number > $2 order by number limit $3::bigint) p") +
      std::string(post_author) + " order by p.number";
  return read_posts(execute(transaction, Statement{"posts_of_thread", sql}, thread, after, limit));
}

UserPostPage list_user_posts(Transaction& transaction, UserId user, const std::optional<UserPostPosition>& after,
                             int limit) {
  static const std::string first_page = select_posts(R"((
      select * from posts where author_id = $1 and state = 'visible'
      order by created_at desc, id desc limit $2::bigint) p)") +
                                        std::string(post_author) + " order by p.created_at desc, p.id desc";
  static const std::string later_page = select_posts(R"((
      select * from posts where author_id = $1 and state = 'visible'
        and (created_at, id) < ($3::timestamptz, $4::bigint)
      order by created_at desc, id desc limit $2::bigint) p)") +
                                        std::string(post_author) + " order by p.created_at desc, p.id desc";
  const int wanted = limit + 1;
  UserPostPage page;
  page.items = read_posts(
      after ? execute(transaction, Statement{"later_user_posts", later_page}, user, wanted, after->at, after->id)
            : execute(transaction, Statement{"user_posts", first_page}, user, wanted));
  if (std::ssize(page.items) > limit) {
    page.items.pop_back();
    page.next = UserPostPosition{.at = page.items.back().created_at, .id = page.items.back().id};
  }
  return page;
}

PostRow update_post_body(Transaction& transaction, PostId post, UserId editor, const std::string& body,
                         const std::string& html, int html_version, const SearchWords& search) {
  static const std::string sql = std::string(R"(
    with kept as (
      insert into post_revisions (post_id, revision, body, editor_id, at)
      select id, revision, body, coalesce(editor_id, author_id), coalesce(edited_at, created_at)
      from posts where id = $1),
    p as (
      update posts set body = $3, html = $4, html_version = $5, revision = revision + 1, editor_id = $2,
                       edited_at = date_trunc('milliseconds', now())
      where id = $1 returning *),
    found_by as (
      update post_words set words = to_tsvector('english', $6) || array_to_tsvector($7::text[]) where post_id = $1)
    )") + select_posts("p") + std::string(post_author);
  return one_post(execute(transaction, Statement{"update_post_body", sql}, post, editor, body, html, html_version,
                          search.words, search.links))
      .value();
}

PostRow set_post_state(Transaction& transaction, PostId post, PostState state, const std::string& removal_reason) {
  static const std::string sql =
      std::string("with p as (update posts set state = $2, removal_reason = $3 where id = $1 returning *) ") +
      select_posts("p") + std::string(post_author);
  return one_post(execute(transaction, Statement{"set_post_state", sql}, post, state,
                          state == PostState::removed ? removal_reason : ""))
      .value();
}

namespace {

// The newest ones when there are more than a page of them.
constexpr Statement revisions_of_post{"revisions_of_post", R"(
  select r.revision, r.body, u.id, u.name, u.role, r.at from (
    select revision, body, editor_id, at from post_revisions where post_id = $1
    union all
    select revision, body, coalesce(editor_id, author_id), coalesce(edited_at, created_at) from posts where id = $1
    order by revision desc limit $2::bigint) r
  join users u on u.id = r.editor_id order by r.revision)"};

constexpr Statement key_of_user{"key_of_user", R"(
  select fingerprint, post_id, seq from idempotency_keys
  where user_id = $1 and key = $2 and created_at > now() - make_interval(secs => $3::bigint))"};

// A key over its life is taken over.
constexpr Statement insert_key_row{"insert_key", R"(
  insert into idempotency_keys as k (user_id, key, fingerprint, post_id, seq) values ($1, $2, $3, $4, $5)
  on conflict (user_id, key) do update
    set fingerprint = excluded.fingerprint, post_id = excluded.post_id, seq = excluded.seq, created_at = now()
    where k.created_at <= now() - make_interval(secs => $6::bigint))"};

constexpr std::int64_t key_life_seconds = std::chrono::seconds(limits::idempotency_key_life).count();

}  // namespace

std::vector<RevisionView> list_revisions(Transaction& transaction, PostId post) {
  std::vector<RevisionView> revisions;
  for (const pqxx::row& columns : execute(transaction, revisions_of_post, post, limits::page_items_max)) {
    RowReader row{columns};
    revisions.push_back({.revision = row.next<int>(),
                         .body = row.next<std::string>(),
                         .editor = read_user(row),
                         .at = row.next<Timestamp>()});
  }
  return revisions;
}

std::optional<KeyUse> find_key(Transaction& transaction, UserId user, const std::string& key) {
  const pqxx::result rows = execute(transaction, key_of_user, user, key, key_life_seconds);
  if (rows.empty()) {
    return std::nullopt;
  }
  RowReader row{rows[0]};
  return KeyUse{.fingerprint = read_bytes(row.next<std::string>()), .post = row.next<PostId>(), .seq = row.next<Seq>()};
}

bool insert_key(Transaction& transaction, UserId user, const std::string& key, const KeyUse& use) {
  return execute(transaction, insert_key_row, user, key, Bytes{use.fingerprint}, use.post, use.seq, key_life_seconds)
             .affected_rows() > 0;
}

}  // namespace foyer::persistence
