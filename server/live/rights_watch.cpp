#include "server/live/rights_watch.hpp"

#include <algorithm>
#include <memory>
#include <utility>

#include "protocol/limits.hpp"

namespace foyer::live {

void RightsWatch::identify(forum::Proof proof, forum::Identified done) {
  waiting_.push_back({std::move(proof), std::move(done)});
  read_next();
}

void RightsWatch::add(std::uint64_t id, UserId member, RightsHolder& holder) {
  if (holders_.emplace(id, Holder{member, &holder}).second) {
    of_member_.emplace(member, id);
  }
}

void RightsWatch::remove(std::uint64_t id) {
  const auto found = holders_.find(id);
  if (found == holders_.end()) {
    return;
  }
  const auto [first, last] = of_member_.equal_range(found->second.member);
  of_member_.erase(std::find_if(first, last, [id](const auto& entry) { return entry.second == id; }));
  holders_.erase(found);
  doubtful_.erase(id);
}

void RightsWatch::look(TimePoint now) {
  if (holders_.empty()) {
    return;
  }
  // Changes are swept after a while: a node that could not look for so long cannot know what it missed.
  if (looked_at_ && 2 * (now - *looked_at_) > limits::rights_changes_life) {
    doubt_all();
  }
  if (!looked_at_) {
    looked_at_ = now;
  }
  look_began_ = now;
  look_due_ = true;
  read_next();
}

void RightsWatch::read_next() {
  if (reading_ || (!look_due_ && waiting_.empty() && doubtful_.empty())) {
    return;
  }
  reading_ = true;
  Batch batch;
  RightsQuestion question;
  if (std::exchange(look_due_, false)) {
    batch.looks = true;
    question.changed_since = position_;
    ++figures_.looks;
  }
  while (!doubtful_.empty() && question.proofs.size() < limits::rights_batch) {
    batch.holders.push_back(doubtful_.extract(doubtful_.begin()).value());
    question.proofs.push_back(holders_.at(batch.holders.back()).holder->proof());
  }
  while (!waiting_.empty() && question.proofs.size() < limits::rights_batch) {
    question.proofs.push_back(waiting_.front().proof);
    batch.waiting.push_back(std::move(waiting_.front()));
    waiting_.pop_front();
  }
  if (!question.proofs.empty()) {
    ++figures_.identity_reads;
    figures_.identified += question.proofs.size();
  }
  reader_.read(std::move(question), [this, batch = std::make_shared<const Batch>(std::move(batch))](
                                        const Result<RightsAnswer>& answer) { after(*batch, answer); });
}

void RightsWatch::after(const Batch& batch, const Result<RightsAnswer>& answer) {
  if (answer.has_value()) {
    tell(batch, *answer);
    if (answer->changes) {
      position_ = answer->changes->position;
      looked_at_ = look_began_;
      doubt(*answer->changes);
    }
    reading_ = false;
    read_next();
    return;
  }
  for (const std::uint64_t id : batch.holders) {
    if (holders_.contains(id)) {
      doubtful_.insert(id);
    }
  }
  for (const Waiting& waiting : batch.waiting) {
    waiting.done(answer.error());
  }
  reading_ = false;
  if (!waiting_.empty()) {
    read_next();  // the doubtful wait for the next look
  }
}

void RightsWatch::tell(const Batch& batch, const RightsAnswer& answer) {
  std::size_t place = 0;
  for (const std::uint64_t id : batch.holders) {
    if (const auto found = holders_.find(id); found != holders_.end()) {
      found->second.holder->on_rights(answer.actors.at(place));
    }
    ++place;
  }
  for (const Waiting& waiting : batch.waiting) {
    waiting.done(answer.actors.at(place++));
  }
}

void RightsWatch::doubt(const persistence::AccessChanges& changes) {
  if (changes.everybody) {
    doubt_all();
    return;
  }
  for (const UserId member : changes.users) {
    const auto [first, last] = of_member_.equal_range(member);
    for (auto entry = first; entry != last; ++entry) {
      doubtful_.insert(entry->second);
    }
  }
}

void RightsWatch::doubt_all() {
  for (const auto& [id, holder] : holders_) {
    doubtful_.insert(id);
  }
}

}  // namespace foyer::live
