#include "tests/benchmark/processes.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <utility>

#include <sched.h>
#include <unistd.h>

namespace foyer::benchmark {
namespace {

std::string folder_of(pid_t process) { return "/proc/" + std::to_string(process); }

std::vector<pid_t> threads_of(pid_t process) {
  std::vector<pid_t> threads;
  std::error_code gone;
  for (const auto& entry : std::filesystem::directory_iterator(folder_of(process) + "/task", gone)) {
    threads.push_back(static_cast<pid_t>(std::stol(entry.path().filename())));
  }
  return threads;
}

// Of children that have ended and were waited for; in ticks of ten milliseconds.
std::int64_t ended_children_ns(pid_t process) {
  std::ifstream file(folder_of(process) + "/stat");
  std::string text{std::istreambuf_iterator<char>(file), {}};
  std::istringstream fields(text.substr(std::min(text.rfind(')') + 1, text.size())));
  std::string word;
  std::int64_t ticks = 0;
  for (int field = 3; fields >> word; ++field) {
    ticks += field == 16 || field == 17 ? std::stoll(word) : 0;
  }
  return ticks * 1'000'000'000 / sysconf(_SC_CLK_TCK);
}

}  // namespace

std::vector<pid_t> with_descendants(pid_t process) {
  std::vector<pid_t> all{process};
  for (std::size_t at = 0; at < all.size(); ++at) {
    for (const pid_t thread : threads_of(all[at])) {
      std::ifstream children(folder_of(all[at]) + "/task/" + std::to_string(thread) + "/children");
      for (pid_t child = 0; children >> child;) {
        all.push_back(child);
      }
    }
  }
  return all;
}

std::int64_t processor_ns(const std::vector<pid_t>& processes) {
  std::int64_t sum = 0;
  for (const pid_t process : processes) {
    sum += ended_children_ns(process);
    for (const pid_t thread : threads_of(process)) {
      std::ifstream file(folder_of(process) + "/task/" + std::to_string(thread) + "/schedstat");
      std::int64_t ran = 0;
      file >> ran;
      sum += ran;
    }
  }
  return sum;
}

std::int64_t resident_bytes(pid_t process) {
  std::int64_t sum = 0;
  for (const pid_t one : with_descendants(process)) {
    std::ifstream file(folder_of(one) + "/statm");
    std::int64_t pages = 0;
    file >> pages >> pages;
    sum += pages;
  }
  return sum * sysconf(_SC_PAGESIZE);
}

void pin(pid_t process, int processor) {
  cpu_set_t set;
  CPU_ZERO(&set);
  CPU_SET(static_cast<std::size_t>(processor), &set);
  for (const pid_t one : with_descendants(process)) {
    for (const pid_t thread : threads_of(one)) {
      sched_setaffinity(thread, sizeof set, &set);
    }
  }
}

ProcessorTime::ProcessorTime(Groups groups) : groups_(std::move(groups)) {
  for (const auto& [name, process] : groups_) {
    before_[name] = processor_ns(with_descendants(process));
  }
}

std::map<std::string, std::int64_t> ProcessorTime::used_ns() const {
  std::map<std::string, std::int64_t> used;
  for (const auto& [name, process] : groups_) {
    used[name] = processor_ns(with_descendants(process)) - before_.at(name);
  }
  return used;
}

}  // namespace foyer::benchmark
