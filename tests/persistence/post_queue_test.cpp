#include "persistence/post_queue.hpp"

#include <algorithm>
#include <cstdio>
#include <map>
#include <optional>
#include <random>

#include <gtest/gtest.h>

#include "protocol/limits.hpp"

namespace foyer::persistence {
namespace {

WaitingPost waiting(std::int64_t thread, const std::string& name, std::size_t bytes = 1, const std::string& key = "") {
  WaitingPost made;
  made.post.thread = ThreadId{thread};
  made.post.author.id = UserId{7};
  made.post.body = name;
  made.post.html.assign(bytes, 'x');
  made.post.key = key;
  return made;
}

std::vector<std::string> names(const PostQueue::Batch& batch) {
  std::vector<std::string> names;
  for (const WaitingPost& post : batch) {
    names.push_back(post.post.body);
  }
  return names;
}

using Names = std::vector<std::string>;

TEST(PostQueue, ThreadsTakeTurnsAndEachKeepsItsOrder) {
  PostQueue queue;
  for (const char* name : {"a1", "a2", "a3"}) {
    ASSERT_TRUE(queue.push(waiting(1, name)));
  }
  ASSERT_TRUE(queue.push(waiting(2, "b1")));
  ASSERT_TRUE(queue.push(waiting(3, "c1")));
  EXPECT_EQ(names(queue.take_batch()), (Names{"a1", "b1", "c1", "a2", "a3"}));
  EXPECT_EQ(queue.size(), 0u);
}

TEST(PostQueue, AFloodLeavesRoomForOthersAndIsToldSo) {
  PostQueue queue;
  for (std::size_t number = 0; number < limits::post_queue_thread; ++number) {
    ASSERT_TRUE(queue.push(waiting(1, "flood")));
  }
  EXPECT_TRUE(queue.push(waiting(1, "flood")).has_error());
  ASSERT_TRUE(queue.push(waiting(2, "quiet")));
  const auto batch = names(queue.take_batch());
  EXPECT_EQ(batch.size(), limits::post_batch);
  EXPECT_EQ(batch.at(1), "quiet");
  EXPECT_TRUE(queue.push(waiting(1, "flood")));
}

TEST(PostQueue, AThreadsShareIsBoundedInBytesToo) {
  PostQueue queue;
  constexpr std::size_t large = limits::post_queue_thread_bytes / 4;
  for (int number = 0; number < 3; ++number) {
    ASSERT_TRUE(queue.push(waiting(1, "large", large)));
  }
  EXPECT_TRUE(queue.push(waiting(1, "large", large)).has_error());
  EXPECT_TRUE(queue.push(waiting(2, "large", large)));
}

TEST(PostQueue, ARepeatedKeyWaitsForTheNextBatchWithAllItsThreadHasBehindIt) {
  PostQueue queue;
  ASSERT_TRUE(queue.push(waiting(1, "first", 1, "key")));
  ASSERT_TRUE(queue.push(waiting(1, "again", 1, "key")));
  ASSERT_TRUE(queue.push(waiting(1, "behind")));
  ASSERT_TRUE(queue.push(waiting(2, "other")));
  EXPECT_EQ(names(queue.take_batch()), (Names{"first", "other"}));
  ASSERT_EQ(queue.size(), 2u);
  EXPECT_EQ(names(queue.take_batch()), (Names{"again", "behind"}));
}

TEST(PostQueue, AHeldThreadIsOutOfTheTurnUntilItsPostsAreWritten) {
  PostQueue queue;
  ASSERT_TRUE(queue.push(waiting(1, "a1")));
  ASSERT_TRUE(queue.push(waiting(1, "a2")));
  PostQueue::Batch batch = queue.take_batch();
  ASSERT_TRUE(queue.push(waiting(1, "a3")));
  ASSERT_TRUE(queue.push(waiting(2, "b1")));
  queue.hold(std::move(batch));
  EXPECT_EQ(names(queue.take_batch()), (Names{"b1"}));
  PostQueue::Batch held = queue.take_held();
  EXPECT_EQ(names(held), (Names{"a1", "a2", "a3"}));
  queue.release(std::move(held));
  EXPECT_EQ(names(queue.take_held()), (Names{"a1", "a2", "a3"}));
  ASSERT_TRUE(queue.push(waiting(1, "a4")));
  queue.release({});
  EXPECT_EQ(names(queue.take_batch()), (Names{"a4"}));
}

TEST(PostQueue, WhenClosedItGivesOutWhatItHasAndThenNothing) {
  PostQueue queue;
  ASSERT_TRUE(queue.push(waiting(1, "a1")));
  queue.close();
  EXPECT_TRUE(queue.push(waiting(1, "late")).has_error());
  EXPECT_EQ(names(queue.take_batch()), (Names{"a1"}));
  EXPECT_TRUE(queue.take_batch().empty());
  EXPECT_TRUE(queue.take_held().empty());
}

// The same in the plainest way: one list of all posts in the order they came.
class PlainQueue {
 public:
  struct Post {
    std::int64_t thread;
    std::string name;
    std::string key;
  };

