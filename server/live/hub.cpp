#include "server/live/hub.hpp"

#include <map>
#include <random>
#include <utility>

#include "protocol/limits.hpp"
#include "server/live/durable_channel.hpp"
#include "server/live/snapshot_channel.hpp"

namespace foyer::live {
namespace {

std::uint64_t number_of_this_life() {
  std::random_device device;
  return static_cast<std::uint64_t>(device()) << 32U | device();
}

}  // namespace

Hub::Hub(std::string node, EventBus& bus, BacklogReader& backlog, LiveClock& clock)
    : reach_(number_of_this_life()),
      bus_(bus),
      clock_(clock),
      services_{std::move(node), bus, backlog, clock, *this, reach_, figures_},
      relay_(backlog, clock, *this) {}

Hub::~Hub() = default;

void Hub::start() {
  bus_.start(*this);
  bus_.subscribe(std::string(reach_topic));
  wake_for_next();
}

void Hub::stop() { bus_.stop(); }

void Hub::tell_reach() {
  if (const auto counts = reach_.take_last_message()) {
    bus_.publish(std::string(reach_topic), *counts);
  }
}

std::unique_ptr<Subscription> Hub::subscribe(Viewer& viewer, const SubscribeFrame& frame, const ReachWitness& witness) {
  const auto channel = open(frame.channel);
  if (!channel) {
    return nullptr;
  }
  auto subscription = std::make_unique<Subscription>(channel, viewer, frame, witness);
  channel->join(*subscription);
  return subscription;
}

LiveChannel* Hub::find(Channel channel) const {
  const auto found = channels_.find(channel);
  return found == channels_.end() ? nullptr : found->second.get();
}

std::shared_ptr<LiveChannel> Hub::open(Channel channel) {
  if (const auto found = channels_.find(channel); found != channels_.end()) {
    return found->second;
  }
  if (channels_.size() >= limits::live_channels) {
    return nullptr;
  }
  std::shared_ptr<LiveChannel> opened;
  if (channel.durable()) {
    opened = std::make_shared<DurableChannel>(channel, services_);
  } else {
    opened = std::make_shared<SnapshotChannel>(channel, services_);
  }
  channels_.emplace(channel, opened);
  bus_.subscribe(topic_of(channel));
  return opened;
}

void Hub::close(Channel channel) {
  bus_.unsubscribe(topic_of(channel));
  channels_.erase(channel);
}

void Hub::publish(const News& news) {
  std::map<Channel, std::vector<const EncodedEvent*>> by_channel;
  for (const EncodedEvent& event : news.events) {
    by_channel[event.channel].push_back(&event);
    if (LiveChannel* channel = find(event.channel)) {
      channel->on_committed(event);
      schedule(*channel);
    }
    if (const auto post = removed_post(event.json)) {
      reach_.note({ThreadId{event.channel.id}, event.seq, *post}, clock_.now());
    }
  }
  for (const auto& [channel, events] : by_channel) {
    publish_events(channel, events);
  }
  for (const Channel channel : news.snapshots) {
    if (LiveChannel* open = find(channel)) {
      open->on_committed_change();
    }
    bus_.publish(topic_of(channel), doorbell_text());
  }
  wake_for_next();
}

// One message per channel, unless it would grow beyond what a link should carry in one piece.
void Hub::publish_events(Channel channel, const std::vector<const EncodedEvent*>& events) {
  const std::string topic = topic_of(channel);
  std::string text;
  for (const EncodedEvent* event : events) {
    if (!text.empty() && text.size() + event->json.size() > limits::bus_message_bytes) {
      bus_.publish(topic, text);
      text.clear();
    }
    append_event_line(text, *event);
  }
  bus_.publish(topic, text);
}

void Hub::listen(Channel channel) {
  LiveChannel* found = find(channel);
  if (found == nullptr && channels_.size() < limits::live_channels / 2) {
    found = open(channel).get();
  }
  if (found != nullptr && found->listen()) {
    schedule(*found);
    wake_for_next();
  }
}

std::optional<std::int64_t> Hub::heard_version(Channel channel) {
  LiveChannel* found = find(channel);
  if (found == nullptr) {
    return std::nullopt;
  }
  if (found->listen()) {
    schedule(*found);
  }
  return found->heard_version();
}

void Hub::publish_typing(Channel channel, std::string_view member) {
  bus_.publish(topic_of(channel), typing_text(services_.node, member));
}

void Hub::on_bus_message(std::string_view topic, std::string_view text) {
  if (topic == reach_topic) {
    figures_.bus_malformed += reach_.hear(text, clock_.now()) ? 0 : 1;
    wake_for_next();
    return;
  }
  const auto name = channel_of_topic(topic);
  LiveChannel* channel = name ? find(*name) : nullptr;
  if (channel == nullptr) {  // closed while the message was on its way
    return;
  }
  const BusMessage message = parse_bus_message(text);
  figures_.bus_malformed += message.malformed;
  channel->hear(message);
  heard_.push_back(channel->weak_from_this());
}

void Hub::on_bus_turn_end() {
  for (const auto& weak : std::exchange(heard_, {})) {
    if (const auto channel = weak.lock()) {
      settle(*channel);
    }
  }
}

void Hub::on_topic_subscribed(std::string_view topic) {
  if (topic == reach_topic) {
    on_bus_connected();
    return;
  }
  const auto name = channel_of_topic(topic);
  if (LiveChannel* channel = name ? find(*name) : nullptr) {
    channel->on_topic_subscribed();
    settle(*channel);
  }
}

// Either may come first, the topic's answer or the second link: what was published in between is lost.
void Hub::on_bus_connected() {
  if (bus_.connected()) {
    reach_.connect(clock_.now());
    wake_for_next();
  }
}

void Hub::on_bus_lost() {
  reach_.disconnect();
  for (const auto& [name, channel] : channels_) {
    channel->on_bus_lost();
    schedule(*channel);
  }
}

void Hub::want_head(Channel channel) { relay_.want(ThreadId{channel.id}); }

void Hub::settle(LiveChannel& channel) {
  channel.flush();
  if (channel.expired(clock_.now())) {
    close(channel.name());
  } else {
    schedule(channel);
  }
  wake_for_reach();
}

std::vector<ThreadReaders> Hub::count_readers(const std::vector<ThreadId>& threads) {
  std::vector<ThreadReaders> readers;
  for (const ThreadId thread : threads) {
    const Channel channel{ChannelKind::thread, thread.value};
    // Fewer than pages may listen to: counts are the first to do without.
    if (channels_.size() < limits::live_channels / 4) {
      listen(channel);
    }
    if (LiveChannel* open = find(channel)) {
      if (const int viewers = open->present_viewers(); viewers > 1) {
        readers.push_back({thread, viewers});
      }
    }
  }
  return readers;
}

std::vector<ThreadId> Hub::silent_threads(TimePoint now) {
  std::vector<ThreadId> threads;
  for (const auto& [name, channel] : channels_) {
    if (channel->silent(now)) {
      threads.push_back(ThreadId{name.id});
    }
  }
  return threads;
}

void Hub::on_head(ThreadId thread, const Result<std::optional<Seq>>& head) {
  const auto found = channels_.find(Channel{ChannelKind::thread, thread.value});
  if (found != channels_.end()) {
    const auto channel = found->second;
    channel->on_head(head);
    settle(*channel);
  }
}

// A channel stands in the queue under its earliest deadline; entries that no longer match it are passed over.
void Hub::schedule(LiveChannel& channel) {
  const auto due = channel.due();
  if (!due || (channel.scheduled && *channel.scheduled <= *due)) {
    return;
  }
  channel.scheduled = due;
  deadlines_.push({*due, channel.name()});
  clock_.wake_at(*due);
}

void Hub::run_due() {
  const TimePoint now = clock_.now();
  if (const auto due = relay_.due(); due && *due <= now) {
    relay_.on_time(now);
  }
  if (const auto counts = reach_.take_message(now)) {
    bus_.publish(std::string(reach_topic), *counts);
  }
  while (!deadlines_.empty() && deadlines_.top().when <= now) {
    const Deadline deadline = deadlines_.top();
    deadlines_.pop();
    const auto found = channels_.find(deadline.channel);
    if (found == channels_.end() || found->second->scheduled != deadline.when) {
      continue;
    }
    const auto channel = found->second;
    channel->scheduled.reset();
    channel->on_time(now);
    settle(*channel);
  }
  wake_for_next();
}

void Hub::wake_for_next() {
  if (!deadlines_.empty()) {
    clock_.wake_at(deadlines_.top().when);
  }
  if (const auto due = relay_.due()) {
    clock_.wake_at(*due);
  }
  wake_for_reach();
}

void Hub::wake_for_reach() {
  if (const auto due = reach_.due()) {
    clock_.wake_at(*due);
  }
}

}  // namespace foyer::live
