#include "server/live/reach_ledger.hpp"

#include <algorithm>

#include "protocol/limits.hpp"

namespace foyer::live {

ReachLedger::Record& ReachLedger::open(const Removal& removal, TimePoint now) {
  const Key key{removal.thread, removal.seq};
  if (const auto known = records_.find(key); known != records_.end()) {
    return known->second;
  }
  forget_old(now);
  ages_.emplace_back(now, key);
  Record& record = records_[key];
  record.post = removal.post;
  return record;
}

// Makes room for one.
void ReachLedger::forget_old(TimePoint now) {
  while (!ages_.empty() &&
         (records_.size() >= limits::reach_removals || now - ages_.front().first >= limits::reach_memory)) {
    forget(ages_.front().second);
    ages_.pop_front();
  }
}

void ReachLedger::forget(Key key) {
  const auto at = records_.find(key);
  outstanding_ -= at->second.own.outstanding();
  to_tell_.erase(key);
  records_.erase(at);
}

void ReachLedger::tell(Key key, Record& record) {
  record.ours = true;
  record.tellings = limits::reach_tellings;
  to_tell_.insert(key);
  changed_ = true;
}

void ReachLedger::note(const Removal& removal, TimePoint now) {
  tell({removal.thread, removal.seq}, open(removal, now));
}

void ReachLedger::deliver(const Removal& removal, std::size_t screens, TimePoint now) {
  Record& record = open(removal, now);
  const auto count = static_cast<std::int64_t>(screens);
  record.own.delivered += count;
  outstanding_ += count;
  figures_.delivered += count;
  tell({removal.thread, removal.seq}, record);
}

// A record that was forgotten and then heard of again knows nothing of our deliveries any more: what follows from
// them is not counted either.
void ReachLedger::count(Records::iterator at, std::int64_t ReachCounts::* what) {
  ReachCounts& own = at->second.own;
  if (what != &ReachCounts::returned) {
    if (own.outstanding() == 0) {
      return;
    }
    --outstanding_;
  }
  ++(own.*what);
  ++(figures_.*what);
  tell(at->first, at->second);
}

void ReachLedger::acknowledge(ThreadId thread, ReachMark& mark, Seq acknowledged, Seq sent) {
  const Seq reached = std::min(acknowledged, sent);
  const bool first = !mark.acknowledged;
  const Seq before = std::max(mark.since, mark.acknowledged.value_or(mark.since));
  auto at = records_.upper_bound({thread, before});
  const bool reaches_one = at != records_.end() && at->first <= Key{thread, reached};
  for (; at != records_.end() && at->first <= Key{thread, reached}; ++at) {
    const bool live = mark.live_from && at->first.seq > *mark.live_from;
    count(at, live ? &ReachCounts::applied : &ReachCounts::returned);
  }
  if (first && !reaches_one) {
    answer_for_earlier(thread, std::min(acknowledged, mark.since));
  }
  mark.acknowledged = std::max(before, reached);
}

void ReachLedger::answer_for_earlier(ThreadId thread, Seq up_to) {
  auto at = records_.upper_bound({thread, up_to});
  if (at == records_.begin() || (--at)->first.thread != thread) {
    return;
  }
  ReachCounts all = at->second.own;
  for (const auto& [node, counts] : at->second.others) {
    all.delivered += counts.delivered;
    all.applied += counts.applied;
    all.returned += counts.returned;
  }
  if (all.delivered > all.applied + all.returned) {
    count(at, &ReachCounts::returned);
  }
}

void ReachLedger::leave(ThreadId thread, const ReachMark& mark, Seq sent) {
  if (!mark.live_from) {
    return;
  }
  const Seq from = std::max(*mark.live_from, mark.acknowledged.value_or(*mark.live_from));
  for (auto at = records_.upper_bound({thread, from}); at != records_.end() && at->first <= Key{thread, sent}; ++at) {
    count(at, &ReachCounts::lost);
  }
}

bool ReachLedger::hear(std::string_view text, TimePoint now) {
  const auto message = parse_reach_message(text);
  if (!message || message->node == node_) {
    return message.has_value();
  }
  hear_node(message->node, now);
  if (message->asks) {
    tell_all();
  }
  for (const auto& [removal, counts] : message->lines) {
    auto& others = open(removal, now).others;
    const auto known = std::ranges::find(others, message->node, &std::pair<std::uint64_t, ReachCounts>::first);
    if (known != others.end()) {
      known->second = counts;
    } else if (others.size() < limits::reach_nodes) {
      others.emplace_back(message->node, counts);
    }
  }
  return true;
}

void ReachLedger::hear_node(std::uint64_t node, TimePoint now) {
  if (nodes_.size() >= limits::reach_nodes && !nodes_.contains(node)) {
    nodes_.erase(std::ranges::min_element(nodes_, {}, &std::pair<const std::uint64_t, TimePoint>::second));
  }
  nodes_[node] = now;
}

void ReachLedger::connect(TimePoint now) {
  connected_ = true;
  asks_ = true;
  for (auto& [node, heard] : nodes_) {
    heard = now;
  }
  tell_all();
}

void ReachLedger::tell_all() {
  for (auto& [key, record] : records_) {
    if (record.ours) {
      tell(key, record);
    }
  }
}

std::optional<TimePoint> ReachLedger::due() const {
  if (!connected_) {
    return std::nullopt;
  }
  if (changed_ || asks_) {
    return told_at_ + limits::reach_every;
  }
  return to_tell_.empty() && outstanding_ == 0 ? std::nullopt : std::optional(told_at_ + limits::reach_repeat);
}

std::optional<std::string> ReachLedger::take_message(TimePoint now) {
  const auto when = due();
  if (!when || now < *when) {
    return std::nullopt;
  }
  told_at_ = now;
  return next_message();
}

std::optional<std::string> ReachLedger::take_last_message() {
  return connected_ && changed_ ? std::optional(next_message()) : std::nullopt;
}

std::string ReachLedger::next_message() {
  ReachMessage message{node_, std::exchange(asks_, false), {}};
  for (auto key = to_tell_.begin(); key != to_tell_.end();) {
    Record& record = records_.at(*key);
    message.lines.push_back({{key->thread, key->seq, record.post}, record.own});
    key = --record.tellings == 0 ? to_tell_.erase(key) : std::next(key);
  }
  changed_ = false;
  return reach_text(message);
}

bool ReachLedger::silent(std::uint64_t node, TimePoint now) const {
  const auto found = nodes_.find(node);
  return connected_ && (found == nodes_.end() || now - found->second >= limits::reach_silence);
}

ReachView ReachLedger::sum(const Record& record, TimePoint now) const {
  ReachCounts all = record.own;
  for (const auto& [node, counts] : record.others) {
    all.delivered += counts.delivered;
    all.applied += counts.applied;
    all.lost += silent(node, now) ? counts.delivered - counts.applied : counts.lost;
    all.returned += counts.returned;
  }
  return {.screens = all.delivered + std::max<std::int64_t>(0, all.returned - all.lost),
          .gone = all.applied + all.returned,
          .offline = std::max<std::int64_t>(0, all.lost - all.returned)};
}

std::optional<ReachView> ReachLedger::find(PostId post, TimePoint now) const {
  const Records::value_type* latest = nullptr;
  for (const auto& entry : records_) {
    if (entry.second.post == post && (latest == nullptr || latest->first.seq < entry.first.seq)) {
      latest = &entry;
    }
  }
  return latest == nullptr ? std::nullopt : std::optional(sum(latest->second, now));
}

}  // namespace foyer::live
