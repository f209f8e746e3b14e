#include "protocol/codec.hpp"
#include "server/forum/accounts.hpp"
#include "server/forum/films.hpp"
#include "server/forum/markdown.hpp"
#include "tests/forum/forum_world.hpp"

namespace foyer::forum {
namespace {

using samples::code_of;
using samples::field_of;

class Moderation : public samples::ForumWorld {
 protected:
  void SetUp() override {
    ForumWorld::SetUp();
    thread = start(mira).value().view.thread.id;
    post = reply(mira, thread, "an awful secret").value().post.id;
  }

  ThreadId thread;
  PostId post;
};

TEST_F(Moderation, RemovesWithAReasonAndAnEvent) {
  const auto removed = act(remove_post, vera, post, RemovePostRequest{" rude ", "seen\nbefore", 1}).value();
  EXPECT_EQ(removed.view.state, PostState::removed);
  EXPECT_EQ(removed.view.removal_reason, "rude");
  EXPECT_FALSE(removed.view.body);
  EXPECT_FALSE(removed.view.html);
  ASSERT_EQ(removed.news.events.size(), 1U);
  EXPECT_EQ(codec::decode_event(removed.news.events[0].json).value().kind, EventKind::post_removed);
  EXPECT_EQ(removed.news.events[0].json.find("secret"), std::string::npos);
  const auto log = look(read_moderation_log, vera, ListRequest{}).value();
  ASSERT_EQ(log.items.size(), 1U);
  EXPECT_EQ(log.items[0].action, "remove");
  EXPECT_EQ(log.items[0].reason, "rude");
  EXPECT_EQ(log.items[0].note, "seen\nbefore");
  EXPECT_EQ(log.items[0].post_id, post);
}

TEST_F(Moderation, IsForModerators) {
  const RemovePostRequest request{"rude", "", std::nullopt};
  EXPECT_EQ(code_of(act(remove_post, guest, post, request)), ErrorCode::unauthenticated);
  EXPECT_EQ(code_of(act(remove_post, mira, post, request)), ErrorCode::forbidden);
  EXPECT_EQ(code_of(act(restore_post, mira, post)), ErrorCode::forbidden);
  EXPECT_EQ(code_of(look(read_moderation_log, mira, ListRequest{})), ErrorCode::forbidden);
  EXPECT_EQ(code_of(look(read_moderation_log, guest, ListRequest{})), ErrorCode::unauthenticated);
}

TEST_F(Moderation, AsksHowFarARemovalHasCome) {
  EXPECT_EQ(code_of(look(may_read_reach, guest, post)), ErrorCode::unauthenticated);
  EXPECT_EQ(code_of(look(may_read_reach, mira, post)), ErrorCode::forbidden);
  EXPECT_EQ(code_of(look(may_read_reach, vera, post)), ErrorCode::conflict) << "it is not removed";
  EXPECT_EQ(code_of(look(may_read_reach, vera, PostId{999'999})), ErrorCode::not_found);
  remove(post);
  EXPECT_TRUE(look(may_read_reach, vera, post).has_value());
  EXPECT_EQ(code_of(look(may_read_reach, mira, post)), ErrorCode::forbidden);
  ASSERT_TRUE(act(restore_post, vera, post).has_value());
  EXPECT_EQ(code_of(look(may_read_reach, vera, post)), ErrorCode::conflict);
}

TEST_F(Moderation, NeedsAReason) {
  EXPECT_EQ(field_of(remove(post, " ")), "reason");
  EXPECT_EQ(field_of(remove(post, std::string(501, 'x'))), "reason");
  EXPECT_EQ(code_of(remove(PostId{999'999})), ErrorCode::not_found);
}

TEST_F(Moderation, SeesWhenThePostChangedUnderIt) {
  ASSERT_TRUE(act(edit_post, mira, post, EditPostRequest{"harmless"}).has_value());
  EXPECT_EQ(code_of(act(remove_post, vera, post, RemovePostRequest{"rude", "", 1})), ErrorCode::stale_revision);
  EXPECT_EQ(look(read_post, post).value().state, PostState::visible);
  EXPECT_TRUE(act(remove_post, vera, post, RemovePostRequest{"rude", "", 2}).has_value());
}

TEST_F(Moderation, OfWhatIsSoAlreadyMakesNoNews) {
  EXPECT_TRUE(act(restore_post, vera, post).value().news.events.empty());
  remove(post);
  const auto again = remove(post, "another reason").value();
  EXPECT_EQ(again.view.removal_reason, "rude");
  EXPECT_TRUE(again.news.events.empty());
  EXPECT_EQ(head_of(thread), Seq{3});
  EXPECT_EQ(sql("select count(*) from moderation_log"), "1");
}

TEST_F(Moderation, RestoresTheText) {
  remove(post);
  const auto restored = act(restore_post, vera, post).value();
  EXPECT_EQ(restored.view.body, "an awful secret");
  EXPECT_EQ(restored.view.removal_reason, "");
  EXPECT_EQ(codec::decode_event(restored.news.events.at(0).json).value().kind, EventKind::post_restored);
  EXPECT_EQ(restored.news.events[0].seq, Seq{4});
  EXPECT_EQ(sql("select string_agg(action, ' ' order by id) from moderation_log"), "remove restore");
}

TEST_F(Moderation, LeavesToAuthorsWhatTheyDeleted) {
  ASSERT_TRUE(act(delete_post, mira, post).has_value());
  EXPECT_EQ(code_of(remove(post)), ErrorCode::conflict);
  EXPECT_EQ(code_of(act(restore_post, vera, post)), ErrorCode::conflict);
}

TEST_F(Moderation, IsNotUndoneByTheAuthor) {
  remove(post);
  EXPECT_EQ(code_of(act(edit_post, mira, post, EditPostRequest{"back again"})), ErrorCode::conflict);
  EXPECT_EQ(code_of(act(delete_post, mira, post)), ErrorCode::conflict);
  EXPECT_EQ(code_of(look(read_body_for_edit, mira, post)), ErrorCode::conflict);
}

TEST_F(Moderation, LogIsPagedNewestFirst) {
  for (int round = 0; round < 3; ++round) {
    remove(post);
    ASSERT_TRUE(act(restore_post, vera, post).has_value());
  }
  std::vector<std::int64_t> ids;
  ListRequest list{std::nullopt, 4};
  do {
    const auto page = look(read_moderation_log, vera, list).value();
    for (const ModerationEntryView& entry : page.items) ids.push_back(entry.id);
    list.after = page.next;
  } while (list.after);
  EXPECT_EQ(ids.size(), 6U);
  EXPECT_TRUE(std::is_sorted(ids.rbegin(), ids.rend()));
  EXPECT_EQ(field_of(look(read_moderation_log, vera, ListRequest{"forged", 4})), "after");
}

// All that a reader gets of the forum, in one text.
class RemovedText : public Moderation {
 protected:
  void add(const std::optional<std::string>& text) { seen += text.value_or("") + "\n"; }
  void add(const PostView& view) {
    add(view.body);
    add(view.html);
  }

  void read_everything() {
    add(look(read_post, post).value());
    for (const PostView& view : look(read_posts, thread, PostNumber{0}, 100).value().items) add(view);
    const auto page = look(read_thread_page, thread, std::int64_t{1}).value();
    for (const PostView& view : page.posts) add(view);
    for (const PostView& view : page.quoted) add(view);
    for (const PostView& view : look(list_posts_of, std::string("mira"), ListRequest{}).value().items) add(view);
    for (const EncodedEvent& event : look(read_events, thread, Seq{0}, 100).value().events) add(event.json);
    const FilmId unlinked = add_film(R"({"title":"On endings","year":1999})");
    for (const RelatedThreadView& related : look(read_film_threads, unlinked).value().related) add(related.snippet);
  }

  std::string seen;
};

TEST_F(RemovedText, IsReachedByNoReaderNorTheAuthor) {
  ASSERT_TRUE(act(edit_post, mira, post, EditPostRequest{"another awful secret"}).has_value());
  const PostId first = look(read_posts, thread, PostNumber{0}, 1).value().items.at(0).id;
  ASSERT_TRUE(act(edit_post, mira, first, EditPostRequest{"On endings: an awful secret"}).has_value());
  read_everything();
  EXPECT_NE(seen.find("awful"), std::string::npos);
  seen.clear();
  remove(post);
  remove(first);
  read_everything();
  EXPECT_EQ(seen.find("awful"), std::string::npos) << seen;
  for (const Actor& actor : {guest, mira, tomas}) {
    EXPECT_TRUE(look(read_history, actor, post).has_error());
    EXPECT_TRUE(look(read_body_for_edit, actor, post).has_error());
    EXPECT_TRUE(act(edit_post, actor, post, EditPostRequest{"x"}).has_error());
    EXPECT_TRUE(act(delete_post, actor, post).has_error());
  }
  EXPECT_EQ(look(read_history, vera, post).value().at(1).body, "another awful secret");
}

TEST_F(RemovedText, IsAsGoneWhenItsAuthorDeletedIt) {
  ASSERT_TRUE(act(delete_post, mira, post).has_value());
  read_everything();
  EXPECT_EQ(seen.find("awful"), std::string::npos) << seen;
  EXPECT_TRUE(look(read_history, guest, post).has_error());
  EXPECT_TRUE(look(read_history, tomas, post).has_error());
}

}  // namespace
}  // namespace foyer::forum