  bool push(const Post& post) {
    const auto of_thread = std::ranges::count(posts_, post.thread, &Post::thread);
    if (posts_.size() >= limits::post_queue || of_thread >= static_cast<std::ptrdiff_t>(limits::post_queue_thread)) {
      return false;
    }
    posts_.push_back(post);
    return true;
  }
  bool can_take() const {
    return std::ranges::any_of(posts_, [&](const Post& post) { return !held(post.thread); });
  }
  bool held(std::int64_t thread) const { return held_.contains(thread); }
  std::size_t size() const { return posts_.size(); }

  // What was taken must be the first of its thread.
  void take(const PostQueue::Batch& batch) {
    std::map<std::string, int> keys;
    for (const WaitingPost& taken : batch) {
      const auto first = std::ranges::find(posts_, taken.post.thread.value, &Post::thread);
      ASSERT_NE(first, posts_.end());
      ASSERT_EQ(first->name, taken.post.body);
      ASSERT_TRUE(first->key.empty() || ++keys[first->key] == 1) << "a key twice in a batch";
      posts_.erase(first);
    }
  }
  void put_back(const PostQueue::Batch& batch) {
    std::vector<Post> back;
    for (const WaitingPost& post : batch) {
      back.push_back({post.post.thread.value, post.post.body, post.post.key});
    }
    posts_.insert(posts_.begin(), back.begin(), back.end());
  }
  // The first post of each thread that is not held: they are due.
  std::vector<Post> due() const {
    std::map<std::int64_t, Post> first;
    for (const Post& post : posts_) {
      if (!held(post.thread)) {
        first.emplace(post.thread, post);
      }
    }
    std::vector<Post> due;
    for (const auto& [thread, post] : first) {
      due.push_back(post);
    }
    return due;
  }

  std::map<std::int64_t, int> held_;

 private:
  std::vector<Post> posts_;
};

class RandomSteps {
 public:
  explicit RandomSteps(unsigned seed) : random_(seed) {}

  void step() {
    switch (below(10)) {
      case 0:
        if (plain_.can_take()) {
          take();
        }
        break;
      case 1:
        take_or_release_held();
        break;
      case 2:
        for (int number = below(400); number > 0; --number) {
          push(1);  // a flood
        }
        break;
      default:
        push(1 + below(30));
    }
    ASSERT_EQ(queue_.size(), plain_.size());
  }

 private:
  int below(int bound) { return static_cast<int>(random_() % static_cast<unsigned>(bound)); }

  void push(std::int64_t thread) {
    const std::string name = std::to_string(++pushed_);
    const std::string key = below(3) == 0 ? "key-" + std::to_string(below(20)) : "";
    ASSERT_EQ(queue_.push(waiting(thread, name, 1, key)).has_value(), plain_.push({thread, name, key}));
  }

  void take() {
    const auto due = plain_.due();
    PostQueue::Batch batch = queue_.take_batch();
    ASSERT_FALSE(batch.empty());
    ASSERT_LE(batch.size(), limits::post_batch);
    for (const WaitingPost& post : batch) {
      ASSERT_FALSE(plain_.held(post.post.thread.value));
    }
    for (const auto& post : due) {  // nobody waits for a flood, but for a key that is in the batch already
      const bool taken = std::ranges::any_of(batch, [&](const WaitingPost& one) { return one.post.body == post.name; });
      const bool repeats = std::ranges::any_of(
          batch, [&](const WaitingPost& one) { return !post.key.empty() && one.post.key == post.key; });
      ASSERT_TRUE(taken || repeats) << "post " << post.name << " of thread " << post.thread << " had to wait";
    }
    plain_.take(batch);
    hold_some(std::move(batch));
  }

  void hold_some(PostQueue::Batch batch) {
    PostQueue::Batch held;
    const int modulus = 2 + below(6);
    for (WaitingPost& post : batch) {
      if (post.post.thread.value % modulus == 0) {
        held.push_back(std::move(post));
      }
    }
    if (!held.empty()) {
      plain_.put_back(held);
      for (const WaitingPost& post : held) {
        plain_.held_[post.post.thread.value] = 1;
      }
      queue_.hold(std::move(held));
    }
  }

  void take_or_release_held() {
    if (given_out_) {
      PostQueue::Batch left_over = below(2) == 0 ? std::move(*given_out_) : PostQueue::Batch{};
      given_out_.reset();
      if (left_over.empty()) {
        plain_.held_.erase(given_out_thread_);
      } else {
        plain_.put_back(left_over);
      }
      queue_.release(std::move(left_over));
    } else if (!plain_.held_.empty()) {
      given_out_ = queue_.take_held();
      ASSERT_FALSE(given_out_->empty());
      given_out_thread_ = given_out_->front().post.thread.value;
      ASSERT_TRUE(plain_.held(given_out_thread_));
      plain_.take(*given_out_);
    }
  }

  std::mt19937 random_;
  PostQueue queue_;
  PlainQueue plain_;
  std::int64_t pushed_ = 0;
  std::optional<PostQueue::Batch> given_out_;
  std::int64_t given_out_thread_ = 0;
};

TEST(PostQueueRandom, DoesWhatAPlainListDoesAndLetsNobodyWaitForAFlood) {
  const unsigned seed = std::random_device{}();
  std::printf("seed %u\n", seed);
  RandomSteps steps(seed);
  for (int number = 0; number < 5'000; ++number) {
    steps.step();
    if (::testing::Test::HasFatalFailure()) {
      FAIL() << "seed " << seed << ", step " << number;
    }
  }
}

}  // namespace
}  // namespace foyer::persistence
