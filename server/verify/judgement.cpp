#include "server/verify/judgement.hpp"

#include <optional>
#include <string>

namespace foyer::verify {
namespace {

std::string number(std::int64_t value) { return std::to_string(value); }

std::string event_of(ThreadId thread, std::int64_t seq) {
  return "event " + number(seq) + " of thread " + number(thread.value);
}

std::string post_of(ThreadId thread, PostNumber post) {
  return "post " + number(post.value) + " of thread " + number(thread.value);
}

const PostView* post_in(const Event& event) { return std::get_if<PostView>(&event.data); }

PostState state_after(EventKind kind, PostState before) {
  switch (kind) {
    case EventKind::post_removed:
      return PostState::removed;
    case EventKind::post_deleted:
      return PostState::deleted;
    case EventKind::post_created:
    case EventKind::post_restored:
      return PostState::visible;
    case EventKind::post_edited:
    case EventKind::thread_updated:
    case EventKind::post_reacted:
      break;
  }
  return before;
}

// What the record says of one post: its events in order, without reactions.
struct PostStory {
  std::vector<std::pair<std::int64_t, EventKind>> events;

  std::vector<EventKind> kinds() const {
    std::vector<EventKind> all;
    for (const auto& [seq, kind] : events) {
      all.push_back(kind);
    }
    return all;
  }
  int revision() const {
    return 1 +
           static_cast<int>(std::ranges::count(events, EventKind::post_edited, [](auto& one) { return one.second; }));
  }
  PostState state() const {
    PostState state = PostState::visible;
    for (const auto& [seq, kind] : events) {
      state = state_after(kind, state);
    }
    return state;
  }
  // Whether the text could be read at the moment of event `seq` or at any later one: replays show the present state.
  bool readable_since(std::int64_t seq) const {
    PostState state = PostState::visible;
    bool readable = false;
    for (const auto& [at, kind] : events) {
      state = state_after(kind, state);
      readable = (at > seq ? readable : false) || state == PostState::visible;
    }
    return readable;
  }
};

using Stories = std::map<PostId, PostStory>;

// Without reactions: they change neither text nor state, and anybody on a running forum may react to what is written.
Stories stories_of(const ThreadTruth& truth) {
  Stories stories;
  for (const Event& event : truth.events) {
    const PostView* post = post_in(event);
    if (post && event.kind != EventKind::post_reacted) {
      stories[post->id].events.emplace_back(event.seq.value, event.kind);
    }
  }
  return stories;
}

void judge_events(const ThreadTruth& truth, Promise& promise) {
  std::int64_t expected = 0;
  for (const Event& event : truth.events) {
    ++expected;
    if (event.seq.value != expected) {
      promise.broken(event_of(truth.thread, event.seq.value) + " stands where " + number(expected) + " should");
      return;
    }
  }
  if (truth.head.value != expected) {
    promise.broken("thread " + number(truth.thread.value) + " has " + number(expected) + " events, but its head is " +
                   number(truth.head.value));
  }
}

void judge_posts(const ThreadTruth& truth, Promise& promise) {
  const Stories stories = stories_of(truth);
  std::int64_t expected = 0;
  for (const PostView& post : truth.posts) {
    ++expected;
    if (post.number.value != expected) {
      promise.broken(post_of(truth.thread, post.number) + " stands where " + number(expected) + " should");
      return;
    }
    const auto story = stories.find(post.id);
    if (story == stories.end() || story->second.events.front().second != EventKind::post_created) {
      promise.broken(post_of(truth.thread, post.number) + " has no event that created it");
    } else if (story->second.state() != post.state || story->second.revision() != post.revision) {
      promise.broken(post_of(truth.thread, post.number) + " is not in the state that its events tell");
    }
  }
  if (stories.size() != truth.posts.size()) {
    promise.broken("thread " + number(truth.thread.value) + " has events of " +
                   number(static_cast<std::int64_t>(stories.size())) + " posts, but " + number(expected) + " posts");
  }
}

bool in_order_within(const std::vector<EventKind>& wanted, const std::vector<EventKind>& all) {
  std::size_t found = 0;
  for (const EventKind kind : all) {
    found += found < wanted.size() && wanted[found] == kind ? 1 : 0;
  }
  return found == wanted.size();
}

struct OwnPost {
  ThreadId thread;
  PostNumber number;
  std::vector<EventKind> kinds;
  std::string body;
  std::optional<Seq> seq;
};

std::map<PostId, OwnPost> own_posts(const std::vector<Change>& changes) {
  std::map<PostId, OwnPost> posts;
  for (const Change& change : changes) {
    if (change.kind == EventKind::thread_updated) {
      continue;
    }
    OwnPost& post = posts[change.post];
    post.thread = change.thread;
    post.number = change.number;
    post.kinds.push_back(change.kind);
    post.body = change.body.empty() ? post.body : change.body;
    post.seq = change.seq ? change.seq : post.seq;
  }
  return posts;
}

// "" when the record holds what was acknowledged.
std::string fault_of(const OwnPost& own, PostId id, const ThreadTruth& truth, const PostStory* story, bool certain) {
  const std::string words = post_of(own.thread, own.number);
  const auto place = static_cast<std::size_t>(own.number.value - 1);
  if (own.number.value < 1 || place >= truth.posts.size() || truth.posts[place].id != id || story == nullptr) {
    return words + " was acknowledged and does not exist";
  }
  if (own.seq && story->events.front().first != own.seq->value) {
    return words + " was acknowledged with event " + number(own.seq->value) + " and has event " +
           number(story->events.front().first);
  }
  const std::vector<EventKind> told = story->kinds();
  if (!in_order_within(own.kinds, told)) {
    return words + ": an acknowledged change is not in its events";
  }
  if (certain && told.size() != own.kinds.size()) {
    return words + ": its events tell more changes than were made";
  }
  const PostView& post = truth.posts[place];
  if (certain && post.state == PostState::visible && post.body != own.body) {
    return words + " does not have the text that was acknowledged last";
  }
  return {};
}

template <class Judge>
void for_each_with_truth(const Truths& truths, const std::vector<Screen>& screens, Judge judge) {
  for (std::size_t at = 0; at < screens.size(); ++at) {
    if (const auto truth = truths.find(screens[at].thread()); truth != truths.end()) {
      judge("client " + number(static_cast<std::int64_t>(at)) + ": ", screens[at], truth->second);
    }
  }
}

const Event* event_at(const ThreadTruth& truth, Seq seq) {
  const auto place = static_cast<std::size_t>(seq.value - 1);
  return place < truth.events.size() ? &truth.events[place] : nullptr;
}

bool same_happening(const Event& seen, const Event& told) {
  const PostView* one = post_in(seen);
  const PostView* other = post_in(told);
  return seen.kind == told.kind && seen.at == told.at && (one == nullptr) == (other == nullptr) &&
         (one == nullptr || (one->id == other->id && one->number == other->number));
}

}  // namespace

Promise judge_record(const Truths& truths) {
  Promise promise{.name = "the forum's own record is whole"};
  std::int64_t events = 0;
  std::int64_t posts = 0;
  for (const auto& [thread, truth] : truths) {
    judge_events(truth, promise);
    judge_posts(truth, promise);
    events += static_cast<std::int64_t>(truth.events.size());
    posts += static_cast<std::int64_t>(truth.posts.size());
  }
  promise.figures = number(static_cast<std::int64_t>(truths.size())) + " threads, " + number(events) + " events, " +
                    number(posts) + " posts, numbered without a gap";
  return promise;
}

Promise judge_changes(const Truths& truths, const std::vector<Change>& changes, UserId own,
                      const std::set<PostId>& unanswered) {
  Promise promise{.name = "an acknowledged change exists, once"};
  const std::map<PostId, OwnPost> posts = own_posts(changes);
  std::map<ThreadId, std::int64_t> expected;
  std::map<ThreadId, Stories> stories;
  for (const auto& [thread, truth] : truths) {
    stories[thread] = stories_of(truth);
  }
  for (const auto& [id, post] : posts) {
    const Stories& told = stories[post.thread];
    const auto story = told.find(id);
    const std::string fault = fault_of(post, id, truths.at(post.thread), story == told.end() ? nullptr : &story->second,
                                       !unanswered.contains(id));
    promise.broken(fault, fault.empty() ? 0 : 1);
    ++expected[post.thread];
  }
  for (const auto& [thread, truth] : truths) {
    const std::int64_t found =
        std::ranges::count(truth.posts, own, [](const PostView& post) { return post.author.id; });
    if (found > expected[thread] && !unanswered.contains(PostId{0})) {
      promise.broken("thread " + number(thread.value) + " has " + number(found) + " of our posts, " +
                     number(expected[thread]) + " were acknowledged");
    }
  }
  promise.figures = number(static_cast<std::int64_t>(changes.size())) + " changes of " +
                    number(static_cast<std::int64_t>(posts.size())) + " posts, " + number(promise.breaches) +
                    " missing or doubled";
  return promise;
}

Promise judge_repeats(const std::vector<Repeat>& repeats) {
  Promise promise{.name = "a retried post exists once"};
  for (const Repeat& repeat : repeats) {
    if (!repeat.same_answer || repeat.first != repeat.second) {
      promise.broken("post id " + number(repeat.first.value) + ", sent again with its key, was answered with post id " +
                     number(repeat.second.value));
    }
  }
  if (repeats.empty()) {
    promise.not_checked = "no post was retried in the time given";
  }
  promise.figures = number(static_cast<std::int64_t>(repeats.size())) + " posts sent again, " +
                    number(promise.breaches) + " made anew";
  return promise;
}

Promise judge_order(const Truths& truths, const std::vector<Screen>& screens) {
  Promise promise{.name = "each event once and in order"};
  std::int64_t seen = 0;
  std::int64_t missing = 0;
  std::int64_t doubled = 0;
  std::int64_t disordered = 0;
  std::int64_t heads = 0;
  for_each_with_truth(truths, screens, [&](const std::string& who, const Screen& screen, const ThreadTruth& truth) {
    const ScreenFaults& faults = screen.faults();
    std::int64_t lost = static_cast<std::int64_t>(screen.missing().size());
    for (const std::int64_t seq : screen.missing()) {
      promise.broken(who + event_of(truth.thread, seq) + " never came");
    }
    if (screen.position() < truth.head) {
      lost += truth.head.value - screen.position().value;
      promise.broken(who + "stopped at event " + number(screen.position().value) + " of " + number(truth.head.value) +
                     " of thread " + number(truth.thread.value));
    }
    for (const std::string& example : faults.examples) {
      promise.broken(who + example);
    }
    seen += static_cast<std::int64_t>(screen.sightings().size());
    missing += lost;
    doubled += faults.doubled;
    disordered += faults.disordered;
    heads += faults.wrong_heads + faults.needless_resyncs;
  });
  promise.figures = number(static_cast<std::int64_t>(screens.size())) + " clients, " + number(seen) +
                    " events received, " + number(missing) + " missing, " + number(doubled) + " doubled, " +
                    number(disordered) + " out of order" +
                    (heads == 0 ? std::string() : ", " + number(heads) + " wrong heads or needless resyncs");
  return promise;
}

Promise judge_states(const Truths& truths, const std::vector<Screen>& screens) {
  Promise promise{.name = "each client holds what the database holds"};
  std::int64_t events = 0;
  std::int64_t posts = 0;
  for_each_with_truth(truths, screens, [&](const std::string& who, const Screen& screen, const ThreadTruth& truth) {
    for (const Sighting& sighting : screen.sightings()) {
      const Event* told = event_at(truth, sighting.event->seq);
      ++events;
      if (told == nullptr || !same_happening(*sighting.event, *told)) {
        promise.broken(who + event_of(truth.thread, sighting.event->seq.value) + " is another one in the record");
      }
    }
    for (const PostView& post : truth.posts) {
      const auto held = screen.posts().find(post.number.value);
      ++posts;
      if (held == screen.posts().end() || *held->second != post) {
        promise.broken(who + post_of(truth.thread, post.number) +
                       (held == screen.posts().end() ? " is not there" : " differs"));
      }
    }
    if (screen.posts().size() > truth.posts.size()) {
      promise.broken(who + "has posts that do not exist");
    }
  });
  promise.figures =
      number(events) + " events and " + number(posts) + " posts compared, " + number(promise.breaches) + " different";
  return promise;
}

Promise judge_removed_texts(const Truths& truths, const std::vector<Screen>& screens) {
  Promise promise{.name = "no removed text comes back"};
  std::map<ThreadId, Stories> stories;
  for (const auto& [thread, truth] : truths) {
    stories[thread] = stories_of(truth);
  }
  std::set<const Event*> judged;  // clients share what came in equal bytes
  std::int64_t looked_at = 0;
  for_each_with_truth(truths, screens, [&](const std::string& who, const Screen& screen, const ThreadTruth& truth) {
    for (const Sighting& sighting : screen.sightings()) {
      const PostView* post = post_in(*sighting.event);
      if (post == nullptr) {
        continue;
      }
      ++looked_at;
      const auto story = stories[truth.thread].find(post->id);
      if (!(post->body || post->html) || story == stories[truth.thread].end() ||
          !judged.insert(sighting.event.get()).second) {
        continue;
      }
      const std::int64_t seq = sighting.event->seq.value;
      if (post->state != PostState::visible || !story->second.readable_since(seq)) {
        promise.broken(who + event_of(truth.thread, seq) + " shows the text of " + post_of(truth.thread, post->number) +
                       ", which was removed");
      }
    }
  });
  promise.figures =
      number(looked_at) + " events with a post looked at, " + number(promise.breaches) + " with a text that was gone";
  return promise;
}

Reach measure_reach(const Truths& truths, const std::vector<Screen>& screens, const std::vector<Change>& changes) {
  std::map<std::pair<ThreadId, PostId>, std::vector<const Change*>> made;
  for (const Change& change : changes) {
    made[{change.thread, change.post}].push_back(&change);
  }
  Reach reach;
  std::map<ThreadId, std::map<std::int64_t, const Change*>> cause;
  std::map<std::pair<ThreadId, PostId>, std::size_t> taken;
  for (const auto& [thread, truth] : truths) {
    for (const Event& event : truth.events) {
      const PostView* post = post_in(event);
      const std::pair subject{thread, post == nullptr ? PostId{0} : post->id};
      const auto& candidates = made[subject];
      std::size_t& next = taken[subject];
      if (next < candidates.size() && candidates[next]->kind == event.kind) {
        cause[thread][event.seq.value] = candidates[next++];
      }
    }
  }
  for_each_with_truth(truths, screens, [&](const std::string&, const Screen& screen, const ThreadTruth& truth) {
    for (const Sighting& sighting : screen.sightings()) {
      const auto found = cause[truth.thread].find(sighting.event->seq.value);
      const bool removal = sighting.event->kind == EventKind::post_removed;
      reach.on_return += removal && !sighting.live ? 1 : 0;
      if (!sighting.live || found == cause[truth.thread].end()) {
        continue;
      }
      reach.changes.add(sighting.at - found->second->sent);
      if (removal) {
        reach.removals.add(sighting.at - found->second->sent);
      }
    }
  });
  reach.removed = std::ranges::count(changes, EventKind::post_removed, &Change::kind);
  return reach;
}

}  // namespace foyer::verify
