// Equal questions that come at the same time get one answer: a herd that comes back and asks for the same events costs
// two reads, not thousands. An answer is never older than its question: who asks while a read is under way shares the
// next one, which begins when that has ended. Nothing is kept after it was given. I/O thread only.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <unordered_map>
#include <vector>

#include "protocol/result.hpp"

namespace foyer::http {

class SharedReads {
 public:
  using Done = std::function<void(const Result<std::string>&)>;
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
  void answer(const std::string& key, const Result<std::string>& json);

  std::unordered_map<std::string, Question> questions_;
  std::size_t waiting_ = 0;
  std::size_t shared_ = 0;
};

}  // namespace foyer::http
