#include "persistence/post_batch.hpp"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <map>
#include <utility>

#include "persistence/post_rows.hpp"
#include "protocol/limits.hpp"

namespace foyer::persistence {
namespace {

// A statement of its own, so that the next one's snapshot is taken when the locks are held: it sees every key, every
// number and every earlier post that another node committed while we waited. In id order against deadlocks.
constexpr Statement lock_threads{"lock_threads", R"(
  select t.id, array(select film_id from thread_films where thread_id = t.id)
  from threads t where t.id = any ($1::bigint[]) order by t.id for no key update)"};
constexpr Statement lock_free_threads{"lock_free_threads", R"(
  select t.id, array(select film_id from thread_films where thread_id = t.id)
  from threads t where t.id = any ($1::bigint[]) order by t.id for no key update skip locked)"};
constexpr Statement existing_threads{"existing_threads", "select id from threads where id = any ($1::bigint[])"};
constexpr Statement set_lock_time{"set_lock_time", "select set_config('lock_timeout', $1, true)"};

// given: the batch as sent. known: beside each post what it is judged by; each look-up is a subquery with a limit, so
// that it goes by the index whatever the planner believes about a table that grew since it was analysed. judged: by
// itself. outcome: beside the others of the batch (two in slow mode). decided: with id, seq and number; the writing
// parts all read from here, since a join of two parts is a nested loop to a planner that expects ten rows.
// Keys are inserted in order against deadlocks; a fresh key that is there already makes no row, which the count tells.
constexpr Statement write_posts{"write_posts", R"(
  with given as (
    select * from unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[], $5::integer[], $6::bigint[],
                         $7::integer[], $8::text[], $9::bytea[], $11::text[], $12::text[]) with ordinality
      as g (thread_id, author_id, body, html, html_version, reply_to, film_position_seconds, key, fingerprint, words,
            links, place)),
  clock as materialized (select date_trunc('milliseconds', clock_timestamp()) as at),
  known as (
    select g.*, clock.at, t.id as found_thread, t.locked, t.slow_mode_seconds, t.last_seq, t.post_count,
           u.name, u.role, u.role <> 'member' as moderates,
           k.post_id as first_post, k.seq as first_seq, k.fingerprint is distinct from g.fingerprint as other_request,
           case when t.slow_mode_seconds > 0 then (
             select p.created_at from posts p
             where p.author_id = g.author_id and p.thread_id = g.thread_id
               and p.created_at > clock.at - make_interval(secs => t.slow_mode_seconds)
             order by p.created_at desc limit 1) end as last_own,
           (select s.kind from sanctions s
            where s.user_id = g.author_id and (s.until is null or s.until > clock.at)
            order by s.kind limit 1) as sanction
    from given g cross join clock
    left join lateral (select * from threads where id = g.thread_id limit 1) t on true
    left join lateral (select name, role from users where id = g.author_id limit 1) u on true
    left join lateral (
      select * from idempotency_keys where user_id = g.author_id and key = g.key
        and created_at > clock.at - make_interval(secs => $10::bigint) limit 1) k on true),
  judged as (
    select known.*,
           case when first_post is not null then case when other_request then 'key_reused' else 'repeated' end
                when name is null then 'no_author'
                when sanction is not null then sanction
                when found_thread is null then 'no_thread'
                when locked and not moderates then 'locked'
                when reply_to not between 1 and post_count then 'reply_to'
                when last_own is not null and not moderates then 'slow_mode'
                else 'posted' end as verdict
    from known),
  outcome as (
    select judged.*,
           case when verdict = 'posted' and slow_mode_seconds > 0 and not moderates
                  and row_number() over (partition by thread_id, author_id, verdict order by place) > 1
                then 'slow_mode' else verdict end as word
    from judged),
  placed as (
    select outcome.*, row_number() over (partition by thread_id, word order by place) as step,
           count(*) over (partition by thread_id, word) as steps
    from outcome order by place),
  decided as materialized (
    select placed.*, word = 'posted' as posted,
           case word when 'posted' then nextval('posts_id_seq') else first_post end as post_id,
           case word when 'posted' then last_seq + step else first_seq end as seq,
           post_count + step as number
    from placed),
  counted as (
    update threads set last_seq = d.seq, post_count = d.number, last_post_at = d.at, last_post_author_id = d.author_id,
                       emptied = false
    from decided d where d.posted and d.step = d.steps and threads.id = d.thread_id),
  inserted as (
    insert into posts (id, thread_id, number, author_id, body, html, html_version, reply_to, film_position_seconds,
                       created_at)
    select post_id, thread_id, number, author_id, body, html, html_version, reply_to, film_position_seconds, at
    from decided where posted),
  found_by as (
    insert into post_words (post_id, thread_id, number, words)
    select post_id, thread_id, number,
           to_tsvector('english', words) || array_to_tsvector(string_to_array(links, ' '))
    from decided where posted),
  logged as (
    insert into events (channel_kind, channel_id, seq, kind, post_id, at)
    select 1, thread_id, seq, 1, post_id, at from decided where posted),
  keyed as (
    insert into idempotency_keys as k (user_id, key, fingerprint, post_id, seq, created_at)
    select author_id, key, fingerprint, post_id, seq, at from decided where posted and key is not null
    order by author_id, key
    on conflict (user_id, key) do update
      set fingerprint = excluded.fingerprint, post_id = excluded.post_id, seq = excluded.seq,
          created_at = excluded.created_at
      where k.created_at <= excluded.created_at - make_interval(secs => $10::bigint)
    returning 1)
  select word, ceil(extract(epoch from coalesce(last_own, at) - at))::integer + slow_mode_seconds,
         post_id, seq, number, author_id, name, role, at,
         (select count(*) from keyed) <> count(*) filter (where posted and key is not null) over ()
  from decided order by place)"};

// The films of each thread that is locked now.
using LockedThreads = std::map<ThreadId, std::vector<std::int64_t>>;

LockedThreads lock_rows(Transaction& transaction, const std::set<ThreadId>& threads, Locking locking) {
  if (locking == Locking::wait) {
    execute(transaction, set_lock_time, std::to_string(std::chrono::milliseconds(limits::post_lock_turn).count()));
  }
  LockedThreads locked;
  for (const pqxx::row& columns : execute(transaction, locking == Locking::wait ? lock_threads : lock_free_threads,
                                          std::vector<ThreadId>(threads.begin(), threads.end()))) {
    RowReader row{columns};
    const auto thread = row.next<ThreadId>();
    locked.emplace(thread, read_number_array(row.next<std::string>()));
  }
  return locked;
}

// Those that were passed over; what does not exist cannot be held.
std::set<ThreadId> held_threads(Transaction& transaction, std::set<ThreadId> threads, const LockedThreads& locked) {
  std::erase_if(threads, [&](ThreadId thread) { return locked.contains(thread); });
  std::set<ThreadId> held;
  if (!threads.empty()) {
    for (const pqxx::row& columns :
         execute(transaction, existing_threads, std::vector<ThreadId>(threads.begin(), threads.end()))) {
      held.insert(RowReader{columns}.next<ThreadId>());
    }
  }
  return held;
}

std::string joined(const std::vector<std::string>& links) {
  std::string text;
  for (const std::string& link : links) {
    text.append(text.empty() ? "" : " ").append(link);
  }
  return text;
}

pqxx::result write(Transaction& transaction, const std::vector<const NewPost*>& posts) {
  ArrayText threads, authors, bodies, htmls, versions, replies, positions, keys, fingerprints, words, links;
  for (const NewPost* post : posts) {
    threads.add(post->thread);
    authors.add(post->author.id);
    bodies.add(post->body);
    htmls.add(post->html);
    versions.add(std::int64_t{post->html_version});
    replies.add(post->reply_to);
    positions.add(post->film_position_seconds);
    keys.add(post->key.empty() ? std::nullopt : std::optional(post->key));
    fingerprints.add(bytes_text(post->fingerprint));
    words.add(post->search.words);
    links.add(joined(post->search.links));
  }
  return execute(transaction, write_posts, threads.take(), authors.take(), bodies.take(), htmls.take(), versions.take(),
                 replies.take(), positions.take(), keys.take(), fingerprints.take(),
                 std::chrono::seconds(limits::idempotency_key_life).count(), words.take(), links.take());
}

Error refusal_of(const std::string& word, int wait_seconds) {
  if (word == "no_thread") {
    return refused(ErrorCode::not_found, "There is no such thread.");
  }
  if (word == "no_author") {
    return refused(ErrorCode::unauthenticated, "The member is no longer there.");
  }
  if (word == "ban") {
    return refused(ErrorCode::banned, "You are banned.");
  }
  if (word == "silence") {
    return refused(ErrorCode::silenced, "You may read but not write.");
  }
  if (word == "locked") {
    return refused(ErrorCode::locked, "The thread is locked.");
  }
  if (word == "key_reused") {
    return refused(ErrorCode::key_reused, "The key was used for another request.");
  }
  if (word == "reply_to") {
    return invalid_field("reply_to", "not_found", "The thread has no such post.");
  }
  Error error = refused(ErrorCode::slow_mode, "The thread asks for a pause between two posts.");
  error.retry_after_seconds = std::max(wait_seconds, 1);
  return error;
}

PostOutcome read_outcome(RowReader& row, const NewPost& asked, bool& key_raced) {
  const auto word = row.next<std::string>();
  const int wait_seconds = row.next<std::optional<int>>().value_or(1);
  PostOutcome outcome;
  outcome.repeated = word == "repeated";
  if (word != "posted" && !outcome.repeated) {
    outcome.refusal = refusal_of(word, wait_seconds);
    return outcome;
  }
  outcome.post.id = row.next<PostId>();
  outcome.seq = row.next<Seq>();
  if (outcome.repeated) {
    return outcome;
  }
  outcome.post.thread_id = asked.thread;
  outcome.post.number = row.next<PostNumber>();
  outcome.post.author = read_user(row);
  outcome.post.created_at = row.next<Timestamp>();
  outcome.post.body = asked.body;
  outcome.post.html = asked.html;
  outcome.post.reply_to = asked.reply_to;
  outcome.post.film_position_seconds = asked.film_position_seconds;
  key_raced = row.next<bool>() || key_raced;
  return outcome;
}

void fill_repeated(Transaction& transaction, BatchOutcome& batch) {
  std::vector<PostId> wanted;
  for (const PostOutcome& outcome : batch.posts) {
    if (outcome.repeated) {
      wanted.push_back(outcome.post.id);
    }
  }
  if (wanted.empty()) {
    return;
  }
  const std::map<PostId, PostRow> found = find_posts(transaction, wanted);
  for (PostOutcome& outcome : batch.posts) {
    if (outcome.repeated) {
      outcome.post = found.at(outcome.post.id);
    }
  }
}

}  // namespace

