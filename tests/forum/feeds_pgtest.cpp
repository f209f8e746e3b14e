#include "protocol/limits.hpp"
#include "server/forum/feeds.hpp"
#include "tests/forum/forum_world.hpp"

namespace foyer::forum {
namespace {

class Feeds : public samples::ForumWorld {
 protected:
  Posted comment(const Actor& author, const std::string& body) {
    return reply(author, act(comments_thread_for, author, film).value(), body).value();
  }

  static std::vector<std::string> texts(const FeedEntries& entries) {
    std::vector<std::string> found;
    for (const FeedEntry& entry : entries) {
      EXPECT_FALSE(entry.post.body || entry.post.html);
      found.push_back(entry.html.value_or("-"));
    }
    return found;
  }
  using Texts = std::vector<std::string>;
};

TEST_F(Feeds, OfTheForumTellsOfNewThreadsTheNewestFirst) {
  const ThreadId first = start(mira, "One", "", "a").value().view.thread.id;
  start(tomas, "Two", "", "b ||c||");
  reply(mira, first, "no entry").value();
  comment(mira, "no entry either");
  const FeedEntries entries = look(read_front_feed);
  EXPECT_EQ(texts(entries), (Texts{"<p>b [spoiler]</p>", "<p>a</p>"}));
  EXPECT_EQ(entries.at(0).thread.title, "Two");
  EXPECT_EQ(entries.at(0).thread.films.at(0).id, film);
  EXPECT_EQ(entries.at(0).post.author.name, "tomas");
}

TEST_F(Feeds, OfAFilmTellsOfItsThreadsAndComments) {
  const FilmId other = add_film(R"({"title":"Another Film","imdb_id":"tt1"})");
  EXPECT_TRUE(look(read_film_feed, film).value().entries.empty());
  start(mira, "One", "", "a");
  comment(tomas, "b");
  start(mira, "Two", "", "c");
  const FilmFeed feed = look(read_film_feed, film).value();
  EXPECT_EQ(texts(feed.entries), (Texts{"<p>c</p>", "<p>b</p>", "<p>a</p>"}));
  EXPECT_EQ(feed.entries.at(1).thread.kind, ThreadKind::comments);
  EXPECT_TRUE(feed.comments);
  EXPECT_TRUE(look(read_film_feed, other).value().entries.empty());
  EXPECT_EQ(samples::code_of(look(read_film_feed, FilmId{999'999})), ErrorCode::not_found);
}

TEST_F(Feeds, OfAThreadAndOfAMemberTellOfTheirPosts) {
  const ThreadId thread = start(mira, "One", "", "a").value().view.thread.id;
  reply(tomas, thread, "b").value();
  reply(mira, thread, "c").value();
  comment(mira, "d");
  EXPECT_EQ(texts(look(read_thread_feed, thread).value().entries), (Texts{"<p>c</p>", "<p>b</p>", "<p>a</p>"}));
  const MemberFeed miras = look(read_member_feed, std::string("Mira")).value();
  EXPECT_EQ(miras.member.name, "mira");
  EXPECT_EQ(texts(miras.entries), (Texts{"<p>d</p>", "<p>c</p>", "<p>a</p>"}));
  EXPECT_EQ(samples::code_of(look(read_member_feed, std::string("nobody"))), ErrorCode::not_found);
  EXPECT_EQ(samples::code_of(look(read_thread_feed, ThreadId{999'999})), ErrorCode::not_found);
}

TEST_F(Feeds, TellOfNothingThatIsRemovedOrDeleted) {
  const auto gone = start(mira, "Gone", "", "x").value().view;
  const auto left = start(mira, "Left", "", "a").value().view;
  const PostId removed = reply(tomas, left.thread.id, "y").value().post.id;
  const PostId deleted = reply(tomas, left.thread.id, "z").value().post.id;
  const PostId remark = comment(tomas, "w").post.id;
  for (const PostId post : {gone.post.id, removed, remark}) {
    ASSERT_TRUE(remove(post));
  }
  ASSERT_TRUE(act(delete_post, tomas, deleted));
  EXPECT_EQ(texts(look(read_front_feed)), (Texts{"<p>a</p>"}));
  EXPECT_EQ(texts(look(read_film_feed, film).value().entries), (Texts{"<p>a</p>"}));
  EXPECT_EQ(texts(look(read_thread_feed, left.thread.id).value().entries), (Texts{"<p>a</p>"}));
  EXPECT_EQ(texts(look(read_member_feed, std::string("tomas")).value().entries), Texts{});
}

TEST_F(Feeds, HoldNoMoreThanTheirBoundAndTheNewest) {
  const ThreadId thread = start(mira, "Long").value().view.thread.id;
  for (int number = 0; number < limits::feed_entries + 5; ++number) {
    comment(tomas, std::to_string(number));
    reply(mira, thread, std::to_string(number)).value();
  }
  const std::string newest = "<p>" + std::to_string(limits::feed_entries + 4) + "</p>";
  for (const FeedEntries& entries :
       {look(read_film_feed, film).value().entries, look(read_thread_feed, thread).value().entries,
        look(read_member_feed, std::string("mira")).value().entries}) {
    EXPECT_EQ(entries.size(), static_cast<std::size_t>(limits::feed_entries));
    EXPECT_EQ(texts(entries).front(), newest);
  }
}

}  // namespace
}  // namespace foyer::forum
