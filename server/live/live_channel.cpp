#include "server/live/live_channel.hpp"

#include <algorithm>

#include "protocol/codec.hpp"
#include "protocol/limits.hpp"

namespace foyer::live {

Subscription::Subscription(std::weak_ptr<LiveChannel> owner, Viewer& viewer, const SubscribeFrame& frame,
                           const ReachWitness& witness)
    : owner_(std::move(owner)),
      viewer_(viewer),
      channel_(frame.channel),
      frame_id_(frame.id),
      since_(frame.since),
      witness_(witness) {}

Subscription::~Subscription() {
  if (const auto owner = owner_.lock(); owner && place_ != Place::nowhere) {
    owner->leave(*this);
  }
}

void Subscription::resume() {
  if (const auto owner = owner_.lock(); owner && place_ == Place::parked) {
    owner->resume(*this);
  }
}

void Subscription::acknowledge(Seq seq) {
  if (const auto owner = owner_.lock(); owner && place_ != Place::nowhere) {
    owner->acknowledge(*this, seq);
  }
}

LiveChannel::LiveChannel(Channel name, ChannelServices& services)
    : services_(services), name_(name), topic_(topic_of(name)) {}

void LiveChannel::join(Subscription& subscription) {
  count_viewers(+1);
  if (viewers_ == 1) {
    presence_.mark_told(now());
  }
  admit(subscription);
  services_.host.settle(*this);
}

void LiveChannel::leave(Subscription& subscription) {
  on_leave(subscription);
  if (subscription.place_ == Subscription::Place::live) {
    live_[subscription.index_] = live_.back();
    live_[subscription.index_].subscription->index_ = subscription.index_;
    live_.pop_back();
  } else {
    withdraw(subscription);
  }
  subscription.place_ = Subscription::Place::nowhere;
  count_viewers(-1);
  services_.host.settle(*this);
}

void LiveChannel::count_viewers(std::ptrdiff_t change) {
  viewers_ += static_cast<std::size_t>(change);
  services_.figures.subscriptions += static_cast<std::uint64_t>(change);
  presence_.set_own(static_cast<int>(viewers_));
  lingers_until_ = viewers_ == 0 ? std::optional(now() + limits::channel_linger) : std::nullopt;
}

bool LiveChannel::listen() {
  const TimePoint until = now() + limits::page_listening;
  if (viewers_ > 0 || (lingers_until_ && *lingers_until_ > until - limits::page_listening / 2)) {
    return false;
  }
  lingers_until_ = until;
  return true;
}

void LiveChannel::go_live(Subscription& subscription) {
  subscription.place_ = Subscription::Place::live;
  subscription.index_ = live_.size();
  live_.push_back({&subscription, &subscription.viewer_.outlet()});
}

void LiveChannel::answer(Subscription& subscription, const Position& position) {
  services_.figures.resyncs += position.resync ? 1 : 0;
  const int viewers = presence_.state(now()).viewers;
  const SubscribedFrame frame{subscription.frame_id_, name_, position.seq, viewers, position.resync};
  subscription.viewer_.send(text_frame(codec::encode(frame)));
}

// The caller has taken it out of its place.
void LiveChannel::refuse(Subscription& subscription, const Error& error) {
  subscription.place_ = Subscription::Place::nowhere;
  count_viewers(-1);
  subscription.viewer_.on_refused(name_, subscription.frame_id_, error);
}

void LiveChannel::hear(const BusMessage& message) {
  for (const BusLine& line : message.lines) {
    if (const auto* event = std::get_if<EventLine>(&line)) {
      hear_event(*event);
    } else if (const auto* presence = std::get_if<PresenceLine>(&line)) {
      if (presence->node != services_.node) {
        presence_.hear_node(presence->node, presence->viewers, now());
      }
    } else if (const auto* typing = std::get_if<TypingLine>(&line)) {
      presence_.hear_typing(typing->name, now());
    } else {
      hear_doorbell();
    }
  }
}

void LiveChannel::tell(const Frames& frames) { broadcast(frames); }

// The kernel's part of each send takes some 4 µs, and what it touches drives ours out of the cache: so we touch little,
// and ask for it before it is needed.
void LiveChannel::broadcast(const Frames& frames) {
  constexpr std::size_t ahead = 4;
  const std::string_view bytes = *frames;
  for (std::size_t at = 0; at < live_.size(); ++at) {
    if (at + ahead < live_.size()) {
      __builtin_prefetch(live_[at + ahead].outlet);
    }
    const Seat& seat = live_[at];
    const std::size_t sent = send_directly(*seat.outlet, bytes);
    if (sent == 0) {
      seat.subscription->viewer_.send(frames);
    } else if (sent < bytes.size()) {
      seat.subscription->viewer_.send_rest(frames, sent);
    }
  }
}

void LiveChannel::on_time(TimePoint now) {
  if (const auto count = presence_.take_publication(now)) {
    services_.bus.publish(topic_, presence_text(services_.node, *count));
  }
  if (auto state = presence_.take_change(now); state && viewers_ > 0) {
    tell(text_frame(codec::encode(PresenceFrame{name_, state->viewers, std::move(state->typing)})));
  }
}

std::optional<TimePoint> LiveChannel::due() const {
  const auto presence = presence_.due();
  return presence && lingers_until_ ? std::min(*presence, *lingers_until_) : presence ? presence : lingers_until_;
}

bool LiveChannel::expired(TimePoint now) const { return lingers_until_ && (vanished_ || now >= *lingers_until_); }

}  // namespace foyer::live
