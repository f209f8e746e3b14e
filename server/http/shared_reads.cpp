#include "server/http/shared_reads.hpp"

#include <utility>

#include "protocol/limits.hpp"

namespace foyer::http {

void SharedReads::ask(const std::string& key, const Read& read, Done done) {
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

void SharedReads::begin(const std::string& key, const Read& read) {
  read([this, key](const Result<std::string>& json) { answer(key, json); });
}

void SharedReads::answer(const std::string& key, const Result<std::string>& json) {
  Question& question = questions_.at(key);
  const auto answered = std::exchange(question.reading, std::exchange(question.next, {}));
  if (question.reading.empty()) {
    questions_.erase(key);
  } else {
    begin(key, std::exchange(question.read, nullptr));
  }
  waiting_ -= answered.size();
  for (const Done& done : answered) {
    done(json);
  }
}

}  // namespace foyer::http
