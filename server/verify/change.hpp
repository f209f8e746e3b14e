// What the writers did, as the installation acknowledged it, and what the installation says at the end.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "protocol/events.hpp"
#include "server/verify/screen.hpp"

namespace foyer::verify {

struct Change {  // acknowledged; changes of one post stand in the order in which they were made
  EventKind kind = EventKind::post_created;
  ThreadId thread;
  PostId post;  // 0 for thread.updated
  PostNumber number;
  std::optional<Seq> seq;  // said by the answer to a post
  std::string body;        // of a post or edit
  TimePoint sent;
};

struct Repeat {  // a post that was sent again with its key, on another node where there is one
  PostId first;
  PostId second;
  bool same_answer = false;
};

struct ThreadTruth {  // read through the API when all was done
  ThreadId thread;
  Seq head;                     // said beside the posts
  std::vector<Event> events;    // from 1
  std::vector<PostView> posts;  // from 1
};

}  // namespace foyer::verify
