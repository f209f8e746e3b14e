#include <gtest/gtest.h>

#include "tests/verify/samples.hpp"

namespace foyer::verify {
namespace {

class VerifyJudgement : public ::testing::Test {
 protected:
  Truths truths_{{sample_thread, sample_truth()}};
  ThreadTruth& truth() { return truths_.at(sample_thread); }

  static Change change(EventKind kind, std::int64_t number, const std::string& body = "",
                       std::optional<Seq> seq = std::nullopt) {
    return {kind, sample_thread, PostId{100 + number}, PostNumber{number}, seq, body, TimePoint{}};
  }
  std::vector<Change> changes_{change(EventKind::post_created, 1, "text", Seq{1}),
                               change(EventKind::post_created, 2, "text", Seq{2}), change(EventKind::post_removed, 1),
                               change(EventKind::post_edited, 2, "better")};
  Promise changes() { return judge_changes(truths_, changes_, sample_author.id, {}); }
};

TEST_F(VerifyJudgement, AWholeRunKeepsEveryPromise) {
  const std::vector<Screen> screens{screen_that_saw(sample_sightings()), screen_that_saw(truth().events)};
  EXPECT_TRUE(judge_record(truths_).kept());
  EXPECT_TRUE(judge_order(truths_, screens).kept());
  EXPECT_TRUE(judge_states(truths_, screens).kept());
  EXPECT_TRUE(judge_removed_texts(truths_, screens).kept());
  EXPECT_TRUE(changes().kept());
}

TEST_F(VerifyJudgement, NamesAnEventThatNeverCameAndAnEndThatWasNotReached) {
  const auto events = sample_sightings();
  const Promise hole = judge_order(truths_, {screen_that_saw({events[0], events[1], events[3]})});
  EXPECT_EQ(hole.breaches, 1);
  EXPECT_EQ(hole.examples.at(0), "client 0: event 3 of thread 7 never came");
  const Promise short_of = judge_order(truths_, {screen_that_saw({events[0], events[1]})});
  EXPECT_EQ(short_of.examples.at(0), "client 0: stopped at event 2 of 4 of thread 7");
}

TEST_F(VerifyJudgement, NamesAnEventThatCameTwiceOrLate) {
  const auto events = sample_sightings();
  EXPECT_EQ(
      judge_order(truths_, {screen_that_saw({events[0], events[1], events[1], events[2], events[3]})}).examples.at(0),
      "client 0: event 2 of thread 7 came twice");
  EXPECT_EQ(judge_order(truths_, {screen_that_saw({events[0], events[2], events[1], events[3]})}).examples.at(0),
            "client 0: event 2 of thread 7 came after event 3");
}

TEST_F(VerifyJudgement, NamesAPostThatDiffersAndAnEventThatIsAnother) {
  auto events = sample_sightings();
  events[3].data = sample_post(2, "something else", 2);
  EXPECT_EQ(judge_states(truths_, {screen_that_saw(events)}).examples.at(0), "client 0: post 2 of thread 7 differs");
  events = sample_sightings();
  events[2].kind = EventKind::post_deleted;
  EXPECT_EQ(judge_states(truths_, {screen_that_saw(events)}).examples.at(0),
            "client 0: event 3 of thread 7 is another one in the record");
}

TEST_F(VerifyJudgement, ARemovedTextMayBeShownBeforeItsRemovalAndNotAfter) {
  auto events = sample_sightings();
  events[2].data = sample_post(1);
  const Promise back = judge_removed_texts(truths_, {screen_that_saw(events)});
  EXPECT_EQ(back.breaches, 1);
  EXPECT_EQ(back.examples.at(0),
            "client 0: event 3 of thread 7 shows the text of post 1 of thread 7, which was removed");
}

TEST_F(VerifyJudgement, ARestoredTextMayBeShownByTheReplayOfItsRemoval) {
  truth().events.push_back(sample_event(5, EventKind::post_restored, sample_post(1)));
  truth().head = Seq{5};
  for (Event& event : truth().events) {
    event.data = std::get<PostView>(event.data).number.value == 1 ? sample_post(1) : sample_post(2, "better", 2);
  }
  EXPECT_TRUE(judge_removed_texts(truths_, {screen_that_saw(truth().events)}).kept());
}

TEST_F(VerifyJudgement, ATombstoneWithATextIsABreach) {
  auto events = sample_sightings();
  PostView leaking = sample_post(1);
  leaking.state = PostState::removed;
  events[2].data = leaking;
  EXPECT_EQ(judge_removed_texts(truths_, {screen_that_saw(events)}).breaches, 1);
}

TEST_F(VerifyJudgement, NamesAnAcknowledgedPostThatDoesNotExist) {
  changes_.push_back(change(EventKind::post_created, 3, "text", Seq{5}));
  EXPECT_EQ(changes().examples.at(0), "post 3 of thread 7 was acknowledged and does not exist");
}

TEST_F(VerifyJudgement, NamesAnAcknowledgedChangeThatIsNotInTheRecord) {
  changes_.push_back(change(EventKind::post_restored, 1));
  EXPECT_EQ(changes().examples.at(0), "post 1 of thread 7: an acknowledged change is not in its events");
}

TEST_F(VerifyJudgement, ALikeOfSomebodyElseIsNoChangeTooMany) {
  truth().events.push_back(sample_event(5, EventKind::post_reacted, truth().posts[1]));
  truth().head = Seq{5};
  EXPECT_TRUE(changes().kept());
}

TEST_F(VerifyJudgement, NamesAChangeThatHappenedTwice) {
  changes_.pop_back();
  EXPECT_EQ(changes().examples.at(0), "post 2 of thread 7: its events tell more changes than were made");
  EXPECT_TRUE(judge_changes(truths_, changes_, sample_author.id, {PostId{102}}).kept());
}

TEST_F(VerifyJudgement, NamesAPostThatWasMadeTwice) {
  truth().posts.push_back(sample_post(3));
  truth().events.push_back(sample_event(5, EventKind::post_created, sample_post(3)));
  EXPECT_EQ(changes().examples.at(0), "thread 7 has 3 of our posts, 2 were acknowledged");
}

TEST_F(VerifyJudgement, NamesATextThatIsNotTheAcknowledgedOne) {
  truth().posts[1] = sample_post(2, "text", 2);
  EXPECT_EQ(changes().examples.at(0), "post 2 of thread 7 does not have the text that was acknowledged last");
}

TEST_F(VerifyJudgement, NamesGapsInTheRecord) {
  truth().events.erase(truth().events.begin() + 1);
  EXPECT_EQ(judge_record(truths_).examples.at(0), "event 3 of thread 7 stands where 2 should");
  truths_[sample_thread] = sample_truth();
  truth().posts.erase(truth().posts.begin());
  EXPECT_EQ(judge_record(truths_).examples.at(0), "post 2 of thread 7 stands where 1 should");
  truths_[sample_thread] = sample_truth();
  truth().posts[0] = sample_post(1);
  EXPECT_EQ(judge_record(truths_).examples.at(0), "post 1 of thread 7 is not in the state that its events tell");
}

TEST_F(VerifyJudgement, ARetryIsKeptOnlyByTheSamePost) {
  EXPECT_TRUE(judge_repeats({{PostId{1}, PostId{1}, true}}).kept());
  EXPECT_EQ(judge_repeats({{PostId{1}, PostId{2}, true}}).breaches, 1);
  EXPECT_FALSE(judge_repeats({}).kept());
  EXPECT_EQ(judge_repeats({}).breaches, 0);
}

TEST_F(VerifyJudgement, ReachIsMeasuredFromTheSendingOfTheChangeToEachOpenScreen) {
  using namespace std::chrono_literals;
  Screen open = following();
  for (const Event& event : sample_sightings()) {
    see(open, event, TimePoint{} + 5ms);
  }
  Screen late{sample_thread};
  late.subscribed(Seq{4}, false);
  for (const Event& event : sample_sightings()) {
    see(late, event, TimePoint{} + 900ms);
  }
  Reach reach = measure_reach(truths_, {open, late}, changes_);
  EXPECT_EQ(reach.removed, 1);
  EXPECT_EQ(reach.on_return, 1);
  EXPECT_EQ(reach.changes.count(), 4u);
  EXPECT_EQ(reach.removals.count(), 1u);
  EXPECT_EQ(reach.removals.words(), "p50 5.0 ms, p99 5.0 ms");
}

}  // namespace
}  // namespace foyer::verify
