// The part of DurableChannel that proves the reach of removals: what was delivered, acknowledged, or left without.
#include <algorithm>

#include "server/live/durable_channel.hpp"

namespace foyer::live {

void DurableChannel::begin_mark(Subscription& subscription, Seq since) {
  subscription.mark_ =
      ReachMark{.witness = subscription.witness_, .came_back = subscription.since_.has_value(), .since = since};
}

// Before those that are ahead move on.
void DurableChannel::note_deliveries(const std::vector<ChannelSequencer::Item>& items) {
  for (const auto& [seq, json] : items) {
    const auto post = removed_post(json);
    if (!post || name().kind != ChannelKind::thread) {
      continue;
    }
    const auto ahead = std::ranges::count_if(
        ahead_, [seq](const Subscription* subscription) { return subscription->position_ < seq; });
    services_.reach.deliver({ThreadId{name().id}, seq, *post}, live_.size() + static_cast<std::size_t>(ahead), now());
  }
}

void DurableChannel::acknowledge(Subscription& subscription, Seq seq) {
  if (subscription.mark_ && name().kind == ChannelKind::thread) {
    services_.reach.acknowledge(ThreadId{name().id}, *subscription.mark_, seq, sent(subscription));
    services_.host.settle(*this);
  }
}

void DurableChannel::on_leave(const Subscription& subscription) {
  if (subscription.mark_ && name().kind == ChannelKind::thread) {
    services_.reach.leave(ThreadId{name().id}, *subscription.mark_, sent(subscription));
  }
}

Seq DurableChannel::sent(const Subscription& subscription) const {
  return subscription.place_ == Subscription::Place::live ? delivered() : subscription.position_;
}

}  // namespace foyer::live
