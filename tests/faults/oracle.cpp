#include "tests/faults/oracle.hpp"

#include <boost/json/parse.hpp>

namespace foyer::testing {
namespace {

void judge_posts(const Evidence& evidence, Verdict& verdict) {
  std::map<std::string, std::int64_t> of_key;
  std::set<std::int64_t> acknowledged;
  for (const AcknowledgedPost& one : evidence.acknowledged) {
    verdict.doubled_posts += of_key.emplace(one.key, one.post).first->second != one.post ? 1 : 0;
    if (acknowledged.insert(one.post).second) {
      const auto thread = evidence.nodes.front().find(one.thread);
      const bool there = thread != evidence.nodes.front().end() && thread->second.contains(one.post);
      verdict.lost_posts += there ? 0 : 1;
    }
  }
  // Every try was repeated until it was acknowledged: what is there beyond that was written twice.
  for (const auto& [thread, posts] : evidence.nodes.front()) {
    std::int64_t unknown = -evidence.first_posts.at(thread);
    for (const auto& [post, view] : posts) {
      unknown += acknowledged.contains(post) ? 0 : 1;
    }
    verdict.doubled_posts += unknown;
  }
}

void judge_changes(const Evidence& evidence, Verdict& verdict) {
  for (const auto& [thread, posts] : evidence.nodes.front()) {
    for (const auto& [post, text] : posts) {
      const boost::json::value view = boost::json::parse(text);
      const bool removed = view.at("state").as_string() == "removed";
      if (evidence.removed.contains(post)) {
        verdict.lost_changes += removed ? 0 : 1;
      } else if (const auto body = evidence.bodies.find(post); body != evidence.bodies.end()) {
        const bool kept = !removed && view.at("body").is_string() && view.at("body").as_string() == body->second;
        verdict.lost_changes += kept ? 0 : 1;
      }
    }
  }
  for (const auto& [thread, locked] : evidence.locked) {
    verdict.lost_changes += evidence.locked_at_the_end.at(thread) == locked ? 0 : 1;
  }
}

void judge_order(const Followed& followed, std::int64_t head, Verdict& verdict) {
  std::set<std::int64_t> seen;
  std::int64_t latest = 0;
  for (const Applied& one : followed.applied) {
    if (one.how == Applied::How::reload) {
      ++verdict.reloads;
      for (std::int64_t seq = latest + 1; seq <= one.seq; ++seq) {
        seen.insert(seq);
      }
    } else if (!seen.insert(one.seq).second) {
      ++verdict.doubled_events;
    } else if (one.seq < latest) {
      ++verdict.disordered_events;
    }
    latest = std::max(latest, one.seq);
  }
  for (std::int64_t seq = 1; seq <= head; ++seq) {
    verdict.lost_events += seen.contains(seq) ? 0 : 1;
  }
}

}  // namespace

bool Verdict::clean() const {
  return lost_posts == 0 && doubled_posts == 0 && lost_changes == 0 && lost_events == 0 && doubled_events == 0 &&
         disordered_events == 0 && differing_states == 0;
}

Verdict judge(const Evidence& evidence) {
  Verdict verdict;
  judge_posts(evidence, verdict);
  judge_changes(evidence, verdict);
  const auto& truth = evidence.nodes.front();
  for (const auto& node : evidence.nodes) {
    verdict.differing_states += node == truth ? 0 : 1;
  }
  for (const auto& subscriber : evidence.subscribers) {
    for (const auto& [thread, head] : evidence.heads) {
      const auto followed = subscriber.find(thread);
      if (followed == subscriber.end()) {
        verdict.lost_events += head;
        continue;
      }
      judge_order(followed->second, head, verdict);
      verdict.differing_states += followed->second.posts == truth.at(thread) ? 0 : 1;
    }
  }
  return verdict;
}

}  // namespace foyer::testing
