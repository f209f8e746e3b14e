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

// False for a record that was forgotten and then heard of again: it knows nothing of our deliveries any more, and what
// follows from them is not counted either.
bool ReachLedger::take_outstanding(const Record& record) {
  if (record.own.outstanding() == 0) {
    return false;
  }
  --outstanding_;
  return true;
}

void ReachLedger::count_applied(Records::iterator at) {
  if (take_outstanding(at->second)) {
    ++at->second.own.applied;
    ++figures_.applied;
    tell(at->first, at->second);
  }
}

void ReachLedger::count_lost(Records::iterator at, std::uint8_t bucket) {
  if (take_outstanding(at->second)) {
    ++at->second.own.bucket(bucket).lost;
    ++figures_.lost;
    tell(at->first, at->second);
  }
}

void ReachLedger::count_back(Records::iterator at, std::uint8_t bucket, std::int64_t ReachBucket::* from) {
  ++(at->second.own.bucket(bucket).*from);
  ++figures_.returned;
  tell(at->first, at->second);
}

void ReachLedger::acknowledge(ThreadId thread, ReachMark& mark, Seq acknowledged, Seq sent) {
  const Seq reached = std::min(acknowledged, sent);
  const bool first = !mark.acknowledged;
  const Seq before = std::max(mark.since, mark.acknowledged.value_or(mark.since));
  auto at = records_.upper_bound({thread, before});
  const bool reaches_one = at != records_.end() && at->first <= Key{thread, reached};
  for (; at != records_.end() && at->first <= Key{thread, reached}; ++at) {
    if (mark.live_from && at->first.seq > *mark.live_from) {
      count_applied(at);
    } else if (mark.came_back && at->first.seq > mark.witness.earlier) {
      count_back(at, mark.witness.bucket, &ReachBucket::returned);
    }
  }
  if (mark.came_back && first && !reaches_one) {
    answer_for_earlier(thread, mark, std::min(acknowledged, mark.since));
  }
  mark.acknowledged = std::max(before, reached);
}

void ReachLedger::answer_for_earlier(ThreadId thread, const ReachMark& mark, Seq up_to) {
  auto at = records_.upper_bound({thread, up_to});
  if (at == records_.begin() || (--at)->first <= Key{thread, mark.witness.earlier}) {
    return;
  }
  const bool just_there = at->first.seq == mark.since;
  count_back(at, mark.witness.bucket, just_there ? &ReachBucket::back_at : &ReachBucket::back_above);
}

void ReachLedger::leave(ThreadId thread, const ReachMark& mark, Seq sent) {
  if (!mark.live_from) {
    return;
  }
  const Seq from = std::max(*mark.live_from, mark.acknowledged.value_or(*mark.live_from));
  for (auto at = records_.upper_bound({thread, from}); at != records_.end() && at->first <= Key{thread, sent}; ++at) {
    count_lost(at, mark.witness.bucket);
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
  std::int64_t cut_off = 0;  // with a silent node
  for (const auto& [node, counts] : record.others) {
    all.delivered += counts.delivered;
    all.applied += counts.applied;
    cut_off += silent(node, now) ? counts.outstanding() : 0;
    for (const ReachBucket& part : counts.buckets) {
      ReachBucket& bucket = all.bucket(part.number);
      bucket.lost += part.lost;
      bucket.returned += part.returned;
      bucket.back_at += part.back_at;
      bucket.back_above += part.back_above;
    }
  }
  ReachView view{.screens = all.delivered, .gone = all.applied, .offline = 0};
  std::int64_t strangers = 0;
  std::int64_t spare_back = 0;
  for (const ReachBucket& bucket : all.buckets) {
    const std::int64_t away = std::max<std::int64_t>(0, bucket.lost - bucket.returned);
    const std::int64_t back_above = std::min(away, bucket.back_above);
    const std::int64_t back_at = std::min(away - back_above, bucket.back_at);
    strangers += std::max<std::int64_t>(0, bucket.returned - bucket.lost);
    view.gone += bucket.returned + back_above + back_at;
    view.offline += away - back_above - back_at;
    spare_back += bucket.back_at - back_at;
  }
  const std::int64_t returned = std::min(cut_off, strangers);
  const std::int64_t back = std::min(cut_off - returned, spare_back);
  view.screens += strangers - returned;
  view.gone += back;
  view.offline += cut_off - returned - back;
  return view;
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
