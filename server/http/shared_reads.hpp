// Equal questions that come at the same time get one answer: a herd that comes back and asks for the same events costs
// two reads, not thousands. An answer is never older than its question: who asks while a read is under way shares the
// next one, which begins when that has ended. Nothing is kept after it was given. I/O thread only.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "protocol/limits.hpp"
#include "protocol/result.hpp"

namespace foyer::http {

template <class Value>
class SharedAnswers {
 public:
  using Done = std::function<void(const Result<Value>&)>;
  // Begins a read and calls `done` once, later.
  using Read = std::function<void(Done done)>;

  // `key` names all that the answer depends on. With limits::shared_reads questions under way further ones read alone.
  // Those who wait are bounded by the connections they came on.
  void ask(const std::string& key, const Read& read, Done done);

  std::size_t waiting() const { return waiting_; }
  std::size_t shared() const { return shared_; }  // answers since start that cost no read

 private:
  struct Question {
    std::vector<Done> reading;  // get the answer of the read under way
    std::vector<Done> next;
    Read read;  // of those
  };
  void begin(const std::string& key, const Read& read);
  void answer(const std::string& key, const Result<Value>& value);

  std::unordered_map<std::string, Question> questions_;
  std::size_t waiting_ = 0;
  std::size_t shared_ = 0;
};

using SharedReads = SharedAnswers<std::string>;  // of JSON

template <class Value>
void SharedAnswers<Value>::ask(const std::string& key, const Read& read, Done done) {
  const auto found = questions_.find(key);
  if (found != questions_.end()) {
    ++waiting_;
    shared_ += found->second.next.empty() ? 0 : 1;
    found->second.next.push_back(std::move(done));
    found->second.read = read;
  } else if (questions_.size() < limits::shared_reads) {
    ++waiting_;
    questions_[key].reading.push_back(std::move(done));
    begin(key, read);
  } else {
    read(std::move(done));
  }
}

template <class Value>
void SharedAnswers<Value>::begin(const std::string& key, const Read& read) {
  read([this, key](const Result<Value>& value) { answer(key, value); });
}

template <class Value>
void SharedAnswers<Value>::answer(const std::string& key, const Result<Value>& value) {
  Question& question = questions_.at(key);
  const auto answered = std::exchange(question.reading, std::exchange(question.next, {}));
  if (question.reading.empty()) {
    questions_.erase(key);
  } else {
    begin(key, std::exchange(question.read, nullptr));
  }
  waiting_ -= answered.size();
  for (const Done& done : answered) {
    done(value);
  }
}

}  // namespace foyer::http
