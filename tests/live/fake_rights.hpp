// Stand-in for PostgreSQL behind the rights watch: who has which proof, what has changed, and answers that come when
// the test says so.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "server/live/rights_watch.hpp"

namespace foyer::live {

inline forum::Actor actor_of(std::int64_t id, Role role = Role::member) {
  return forum::Actor{UserView{UserId{id}, "member-" + std::to_string(id), role}, forum::Reach::moderating};
}

class FakeRights final : public RightsReader {
 public:
  // As a trigger notes it.
  void change(std::int64_t member) { changes.push_back(UserId{member}); }

  // What is read is what holds at this moment, as a snapshot does.
  void read(RightsQuestion question, Done done) override {
    ++reads;
    proofs_read += question.proofs.size();
    RightsAnswer answer;
    if (question.changed_since) {
      answer.changes.emplace();
      const auto seen = static_cast<std::size_t>(std::stoul(question.changed_since->snapshot));
      answer.changes->position.snapshot = std::to_string(changes.size() + 1);
      answer.changes->users.assign(changes.begin() + (static_cast<std::ptrdiff_t>(seen) - 1), changes.end());
      answer.changes->everybody = std::exchange(everybody, false);
    }
    for (const forum::Proof& proof : question.proofs) {
      const auto found = people.find(proof.session_token);
      answer.actors.push_back(found == people.end() ? forum::Actor{} : found->second);
    }
    answers.push_back([answer = std::move(answer), done = std::move(done), failing = away] {
      if (failing) {
        Error error = refused(ErrorCode::unavailable, "away");
        error.retry_after_seconds = 2;
        done(error);
      } else {
        done(answer);
      }
    });
  }

  bool answer_one() {
    if (answers.empty()) {
      return false;
    }
    const auto next = std::move(answers.front());
    answers.pop_front();
    next();
    return true;
  }
  // Whoever had several reads under way would hear of the latest first.
  void answer_all_backwards() {
    while (!answers.empty()) {
      const auto last = std::move(answers.back());
      answers.pop_back();
      last();
    }
  }
  void answer_all() {
    while (answer_one()) {
    }
  }

  std::map<std::string, Result<forum::Actor>> people;  // by session token
  std::vector<UserId> changes;
  bool everybody = false;
  bool away = false;
  std::deque<std::function<void()>> answers;
  int reads = 0;
  std::size_t proofs_read = 0;
};

}  // namespace foyer::live
