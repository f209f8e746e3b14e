#include <thread>

#include "protocol/codec.hpp"
#include "tests/forum/forum_world.hpp"

namespace foyer::forum {
namespace {

using samples::code_of;
using samples::field_of;

class Posts : public samples::ForumWorld {
 protected:
  void SetUp() override {
    ForumWorld::SetUp();
    thread = start(mira).value().view.thread.id;
    post = reply(mira, thread, "The *crane* shot").value().post.id;
  }

  Result<Changed<PostView>> edit(const Actor& actor, const std::string& body) {
    return act(edit_post, actor, post, EditPostRequest{body});
  }

  void lock() {
    ChangeThreadRequest request;
    request.locked = true;
    ASSERT_TRUE(act(change_thread, vera, thread, request).has_value());
  }

  ThreadId thread;
  PostId post;
};

TEST_F(Posts, ArePreparedCheckedAndRendered) {
  const auto prepared = prepare_post(mira, thread, PostRequest{" a ||b|| ", PostNumber{1}, 30}, "12345678").value();
  EXPECT_EQ(prepared.body, "a ||b||");
  EXPECT_NE(prepared.html.find("<details"), std::string::npos);
  EXPECT_EQ(prepared.fingerprint.size(), 32U);
  EXPECT_EQ(code_of(prepare_post(guest, thread, PostRequest{"a", {}, {}}, "")), ErrorCode::unauthenticated);
  EXPECT_EQ(field_of(prepare_post(mira, thread, PostRequest{" ", {}, {}}, "")), "body");
  EXPECT_EQ(field_of(prepare_post(mira, thread, PostRequest{"a", {}, -1}, "")), "film_position_seconds");
  EXPECT_EQ(field_of(prepare_post(mira, thread, PostRequest{"a", {}, {}}, "short")), "idempotency_key");
}

TEST_F(Posts, HaveAFingerprintOfAllThatWasAsked) {
  const auto fingerprint = [&](ThreadId where, const PostRequest& request) {
    return prepare_post(mira, where, request, "").value().fingerprint;
  };
  const std::string one = fingerprint(thread, {"a", {}, {}});
  EXPECT_EQ(one, fingerprint(thread, {"a", {}, {}}));
  EXPECT_NE(one, fingerprint(thread, {"a ", {}, {}}));
  EXPECT_NE(one, fingerprint(ThreadId{thread.value + 1}, {"a", {}, {}}));
  EXPECT_NE(one, fingerprint(thread, {"a", PostNumber{1}, {}}));
  EXPECT_NE(one, fingerprint(thread, {"a", {}, 1}));
  EXPECT_NE(fingerprint(thread, {"a", PostNumber{1}, {}}), fingerprint(thread, {"a", {}, 1}));
}

TEST_F(Posts, AreEditedByTheirAuthorWithAnEvent) {
  const auto edited = edit(mira, "The **crane** shot").value();
  EXPECT_EQ(edited.view.html, "<p>The <strong>crane</strong> shot</p>");
  EXPECT_EQ(edited.view.revision, 2);
  EXPECT_TRUE(edited.view.edited_at);
  ASSERT_EQ(edited.news.events.size(), 1U);
  EXPECT_EQ(edited.news.events[0].seq, Seq{3});
  EXPECT_EQ(codec::decode_event(edited.news.events[0].json).value().kind, EventKind::post_edited);
  EXPECT_EQ(edited.news.snapshots.size(), 2U);
  const auto history = look(read_history, mira, post).value();
  ASSERT_EQ(history.size(), 2U);
  EXPECT_EQ(history[0].body, "The *crane* shot");
  EXPECT_EQ(history[1].body, "The **crane** shot");
  EXPECT_EQ(sql("select count(*) from moderation_log"), "0");
}

TEST_F(Posts, EditedToTheSameTextMakeNoNews) {
  const auto edited = edit(mira, " The *crane* shot ").value();
  EXPECT_EQ(edited.view.revision, 1);
  EXPECT_TRUE(edited.news.events.empty());
  EXPECT_EQ(head_of(thread), Seq{2});
}

TEST_F(Posts, AreEditedByModeratorsOnTheRecord) {
  ASSERT_TRUE(edit(vera, "tidied").has_value());
  EXPECT_EQ(sql("select action from moderation_log"), "edit");
  EXPECT_EQ(look(read_history, mira, post).value().at(1).editor, vera.user);
}

TEST_F(Posts, AreNotEditedByOthers) {
  EXPECT_EQ(code_of(edit(guest, "x")), ErrorCode::unauthenticated);
  EXPECT_EQ(code_of(edit(tomas, "x")), ErrorCode::forbidden);
  EXPECT_EQ(field_of(edit(mira, "")), "body");
  EXPECT_EQ(code_of(act(edit_post, mira, PostId{999'999}, EditPostRequest{"x"})), ErrorCode::not_found);
  EXPECT_EQ(code_of(look(read_body_for_edit, tomas, post)), ErrorCode::forbidden);
  EXPECT_EQ(look(read_body_for_edit, mira, post).value(), "The *crane* shot");
}

TEST_F(Posts, InALockedThreadMayBeDeletedButNotEdited) {
  lock();
  EXPECT_EQ(code_of(edit(mira, "x")), ErrorCode::locked);
  EXPECT_TRUE(edit(vera, "x").has_value());
  EXPECT_TRUE(act(delete_post, mira, post).has_value());
}

TEST_F(Posts, AreDeletedOnce) {
  const auto deleted = act(delete_post, mira, post).value();
  EXPECT_EQ(deleted.view.state, PostState::deleted);
  EXPECT_FALSE(deleted.view.body);
  EXPECT_EQ(codec::decode_event(deleted.news.events.at(0).json).value().kind, EventKind::post_deleted);
  const auto again = act(delete_post, mira, post).value();
  EXPECT_TRUE(again.news.events.empty());
  EXPECT_EQ(head_of(thread), Seq{3});
  EXPECT_EQ(code_of(edit(mira, "back")), ErrorCode::conflict);
  EXPECT_EQ(code_of(act(delete_post, tomas, post)), ErrorCode::forbidden);
}

TEST_F(Posts, AreDeletedByModeratorsOnTheRecord) {
  ASSERT_TRUE(act(delete_post, vera, post).has_value());
  EXPECT_EQ(sql("select action from moderation_log"), "delete");
}

TEST_F(Posts, CommentsOnAFilmShareOneThread) {
  const ThreadId first = act(comments_thread_for, mira, film).value();
  EXPECT_EQ(act(comments_thread_for, tomas, film).value(), first);
  EXPECT_EQ(look(read_thread, first).value().title, "Comments on The Cranes Are Flying");
  EXPECT_EQ(code_of(act(comments_thread_for, guest, film)), ErrorCode::unauthenticated);
  EXPECT_EQ(code_of(act(comments_thread_for, mira, FilmId{999'999})), ErrorCode::not_found);
}

TEST_F(Posts, RacingFirstCommentsMakeOneThread) {
  std::vector<ThreadId> ids(4);
  std::vector<std::thread> racers;
  for (ThreadId& id : ids) {
    racers.emplace_back([&] { id = act(comments_thread_for, mira, film).value(); });
  }
  for (std::thread& racer : racers) racer.join();
  EXPECT_EQ(ids, std::vector<ThreadId>(4, ids[0]));
}

TEST_F(Posts, KnowTheirPlace) {
  for (int count = 0; count < 50; ++count) ASSERT_TRUE(reply(tomas, thread, "reply").has_value());
  const PostId last = reply(tomas, thread, "on page two").value().post.id;
  const PostPlace place_of_last = look(find_place, last).value();
  EXPECT_EQ(place_of_last.number, PostNumber{53});
  EXPECT_EQ(place_of_last.page_number, 2);
  EXPECT_EQ(look(find_place, post).value().page_number, 1);
  EXPECT_EQ(code_of(look(find_place, PostId{999'999})), ErrorCode::not_found);
}

TEST_F(Posts, ArePreviewedByTheSameRenderer) {
  EXPECT_EQ(preview(mira, PreviewRequest{"*a*"}).value(), "<p><em>a</em></p>");
  EXPECT_EQ(code_of(preview(guest, PreviewRequest{"*a*"})), ErrorCode::unauthenticated);
  EXPECT_EQ(field_of(preview(mira, PreviewRequest{""})), "body");
}

// Edits and removals of one post from several sides: no deadlock, and the seq stays dense.
TEST_F(Posts, ChangedFromManySidesKeepADenseSeq) {
  std::vector<std::thread> sides;
  for (int side = 0; side < 4; ++side) {
    sides.emplace_back([&, side] {
      for (int round = 0; round < 10; ++round) {
        if (side == 0) (void)edit(mira, "text " + std::to_string(round));
        if (side == 1) (void)remove(post);
        if (side == 2) (void)act(restore_post, vera, post);
        if (side == 3) (void)reply(tomas, thread, "meanwhile");
      }
    });
  }
  for (std::thread& side : sides) side.join();
  const auto caught = look(read_events, thread, Seq{0}, 1'000).value();
  EXPECT_EQ(caught.events.size(), static_cast<std::size_t>(caught.head.value));
  for (std::size_t index = 0; index < caught.events.size(); ++index) {
    EXPECT_EQ(caught.events[index].seq.value, static_cast<std::int64_t>(index + 1));
  }
}

}  // namespace
}  // namespace foyer::forum
