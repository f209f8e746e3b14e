#include <gtest/gtest.h>

#include "persistence/event_store.hpp"
#include "protocol/codec.hpp"
#include "tests/persistence/sample_rows.hpp"

namespace foyer::persistence {
namespace {

class EventStore : public ::testing::Test {
 protected:
  TestDatabase test_;
  Database database_{{.url = test_.url()}};
  UserView nora_ = add_user(database_, "nora");
  FilmId film_ = add_film(database_, "A film");
  ThreadId thread_ = add_thread(database_, nora_, {film_});
  PostId post_ = database_.read([&](Transaction& t) { return list_posts(t, thread_, PostNumber{0}, 1).at(0).id; });

  EventPage read(std::int64_t since, int limit = 100) {
    return database_.read([&](Transaction& t) { return read_events(t, thread_, Seq{since}, limit); });
  }
  void append(EventKind kind, std::optional<PostId> post) {
    database_.write([&](Transaction& t) {
      const Seq seq = take_seq(t, thread_).value();
      append_event(t, thread_, seq, kind, post, transaction_time(t));
      return true;
    });
  }
};

TEST_F(EventStore, EventsComeInOrderWithTheHeadOfTheChannel) {
  append(EventKind::post_edited, post_);
  append(EventKind::thread_updated, std::nullopt);
  const EventPage page = read(1);
  ASSERT_EQ(page.events.size(), 2u);
  EXPECT_EQ(page.events[0].seq, Seq{2});
  EXPECT_EQ(page.events[0].kind, EventKind::post_edited);
  EXPECT_EQ(page.events[1].kind, EventKind::thread_updated);
  EXPECT_EQ(page.head, Seq{3});
  EXPECT_EQ(page.events[0].channel, (Channel{ChannelKind::thread, thread_.value}));
  EXPECT_EQ(std::get<PostRow>(page.events[0].subject).id, post_);
  EXPECT_EQ(std::get<ThreadView>(page.events[1].subject).films.at(0).id, film_);
}

TEST_F(EventStore, TheHeadIsThereWithoutEventsAndEmptyWithoutAThread) {
  EXPECT_TRUE(read(1).events.empty());
  EXPECT_EQ(read(1).head, Seq{1});
  EXPECT_EQ(read(0, 1).events.size(), 1u);
  thread_ = ThreadId{999};
  EXPECT_FALSE(read(0).head);
}

TEST_F(EventStore, AReplayShowsEachPostInItsPresentStateAndNeverARemovedText) {
  append(EventKind::post_edited, post_);
  database_.write([&](Transaction& t) {
    const Seq seq = take_seq(t, thread_).value();
    set_post_state(t, post_, PostState::removed, "spam");
    append_event(t, thread_, seq, EventKind::post_removed, post_, transaction_time(t));
    return true;
  });
  const EventPage page = read(0);
  ASSERT_EQ(page.events.size(), 3u);
  for (const EventRow& event : page.events) {
    const PostRow& post = std::get<PostRow>(event.subject);
    EXPECT_EQ(post.state, PostState::removed);
    const std::string json = codec::encode(Event{
        .channel = event.channel, .seq = event.seq, .kind = event.kind, .at = event.at, .data = readers_view(post)});
    EXPECT_EQ(json.find("First post"), std::string::npos);
  }
}

TEST_F(EventStore, TimesAreReadAsTheyWereWritten) {
  Timestamp written;
  database_.write([&](Transaction& t) {
    written = transaction_time(t);
    append_event(t, thread_, take_seq(t, thread_).value(), EventKind::post_edited, post_, written);
    return true;
  });
  EXPECT_EQ(read(1).events.at(0).at, written);
  const EventRow first = read(0).events.at(0);
  EXPECT_EQ(first.at, std::get<PostRow>(first.subject).created_at);
}

TEST_F(EventStore, AnEventIsGoneWhenItsTransactionIs) {
  database_.write([&](Transaction& t) -> Result<int> {
    append_event(t, thread_, take_seq(t, thread_).value(), EventKind::post_edited, post_, transaction_time(t));
    return refused(ErrorCode::conflict, "changed its mind");
  });
  EXPECT_EQ(read(0).events.size(), 1u);
  EXPECT_EQ(read(0).head, Seq{1});
}

}  // namespace
}  // namespace foyer::persistence