BatchOutcome write_batch(Transaction& transaction, const std::vector<const NewPost*>& posts, Locking locking) {
  std::set<ThreadId> threads;
  for (const NewPost* post : posts) {
    threads.insert(post->thread);
  }
  const LockedThreads locked = lock_rows(transaction, threads, locking);
  const std::set<ThreadId> held = held_threads(transaction, std::move(threads), locked);
  std::vector<const NewPost*> ready;
  std::ranges::copy_if(posts, std::back_inserter(ready),
                       [&](const NewPost* post) { return !held.contains(post->thread); });
  BatchOutcome batch;
  if (ready.empty()) {
    batch.posts.resize(posts.size());
    std::ranges::for_each(batch.posts, [](PostOutcome& outcome) { outcome.held = true; });
    return batch;
  }
  const pqxx::result rows = write(transaction, ready);
  auto row_number = pqxx::result::size_type{0};
  for (const NewPost* post : posts) {
    PostOutcome& outcome = batch.posts.emplace_back();
    outcome.held = held.contains(post->thread);
    if (outcome.held) {
      continue;
    }
    RowReader row{rows[row_number++]};
    outcome = read_outcome(row, *post, batch.key_raced);
    if (!outcome.refusal && !outcome.repeated) {
      for (const std::int64_t film : locked.at(post->thread)) {
        batch.films.insert(FilmId{film});
      }
    }
  }
  fill_repeated(transaction, batch);
  return batch;
}

}  // namespace foyer::persistence
