#include <thread>

#include "persistence/locks.hpp"
#include "protocol/codec.hpp"
#include "protocol/limits.hpp"
#include "server/forum/films.hpp"
#include "server/forum/related.hpp"
#include "tests/forum/forum_world.hpp"

namespace foyer::forum {
namespace {

using samples::code_of;
using samples::field_of;

class Threads : public samples::ForumWorld {};

TEST_F(Threads, AreStartedWithTheirFirstPostAsOneEvent) {
  const auto started = start(mira).value();
  EXPECT_EQ(started.view.thread.title, "On endings");
  EXPECT_EQ(started.view.thread.slug, "on-endings");
  EXPECT_EQ(started.view.thread.author, mira.user);
  EXPECT_EQ(started.view.thread.post_count, 1);
  EXPECT_EQ(started.view.thread.last_seq, Seq{1});
  EXPECT_EQ(started.view.post.number, PostNumber{1});
  EXPECT_EQ(started.view.post.html, "<p>First <strong>post</strong></p>");
  EXPECT_EQ(started.view.seq, Seq{1});
  const Channel film_channel{ChannelKind::film, film.value};
  EXPECT_EQ(started.news.snapshots, (std::vector<Channel>{film_channel, Channel{ChannelKind::front, 0}}));
  const auto caught = look(read_events, started.view.thread.id, Seq{0}, 10).value();
  ASSERT_EQ(caught.events.size(), 1U);
  ASSERT_EQ(started.news.events.size(), 1U);
  EXPECT_EQ(caught.events[0].json, started.news.events[0].json);
}

TEST_F(Threads, AreForMembersOnly) {
  EXPECT_EQ(code_of(start(guest)), ErrorCode::unauthenticated);
  EXPECT_EQ(code_of(start(Actor{mira.user, Reach::reading})), ErrorCode::forbidden);
}

TEST_F(Threads, NameAllThatIsWrongWithThem) {
  const auto wrong = act(start_thread, mira, StartThreadRequest{{FilmId{999'999}}, ThreadKind::review, " a ", " "},
                         std::string("short"));
  ASSERT_EQ(code_of(wrong), ErrorCode::invalid);
  std::vector<std::string> fields;
  for (const FieldError& field : wrong.error().fields) fields.push_back(field.field);
  EXPECT_EQ(fields, (std::vector<std::string>{"kind", "title", "body", "film_ids", "idempotency_key"}));
  const StartThreadRequest many{std::vector<FilmId>{FilmId{1}, FilmId{2}, FilmId{3}, FilmId{4}, FilmId{5}, FilmId{6}},
                                ThreadKind::discussion, "Many films", "text"};
  EXPECT_EQ(field_of(act(start_thread, mira, many, std::string())), "film_ids");
  EXPECT_EQ(sql("select count(*) from threads"), "0");
}

TEST_F(Threads, CanBePlansToWatchTogether) {
  start(mira, "On endings");
  const StartThreadRequest together{std::vector{film}, ThreadKind::watch_along, "Saturday at eight", "Who is in?"};
  const auto started = act(start_thread, mira, together, std::string()).value();
  EXPECT_EQ(started.view.thread.kind, ThreadKind::watch_along);
  const auto listed = look(list_threads, ThreadQuery{film, "watch_along", ""}, ListRequest{}).value().items;
  ASSERT_EQ(listed.size(), 1U);
  EXPECT_EQ(listed[0].title, "Saturday at eight");
}

TEST_F(Threads, AskedForTwiceWithOneKeyAreOneThread) {
  const auto first = start(mira, "On endings", "key-12345").value();
  remove(first.view.post.id);
  const auto second = start(mira, "On endings", "key-12345").value();
  EXPECT_EQ(second.view.thread.id, first.view.thread.id);
  EXPECT_EQ(second.view.seq, first.view.seq);
  EXPECT_EQ(second.view.post.state, PostState::removed) << "a repeated answer shows the present state";
  EXPECT_FALSE(second.view.post.body);
  EXPECT_TRUE(second.news.events.empty());
  EXPECT_EQ(sql("select count(*) from threads"), "1");
  EXPECT_EQ(code_of(start(mira, "Another title", "key-12345")), ErrorCode::key_reused);
  EXPECT_TRUE(start(tomas, "On endings", "key-12345").has_value()) << "keys belong to one member";
}

TEST_F(Threads, TakeNoKeyThatAPostHas) {
  const ThreadId thread = start(mira).value().view.thread.id;
  auto post = prepare_post(mira, thread, PostRequest{"a post", {}, {}}, "key-12345").value();
  std::promise<Result<Posted>> done;
  ASSERT_TRUE(writer.submit(std::move(post), [&](Result<Posted> posted) { done.set_value(std::move(posted)); }));
  ASSERT_TRUE(done.get_future().get().has_value());
  EXPECT_EQ(code_of(start(mira, "Another", "key-12345")), ErrorCode::key_reused);
  EXPECT_EQ(sql("select count(*) from threads"), "1");
}

TEST_F(Threads, RacingWithOneKeyAreOneThread) {
  for (int round = 0; round < 5; ++round) {
    const std::string key = "racing-key-" + std::to_string(round);
    std::vector<ThreadId> ids(4);
    std::vector<std::thread> racers;
    racers.reserve(ids.size());
    for (ThreadId& id : ids) {
      racers.emplace_back([&] { id = start(mira, "A race", key).value().view.thread.id; });
    }
    for (std::thread& racer : racers) racer.join();
    EXPECT_EQ(ids, std::vector<ThreadId>(4, ids[0]));
  }
  EXPECT_EQ(sql("select count(*) from threads"), "5");
}

TEST_F(Threads, AreRenamedByTheirAuthorWithAnEvent) {
  const ThreadId thread = start(mira).value().view.thread.id;
  ChangeThreadRequest request;
  request.title = " On beginnings ";
  const auto changed = act(change_thread, mira, thread, request).value();
  EXPECT_EQ(changed.view.title, "On beginnings");
  EXPECT_EQ(changed.view.slug, "on-beginnings");
  EXPECT_EQ(changed.view.last_seq, Seq{2});
  ASSERT_EQ(changed.news.events.size(), 1U);
  EXPECT_EQ(changed.news.events[0].seq, Seq{2});
  const Event event = codec::decode_event(changed.news.events[0].json).value();
  EXPECT_EQ(event.kind, EventKind::thread_updated);
  EXPECT_EQ(std::get<ThreadView>(event.data).title, "On beginnings");
  EXPECT_EQ(look(read_events, thread, Seq{1}, 10).value().events.at(0).json, changed.news.events[0].json);
  EXPECT_EQ(sql("select count(*) from moderation_log"), "0");
}

TEST_F(Threads, ThatStayAsTheyAreMakeNoNews) {
  const ThreadId thread = start(mira).value().view.thread.id;
  ChangeThreadRequest request;
  request.title = "On endings";
  request.locked = false;
  request.slow_mode_seconds = 0;
  request.film_ids = {film, film};
  const auto changed = act(change_thread, vera, thread, request).value();
  EXPECT_TRUE(changed.news.events.empty());
  EXPECT_TRUE(changed.news.snapshots.empty());
  EXPECT_EQ(head_of(thread), Seq{1});
  EXPECT_EQ(sql("select count(*) from moderation_log"), "0");
}

TEST_F(Threads, AreChangedByModeratorsOnTheRecord) {
  const ThreadId thread = start(mira).value().view.thread.id;
  const FilmId other = add_film(R"({"title":"Letter Never Sent","year":1960,"imdb_id":"tt0053106"})");
  ChangeThreadRequest request;
  request.title = "Endings in Kalatozov";
  request.locked = true;
  request.pinned = true;
  request.slow_mode_seconds = 30;
  request.film_ids = {other};
  request.reason = "tidying";
  const auto changed = act(change_thread, vera, thread, request).value();
  EXPECT_TRUE(changed.view.locked);
  EXPECT_TRUE(changed.view.pinned);
  EXPECT_EQ(changed.view.slow_mode_seconds, 30);
  EXPECT_EQ(changed.view.films.at(0).id, other);
  EXPECT_EQ(changed.news.events.size(), 1U);
  EXPECT_EQ(changed.news.snapshots.size(), 3U) << "both films and the front";
  EXPECT_EQ(sql("select string_agg(action, ' ' order by id) from moderation_log"),
            "rename lock pin slow_mode link_films");
  EXPECT_EQ(sql("select note from moderation_log where action = 'rename'"), "On endings → Endings in Kalatozov");
  EXPECT_EQ(sql("select count(*) from moderation_log where reason = 'tidying'"), "5");
  EXPECT_EQ(code_of(reply(tomas, thread, "too late")), ErrorCode::locked);
}

TEST_F(Threads, AreNotChangedByOthers) {
  const ThreadId thread = start(mira).value().view.thread.id;
  ChangeThreadRequest rename;
  rename.title = "Mine now";
  EXPECT_EQ(code_of(act(change_thread, guest, thread, rename)), ErrorCode::unauthenticated);
  EXPECT_EQ(code_of(act(change_thread, tomas, thread, rename)), ErrorCode::forbidden);
  ChangeThreadRequest lock;
  lock.locked = true;
  EXPECT_EQ(code_of(act(change_thread, mira, thread, lock)), ErrorCode::forbidden);
  EXPECT_EQ(code_of(act(change_thread, vera, ThreadId{999'999}, lock)), ErrorCode::not_found);
  ASSERT_TRUE(act(change_thread, vera, thread, lock).has_value());
  EXPECT_EQ(code_of(act(change_thread, mira, thread, rename)), ErrorCode::locked);
  ChangeThreadRequest wrong;
  wrong.slow_mode_seconds = 3'601;
  EXPECT_EQ(field_of(act(change_thread, vera, thread, wrong)), "slow_mode_seconds");
}

TEST_F(Threads, AreListedAndPagedByPosition) {
  for (int count = 0; count < 5; ++count) start(mira, "Thread " + std::to_string(count));
  std::vector<std::string> titles;
  ListRequest list{std::nullopt, 2};
  do {
    const auto page = look(list_threads, ThreadQuery{}, list).value();
    for (const ThreadView& thread : page.items) titles.push_back(thread.title);
    list.after = page.next;
  } while (list.after);
  EXPECT_EQ(titles.size(), 5U);
  EXPECT_EQ(field_of(look(list_threads, ThreadQuery{std::nullopt, "party", ""}, ListRequest{})), "kind");
  EXPECT_EQ(field_of(look(list_threads, ThreadQuery{std::nullopt, "", "size"}, ListRequest{})), "sort");
  EXPECT_EQ(field_of(look(list_threads, ThreadQuery{}, ListRequest{"forged", 2})), "after");
  EXPECT_EQ(look(list_threads, ThreadQuery{film, "discussion", "created"}, ListRequest{}).value().items.size(), 5U);
  EXPECT_TRUE(look(list_threads, ThreadQuery{film, "comments", ""}, ListRequest{}).value().items.empty());
}

TEST_F(Threads, GivePostsByNumberWithTheHead) {
  const ThreadId thread = start(mira).value().view.thread.id;
  for (int count = 0; count < 4; ++count) ASSERT_TRUE(reply(tomas, thread, "reply").has_value());
  const auto page = look(read_posts, thread, PostNumber{1}, 2).value();
  ASSERT_EQ(page.items.size(), 2U);
  EXPECT_EQ(page.items[0].number, PostNumber{2});
  EXPECT_EQ(page.next, "3");
  EXPECT_EQ(page.seq, Seq{5});
  EXPECT_FALSE(look(read_posts, thread, PostNumber{3}, 2).value().next);
  EXPECT_EQ(code_of(look(read_posts, ThreadId{999'999}, PostNumber{0}, 2)), ErrorCode::not_found);
}

TEST_F(Threads, HavePagesOfFiftyWithWhatTheyQuote) {
  const ThreadId thread = start(mira).value().view.thread.id;
  for (int count = 0; count < 51; ++count) ASSERT_TRUE(reply(tomas, thread, "reply", PostNumber{1}).has_value());
  const auto last = look(read_thread_page, thread, std::int64_t{0}).value();
  EXPECT_EQ(last.page_number, 2);
  EXPECT_EQ(last.page_count, 2);
  EXPECT_EQ(last.posts.size(), 2U);
  ASSERT_EQ(last.quoted.size(), 1U);
  EXPECT_EQ(last.quoted[0].number, PostNumber{1});
  const auto first = look(read_thread_page, thread, std::int64_t{1}).value();
  EXPECT_EQ(first.posts.size(), 50U);
  EXPECT_TRUE(first.quoted.empty());
  EXPECT_EQ(code_of(look(read_thread_page, thread, std::int64_t{3})), ErrorCode::not_found);
  EXPECT_EQ(code_of(look(read_thread_page, thread, std::int64_t{-1})), ErrorCode::not_found);
}

// Its posts are gone from every screen, and so is its title: from lists, searches and what stands beside a film.
TEST_F(Threads, OfWhichNoPostCanBeReadAreInNoList) {
  const ThreadStarted kept = start(mira, "On endings").value().view;
  const ThreadStarted spam = start(tomas, "Buy endings").value().view;
  const PostId answer = reply(mira, spam.thread.id, "No.").value().post.id;
  const auto listed = [&](const ThreadQuery& query) {
    std::vector<std::string> titles;
    for (const ThreadView& thread : look(list_threads, query, ListRequest{}).value().items)
      titles.push_back(thread.title);
    return titles;
  };
  const auto discussions = [&] {
    return look(list_films, FilmQuery{.discussed = persistence::Discussed::ever}, ListRequest{}).value().items.size();
  };
  using Titles = std::vector<std::string>;
  ASSERT_TRUE(remove(spam.post.id).has_value());
  EXPECT_EQ(listed({}), (Titles{"Buy endings", "On endings"})) << "an answer can be read";
  ASSERT_TRUE(remove(answer).has_value());
  EXPECT_EQ(listed({}), Titles{"On endings"});
  ThreadQuery of_film;
  of_film.film = film;
  EXPECT_EQ(listed(of_film), Titles{"On endings"});
  EXPECT_EQ(look(read_front_page).value().threads.items.size(), 1U);
  EXPECT_EQ(look(suggest_threads, std::string("On endings"), std::vector{film}).value().size(), 1U);
  EXPECT_EQ(look(read_thread, spam.thread.id).value().title, "Buy endings") << "by its address";
  EXPECT_EQ(discussions(), 1U);
  ASSERT_TRUE(remove(kept.post.id).has_value());
  EXPECT_EQ(discussions(), 0U);
  ASSERT_TRUE(act(restore_post, vera, kept.post.id).has_value());
  EXPECT_EQ(listed({}), Titles{"On endings"});
  EXPECT_EQ(discussions(), 1U);
  ASSERT_TRUE(reply(mira, spam.thread.id, "Still here?").has_value());
  EXPECT_EQ(listed({}), (Titles{"Buy endings", "On endings"}));
}

// An import or an edit may hold a film for long.
TEST_F(Threads, ThatWereEmptiedAreFilledAgainWhileTheirFilmIsHeld) {
  ASSERT_TRUE(start(tomas, "A second").has_value());  // so that the film stays discussed
  const ThreadStarted emptied = start(mira).value().view;
  ASSERT_TRUE(remove(emptied.post.id).has_value());
  database.write([&](persistence::Transaction& transaction) {
    EXPECT_TRUE(persistence::lock_film(transaction, film));
    EXPECT_TRUE(reply(tomas, emptied.thread.id, "Still here?").has_value());
    return true;
  });
  EXPECT_EQ(look(list_threads, ThreadQuery{}, ListRequest{}).value().items.size(), 2U);
}

}  // namespace
}  // namespace foyer::forum
