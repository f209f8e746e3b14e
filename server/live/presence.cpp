#include "server/live/presence.hpp"

#include <algorithm>

#include "protocol/limits.hpp"

namespace foyer::live {
namespace {

// The earliest moment of the next message when the last one went out at `last`.
TimePoint paced(const std::optional<TimePoint>& last) {
  return last ? *last + limits::presence_every : TimePoint::min();
}

}  // namespace

void Presence::hear_node(std::string_view node, int viewers, TimePoint now) {
  const auto known = nodes_.find(node);
  if (viewers == 0) {
    if (known != nodes_.end()) {
      nodes_.erase(known);
    }
    return;
  }
  const Node heard{viewers, now + limits::presence_life};
  if (known != nodes_.end()) {
    known->second = heard;
  } else if (nodes_.size() < limits::presence_nodes) {
    nodes_.emplace(node, heard);
  }
}

void Presence::hear_typing(std::string_view name, TimePoint now) {
  const auto known =
      std::find_if(typing_.begin(), typing_.end(), [name](const Typing& typing) { return typing.name == name; });
  if (known != typing_.end()) {
    known->until = now + limits::typing_life;
  } else if (typing_.size() < limits::typing_names) {
    typing_.push_back({std::string(name), now + limits::typing_life});
  }
}

void Presence::forget_expired(TimePoint now) {
  std::erase_if(nodes_, [now](const auto& entry) { return entry.second.until <= now; });
  std::erase_if(typing_, [now](const Typing& typing) { return typing.until <= now; });
}

Presence::State Presence::present() const {
  State state{own_, {}};
  for (const auto& [name, node] : nodes_) {
    state.viewers += node.viewers;
  }
  for (const Typing& typing : typing_) {
    state.typing.push_back(typing.name);
  }
  return state;
}

Presence::State Presence::state(TimePoint now) {
  forget_expired(now);
  return present();
}

std::optional<int> Presence::take_publication(TimePoint now) {
  const bool changed = own_ != published_ && now >= paced(published_at_);
  const bool stale = own_ > 0 && published_at_ && now >= *published_at_ + limits::presence_refresh;
  if (!changed && !stale) {
    return std::nullopt;
  }
  published_ = own_;
  published_at_ = now;
  return own_;
}

std::optional<Presence::State> Presence::take_change(TimePoint now) {
  forget_expired(now);
  if (now < paced(told_at_)) {
    return std::nullopt;
  }
  State state = present();
  if (state == told_) {
    return std::nullopt;
  }
  told_ = state;
  told_at_ = now;
  return state;
}

std::optional<TimePoint> Presence::due() const {
  std::optional<TimePoint> due;
  const auto consider = [&due](TimePoint when) { due = due ? std::min(*due, when) : when; };
  if (own_ != published_) {
    consider(paced(published_at_));
  } else if (own_ > 0 && published_at_) {
    consider(*published_at_ + limits::presence_refresh);
  }
  if (present() != told_) {
    consider(paced(told_at_));
  }
  for (const auto& [name, node] : nodes_) {
    consider(node.until);
  }
  for (const Typing& typing : typing_) {
    consider(typing.until);
  }
  return due;
}

}  // namespace foyer::live
