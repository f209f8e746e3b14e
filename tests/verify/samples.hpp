// Events, posts and records of a thread as the tests of `foyer verify` need them.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "server/verify/judgement.hpp"

namespace foyer::verify {

inline const ThreadId sample_thread{7};
inline const UserView sample_author{UserId{3}, "nora", Role::moderator};

inline PostView sample_post(std::int64_t number, const std::string& body = "text", int revision = 1) {
  PostView post;
  post.id = PostId{100 + number};
  post.thread_id = sample_thread;
  post.number = PostNumber{number};
  post.author = sample_author;
  post.body = body;
  post.html = "<p>" + body + "</p>";
  post.revision = revision;
  return post;
}

inline PostView without_text(PostView post, PostState state = PostState::removed) {
  post.state = state;
  post.body.reset();
  post.html.reset();
  return post;
}

inline Event sample_event(std::int64_t seq, EventKind kind, const PostView& post) {
  return {{ChannelKind::thread, sample_thread.value}, Seq{seq}, kind, Timestamp{}, post};
}

inline void see(Screen& screen, const Event& event, TimePoint at = {}) {
  screen.see(std::make_shared<const Event>(event), at);
}

// Post 1, post 2, post 1 removed, post 2 edited; and what a client that was there from the start saw.
inline std::vector<Event> sample_sightings() {
  return {sample_event(1, EventKind::post_created, sample_post(1)),
          sample_event(2, EventKind::post_created, sample_post(2)),
          sample_event(3, EventKind::post_removed, without_text(sample_post(1))),
          sample_event(4, EventKind::post_edited, sample_post(2, "better", 2))};
}

// The record shows the present state of each post.
inline ThreadTruth sample_truth() {
  ThreadTruth truth;
  truth.thread = sample_thread;
  truth.posts = {without_text(sample_post(1)), sample_post(2, "better", 2)};
  truth.events = sample_sightings();
  truth.events[0].data = truth.posts[0];
  truth.events[1].data = truth.posts[1];
  truth.head = Seq{4};
  return truth;
}

inline Screen following() {
  Screen screen{sample_thread};
  screen.subscribed(Seq{0}, false);
  return screen;
}

inline Screen screen_that_saw(const std::vector<Event>& events) {
  Screen screen = following();
  for (const Event& event : events) {
    see(screen, event);
  }
  return screen;
}

}  // namespace foyer::verify
