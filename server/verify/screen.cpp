#include "server/verify/screen.hpp"

#include <utility>

#include "protocol/limits.hpp"

namespace foyer::verify {

void Screen::load(Seq head, std::vector<PostView> posts) {
  posts_.clear();
  for (PostView& post : posts) {
    const std::int64_t number = post.number.value;
    posts_[number] = std::make_shared<const PostView>(std::move(post));
  }
  if (head.value < position_) {
    note(faults_.wrong_heads, "a reloaded page is at event " + std::to_string(head.value) + ", older than event " +
                                  std::to_string(position_) + " that was seen");
  }
  begin_ = position_ = head_ = head.value;
  loaded_ = true;
}

void Screen::subscribed(Seq head, bool resync) {
  if (head.value < position_) {
    note(faults_.wrong_heads, "the channel's head is said to be " + std::to_string(head.value) + ", but event " +
                                  std::to_string(position_) + " was seen");
  } else if (resync && head.value - position_ <= limits::replay_events) {
    note(faults_.needless_resyncs, "resync from event " + std::to_string(position_) + " to " +
                                       std::to_string(head.value) + " instead of the events");
  }
  loaded_ = loaded_ && !resync;
  head_ = head.value;
}

void Screen::see(std::shared_ptr<const Event> event, TimePoint at) {
  const std::int64_t seq = event->seq.value;
  const std::string words = "event " + std::to_string(seq) + " of thread " + std::to_string(thread_.value);
  if (seq > position_) {
    for (std::int64_t hole = position_ + 1; hole < seq && missing_.size() < limits::sequencer_held_events; ++hole) {
      missing_.insert(hole);
    }
    position_ = seq;
    apply(event);
  } else if (missing_.erase(seq) == 1) {
    note(faults_.disordered, words + " came after event " + std::to_string(position_));
    apply(event);
  } else {
    note(faults_.doubled, words + " came twice");
    return;
  }
  sightings_.push_back({std::move(event), at, seq > head_});
}

void Screen::note(std::int64_t& count, const std::string& words) {
  ++count;
  if (faults_.examples.size() < limits::verify_named_breaches) {
    faults_.examples.push_back(words);
  }
}

void Screen::apply(const std::shared_ptr<const Event>& event) {
  if (const auto* post = std::get_if<PostView>(&event->data)) {
    posts_[post->number.value] = std::shared_ptr<const PostView>(event, post);
  }
}

}  // namespace foyer::verify
