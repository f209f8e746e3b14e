#include "persistence/log_check.hpp"

#include <array>

#include "persistence/transaction_impl.hpp"
#include "protocol/limits.hpp"

namespace foyer::persistence {
namespace {

// A statement gives one row per breach that is named, "text" and the number of all breaches, and at least one row: with
// the number examined. Columns: examined, breaches, example (null when there is none).
struct CheckText {
  std::string_view promise;
  std::string_view unit;
  Statement statement;
};

// Reads e(channel_kind, channel_id, seq, …) grouped: a log is dense when it begins at 1, has as many rows as its last
// number, and that number is the one the thread's row carries. The key of the table excludes doubles.
constexpr CheckText dense_events{
    "the events of each channel are numbered 1, 2, 3 … up to its head", "channels", {"check_dense_events", R"(
  with logged as (
    select channel_kind, channel_id, count(*) as events, min(seq) as first, max(seq) as last
    from events group by channel_kind, channel_id),
  judged as (
    select coalesce(l.channel_kind, 1) as kind, coalesce(l.channel_id, t.id) as id, coalesce(l.events, 0) as events,
           coalesce(l.first, 1) as first, coalesce(l.last, 0) as last, t.last_seq as head
    from (select * from logged where channel_kind = 1) l full join threads t on t.id = l.channel_id
    union all
    select channel_kind, channel_id, events, first, last, last from logged where channel_kind <> 1),
  broken as (
    select id, case kind when 1 then 'thread:' else 'member:' end || id
           || case when head is null then ': events of a thread that does not exist'
                   else ': ' || events || ' events, the last ' || last || ', the head ' || head end as words
    from judged
    where head is null or first <> 1 or events <> last or last <> head)
  select (select count(*) from judged), (select count(*) from broken), b.words
  from (select 1) one left join (select words from broken order by id limit $1::bigint) b on true)"}};

constexpr CheckText dense_posts{
    "the posts of each thread are numbered 1, 2, 3 … up to its count", "threads", {"check_dense_posts", R"(
  with counted as (
    select thread_id, count(*) as posts, min(number) as first, max(number) as last
    from posts where number is not null group by thread_id),
  broken as (
    select t.id, 'thread:' || t.id || ': ' || coalesce(c.posts, 0) || ' posts, the last number '
           || coalesce(c.last, 0) || ', the count ' || t.post_count as words
    from threads t left join counted c on c.thread_id = t.id
    where coalesce(c.first, 1) <> 1 or coalesce(c.posts, 0) <> t.post_count or coalesce(c.last, 0) <> t.post_count)
  select (select count(*) from threads), (select count(*) from broken), b.words
  from (select 1) one left join (select words from broken order by id limit $1::bigint) b on true)"}};

constexpr CheckText created_posts{"each post has one event that created it, in its own thread, and no earlier one",
                                  "posts",
                                  {"check_created_posts", R"(
  with created as (
    select post_id, count(*) filter (where kind = 1) as births, min(seq) filter (where kind = 1) as birth,
           min(seq) as first, min(channel_id) as thread_id, max(channel_id) as other_thread
    from events where channel_kind = 1 and post_id is not null group by post_id),
  broken as (
    select p.thread_id as id, 'thread:' || p.thread_id || ' post ' || p.number || ': ' || coalesce(c.births, 0)
           || ' events created it' as words
    from posts p left join created c on c.post_id = p.id
    where p.number is not null
      and (c.births is distinct from 1 or c.birth <> c.first or c.thread_id <> p.thread_id
           or c.other_thread <> p.thread_id))
  select (select count(*) from posts where number is not null), (select count(*) from broken), b.words
  from (select 1) one left join (select words from broken order by id limit $1::bigint) b on true)"}};

constexpr CheckText ordered_posts{
    "posts were created in the order of their numbers", "posts", {"check_ordered_posts", R"(
  with placed as (
    select p.thread_id, p.number, e.seq, lag(e.seq) over (partition by p.thread_id order by p.number) as before
    from posts p join events e on e.channel_kind = 1 and e.post_id = p.id and e.kind = 1),
  broken as (
    select thread_id as id, 'thread:' || thread_id || ' post ' || number || ': event ' || seq || ' after ' || before
           as words
    from placed where seq <= before)
  select (select count(*) from placed), (select count(*) from broken), b.words
  from (select 1) one left join (select words from broken order by id limit $1::bigint) b on true)"}};

// The last event that speaks of a post's state says what the state is; edits and reactions do not speak of it. The
// revision is one more than the edits.
constexpr CheckText agreeing_states{
    "each post is in the state and revision that its events tell", "posts", {"check_agreeing_states", R"(
  with told as (
    select post_id, (array_agg(kind order by seq desc) filter (where kind not in (2, 7)))[1] as last,
           count(*) filter (where kind = 2) as edits
    from events where channel_kind = 1 and post_id is not null group by post_id),
  broken as (
    select p.thread_id as id, 'thread:' || p.thread_id || ' post ' || p.number || ': ' || p.state || ', revision '
           || p.revision || '; its events tell '
           || case t.last when 3 then 'removed' when 5 then 'deleted' else 'visible' end || ', revision ' || t.edits + 1
           as words
    from posts p join told t on t.post_id = p.id
    where p.state <> case t.last when 3 then 'removed' when 5 then 'deleted' else 'visible' end
       or p.revision <> t.edits + 1)
  select (select count(*) from told), (select count(*) from broken), b.words
  from (select 1) one left join (select words from broken order by id limit $1::bigint) b on true)"}};

constexpr CheckText kept_revisions{
    "each edited post has all its former texts", "edited posts", {"check_kept_revisions", R"(
  with kept as (select post_id, count(*) as texts from post_revisions group by post_id),
  broken as (
    select p.thread_id as id, 'thread:' || p.thread_id || ' post ' || p.number || ': revision ' || p.revision
           || ', former texts ' || coalesce(k.texts, 0) as words
    from posts p left join kept k on k.post_id = p.id where coalesce(k.texts, 0) <> p.revision - 1)
  select (select count(*) from kept), (select count(*) from broken), b.words
  from (select 1) one left join (select words from broken order by id limit $1::bigint) b on true)"}};

constexpr CheckText pointing_events{"each event about a post points at a post", "events", {"check_pointing_events", R"(
  with broken as (
    select e.channel_id as id, 'thread:' || e.channel_id || ' event ' || e.seq || ': '
           || case when e.post_id is null then 'names no post' else 'post id ' || e.post_id || ' does not exist' end
           as words
    from events e left join posts p on p.id = e.post_id
    where e.channel_kind = 1 and (e.kind between 1 and 5 or e.kind = 7) and p.id is null)
  select (select count(*) from events), (select count(*) from broken), b.words
  from (select 1) one left join (select words from broken order by id limit $1::bigint) b on true)"}};

constexpr CheckText pointing_keys{
    "each idempotency key points at the event that created its post", "keys", {"check_pointing_keys", R"(
  with broken as (
    select k.post_id as id, 'the key of member ' || k.user_id || ' for post id ' || k.post_id || ', event ' || k.seq
           as words
    from idempotency_keys k left join posts p on p.id = k.post_id
    left join events e on e.channel_kind = 1 and e.channel_id = p.thread_id and e.seq = k.seq and e.kind = 1
    where e.post_id is distinct from k.post_id)
  select (select count(*) from idempotency_keys), (select count(*) from broken), b.words
  from (select 1) one left join (select words from broken order by id limit $1::bigint) b on true)"}};

constexpr CheckText pointing_replies{
    "each reply points at a post of its thread", "replies", {"check_pointing_replies", R"(
  with broken as (
    select p.thread_id as id, 'thread:' || p.thread_id || ' post ' || p.number || ': replies to ' || p.reply_to
           as words
    from posts p left join posts o on o.thread_id = p.thread_id and o.number = p.reply_to
    where p.reply_to is not null and o.id is null)
  select (select count(*) from posts where reply_to is not null), (select count(*) from broken), b.words
  from (select 1) one left join (select words from broken order by id limit $1::bigint) b on true)"}};

constexpr CheckText counted_likes{"each post counts the likes that it has", "posts", {"check_counted_likes", R"(
  with given as (select post_id, count(*) as likes from post_reactions where name = 'like' group by post_id),
  broken as (
    select p.thread_id as id, 'thread:' || p.thread_id || ' post ' || coalesce(p.number::text, 'id ' || p.id)
           || ': counts ' || p.like_count || ' likes, has ' || coalesce(g.likes, 0) as words
    from posts p left join given g on g.post_id = p.id where p.like_count <> coalesce(g.likes, 0))
  select (select count(*) from posts), (select count(*) from broken), b.words
  from (select 1) one left join (select words from broken order by id limit $1::bigint) b on true)"}};

constexpr CheckText counted_ratings{"each film counts the ratings that it has", "films", {"check_counted_ratings", R"(
  with given as (
    select film_id, array(select count(*) filter (where r.score = s) from ratings r, generate_series(1, 10) s
                          where r.film_id = film.film_id group by s order by s) as histogram
    from (select distinct film_id from ratings) film),
  broken as (
    select f.id, 'film ' || f.id || ': counts ' || coalesce(c.histogram::text, 'nothing') || ', has '
           || coalesce(g.histogram::text, 'nothing') as words
    from films f left join given g on g.film_id = f.id left join film_ratings c on c.film_id = f.id
    where coalesce(c.histogram, '{0,0,0,0,0,0,0,0,0,0}') <> coalesce(g.histogram, '{0,0,0,0,0,0,0,0,0,0}'))
  select (select count(*) from films), (select count(*) from broken), b.words
  from (select 1) one left join (select words from broken order by id limit $1::bigint) b on true)"}};

constexpr CheckText discussed_films{
    "each film knows whether it is discussed, and in which hour it was last", "films", {"check_discussed_films", R"(
  with linked as (
    select tf.film_id, max(activity_hour(t.active_at)) as hour
    from thread_films tf join threads t on t.id = tf.thread_id where t.post_count > 0 and not t.emptied group by tf.film_id),
  broken as (
    select f.id, 'film ' || f.id || ': ' || case when f.discussed then 'discussed' else 'not discussed' end || ', hour '
           || coalesce(a.hour::text, 'none') || '; its threads tell ' || coalesce(l.hour::text, 'none') as words
    from films f left join linked l on l.film_id = f.id left join film_activity a on a.film_id = f.id
    where f.discussed <> (l.hour is not null) or a.hour is distinct from l.hour)
  select (select count(*) from films), (select count(*) from broken), b.words
  from (select 1) one left join (select words from broken order by id limit $1::bigint) b on true)"}};

constexpr CheckText placed_reviews{
    "each review has a thread of kind review about its film alone, and each such thread that can be read is a review",
    "reviews",
    {"check_placed_reviews", R"(
  with linked as (
    select thread_id, array_agg(film_id) as films from thread_films group by thread_id),
  broken as (
    select t.id, 'thread:' || t.id || ' of kind ' || t.kind || ': '
           || case when r.thread_id is null then 'is no member''s review'
                   else 'a review of film ' || r.film_id || ', linked to ' || coalesce(l.films::text, 'none') end
           as words
    from threads t left join reviews r on r.thread_id = t.id left join linked l on l.thread_id = t.id
    left join posts first on first.thread_id = t.id and first.number = 1
    where (r.thread_id is not null
           and (t.kind <> 'review' or t.author_id <> r.member_id or l.films is distinct from array[r.film_id]))
       or (r.thread_id is null and t.kind = 'review' and first.state is distinct from 'deleted'))
  select (select count(*) from reviews), (select count(*) from broken), b.words
  from (select 1) one left join (select words from broken order by id limit $1::bigint) b on true)"}};

constexpr CheckText emptied_threads{
    "a thread is emptied when none of its posts can be read, and only then", "threads", {"check_emptied_threads", R"(
  with broken as (
    select t.id, 'thread:' || t.id || ': ' || case when t.emptied then 'emptied, with posts' else 'not emptied' end
           as words
    from threads t
    where t.emptied <> (t.post_count > 0 and not exists (
      select from posts p where p.thread_id = t.id and p.number is not null and p.state = 'visible')))
  select (select count(*) from threads), (select count(*) from broken), b.words
  from (select 1) one left join (select words from broken order by id limit $1::bigint) b on true)"}};

constexpr CheckText solved_searches{"a thread is solved when it has the answer that named the film, and only then",
                                    "threads",
                                    {"check_solved_searches", R"(
  with broken as (
    select t.id, 'thread:' || t.id || ': ' || case when t.solved then 'solved' else 'not solved' end || ', '
           || case when s.thread_id is null then 'no answer' when p.id is null then 'by a post that is not there'
                   else 'an answer' end as words
    from threads t left join thread_solutions s on s.thread_id = t.id
    left join posts p on p.thread_id = s.thread_id and p.number = s.post_number
    where t.solved <> (s.thread_id is not null) or (s.thread_id is not null and p.id is null))
  select (select count(*) from threads), (select count(*) from broken), b.words
  from (select 1) one left join (select words from broken order by id limit $1::bigint) b on true)"}};

// No foreign key says it, see 0008_references_of_posts.sql.
constexpr CheckText placed_posts{"each post has its thread and its author", "posts", {"check_placed_posts", R"(
  with broken as (
    select p.thread_id as id, 'thread:' || p.thread_id || ' post ' || coalesce(p.number::text, 'id ' || p.id) || ': '
           || case when t.id is null then 'no such thread' else 'no member ' || p.author_id end as words
    from posts p left join threads t on t.id = p.thread_id left join users u on u.id = p.author_id
    where t.id is null or u.id is null)
  select (select count(*) from posts), (select count(*) from broken), b.words
  from (select 1) one left join (select words from broken order by id limit $1::bigint) b on true)"}};

constexpr CheckText searchable_posts{
    "each post can be searched for, and each thread", "posts and threads", {"check_searchable_posts", R"(
  with broken as (
    select p.thread_id as id, 'thread:' || p.thread_id || ' post ' || p.number || ': '
           || case when w.post_id is null then 'no words'
                   when w.shown <> (p.state = 'visible') then 'it is searched for as if it were another state'
                   else 'its words name post ' || w.number || ' of thread:' || w.thread_id end as words
    from posts p left join post_words w on w.post_id = p.id
    where p.number is not null
      and (w.thread_id, w.number, w.shown) is distinct from (p.thread_id, p.number, p.state = 'visible')
    union all
    select t.id, 'thread:' || t.id || ': '
           || case when w.thread_id is null then 'no words of its title' else 'it is searched for as if it were another' end
    from threads t left join thread_words w on w.thread_id = t.id where w.shown is distinct from not t.emptied)
  select (select count(*) from posts where number is not null) + (select count(*) from threads),
         (select count(*) from broken), b.words
  from (select 1) one left join (select words from broken order by id limit $1::bigint) b on true)"}};

constexpr std::array all_checks{dense_events,    dense_posts,     placed_posts,    created_posts,  ordered_posts,
                                agreeing_states, kept_revisions,  pointing_events, pointing_keys,  pointing_replies,
                                counted_likes,   counted_ratings, discussed_films, placed_reviews, searchable_posts,
                                solved_searches, emptied_threads};

// What every connection sets for short statements would end or mislead one that reads whole tables.
constexpr std::array<Statement, 3> settings_for_long_reads{
    Statement{"check_without_time", "set local statement_timeout = 0"},
    Statement{"check_without_idle_time", "set local idle_in_transaction_session_timeout = 0"},
    Statement{"check_with_scans", "set local enable_seqscan = on"}};

}  // namespace

std::vector<LogCheck> check_log(Transaction& transaction) {
  for (const Statement& setting : settings_for_long_reads) {
    execute(transaction, setting);
  }
  std::vector<LogCheck> checks;
  for (const CheckText& text : all_checks) {
    LogCheck check{.promise = text.promise, .unit = text.unit, .examples = {}};
    for (const pqxx::row& columns : execute(transaction, text.statement, limits::verify_named_breaches)) {
      RowReader row{columns};
      check.examined = row.next<std::int64_t>();
      check.breaches = row.next<std::int64_t>();
      if (!row.next_is_null()) {
        check.examples.push_back(row.next<std::string>());
      }
    }
    checks.push_back(std::move(check));
  }
  return checks;
}

}  // namespace foyer::persistence
