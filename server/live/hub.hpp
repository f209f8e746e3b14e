// All live channels of the node: finds or opens the channel of a subscription, hands bus messages to channels,
// publishes committed news, keeps everybody's deadlines, compares heads through the relay. One per node, no mutex:
// I/O thread only.
#pragma once

#include <memory>
#include <optional>
#include <queue>
#include <string>
#include <unordered_map>
#include <vector>

#include "protocol/frames.hpp"
#include "server/live/backlog_reader.hpp"
#include "server/live/event_bus.hpp"
#include "server/live/live_channel.hpp"
#include "server/live/reach_ledger.hpp"
#include "server/live/relay.hpp"

namespace foyer::live {

class Hub final : public BusListener, public ChannelHost, public HeadListener {
 public:
  // All three outlive the hub; no answer of the reader comes after the hub is gone.
  Hub(std::string node, EventBus& bus, BacklogReader& backlog, LiveClock& clock);
  ~Hub();
  Hub(const Hub&) = delete;
  Hub& operator=(const Hub&) = delete;

  void start();
  void stop();
  // Before it stops, once its subscriptions are gone: what the other nodes do not know of them yet.
  void tell_reach();

  // The answer, then history and live events, come through the viewer, which outlives the subscription. Empty
  // when the node has limits::live_channels channels already.
  std::unique_ptr<Subscription> subscribe(Viewer& viewer, const SubscribeFrame& frame,
                                          const ReachWitness& witness = {});
  void publish(const News& news);
  void publish_typing(Channel channel, std::string_view member);
  // Hears the channel's news for limits::page_listening from now, without a viewer. The channel must exist. Does
  // nothing when the node has half of limits::live_channels: the rest is for viewers.
  void listen(Channel channel);
  // What a channel that is listened to shows at present, counted up with each change: of a durable channel its seq.
  // Nothing when this node does not hear all its news, or it is not certain. Prolongs the listening.
  std::optional<std::int64_t> heard_version(Channel channel);
  // Of the post's latest removal, as far as the nodes have told each other; nothing when it is not known here.
  std::optional<ReachView> reach(PostId post) const { return reach_.find(post, clock_.now()); }

  void run_due();
  std::size_t channels() const { return channels_.size(); }
  const HubFigures& figures() const { return figures_; }
  const ReachFigures& reach_figures() const { return reach_.figures(); }

  // BusListener
  void on_bus_message(std::string_view topic, std::string_view text) override;
  void on_bus_turn_end() override;
  void on_topic_subscribed(std::string_view topic) override;
  void on_bus_connected() override;
  void on_bus_lost() override;
  // ChannelHost
  void want_head(Channel channel) override;
  void settle(LiveChannel& channel) override;
  std::vector<ThreadReaders> count_readers(const std::vector<ThreadId>& threads) override;
  // HeadListener
  std::vector<ThreadId> silent_threads(TimePoint now) override;
  void on_head(ThreadId thread, const Result<std::optional<Seq>>& head) override;

 private:
  struct Deadline {
    TimePoint when;
    Channel channel;
    friend bool operator>(const Deadline& a, const Deadline& b) { return a.when > b.when; }
  };
  LiveChannel* find(Channel channel) const;
  std::shared_ptr<LiveChannel> open(Channel channel);
  void close(Channel channel);
  void publish_events(Channel channel, const std::vector<const EncodedEvent*>& events);
  void schedule(LiveChannel& channel);
  void wake_for_next();
  void wake_for_reach();

  HubFigures figures_;
  ReachLedger reach_;
  EventBus& bus_;
  LiveClock& clock_;
  ChannelServices services_;
  Relay relay_;
  std::unordered_map<Channel, std::shared_ptr<LiveChannel>> channels_;
  std::vector<std::weak_ptr<LiveChannel>> heard_;  // in the present turn of the bus
  std::priority_queue<Deadline, std::vector<Deadline>, std::greater<>> deadlines_;
};

}  // namespace foyer::live
