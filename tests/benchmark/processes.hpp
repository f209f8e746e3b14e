// What processes used: processor time with all their threads and children, and memory.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include <sys/types.h>

namespace foyer::benchmark {

// A process and all its descendants.
std::vector<pid_t> with_descendants(pid_t process);

// User and system time of all threads that live now and of children that have ended, in nanoseconds.
std::int64_t processor_ns(const std::vector<pid_t>& processes);

std::int64_t resident_bytes(pid_t process);

// All present and future threads of the process and its descendants run on this processor only.
void pin(pid_t process, int processor);

// What each group of a subject used between two looks.
class ProcessorTime {
 public:
  using Groups = std::map<std::string, pid_t>;  // "server", "Redis", "PostgreSQL" to their first process

  explicit ProcessorTime(Groups groups);
  std::map<std::string, std::int64_t> used_ns() const;

 private:
  Groups groups_;
  std::map<std::string, std::int64_t> before_;
};

}  // namespace foyer::benchmark
