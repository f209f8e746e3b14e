// A server process that a test started: it ends with this object, and with the test program even if that crashes.
// Run by root it becomes an unprivileged user, since PostgreSQL refuses root.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include <sys/types.h>

namespace foyer::testing {

class ChildProcess {
 public:
  // `last_signal` is what the process gets when the test program dies.
  ChildProcess(std::vector<std::string> command, const std::filesystem::path& log, int last_signal);
  ~ChildProcess();  // kills
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  bool running();
  pid_t pid() const { return pid_; }
  void end(int signal);  // and waits for it
  int wait();            // exit status

 private:
  pid_t pid_ = -1;
  int status_ = 0;
};

// Runs a command to its end as the same user; throws with the log's text when it fails.
void run_to_end(std::vector<std::string> command, const std::filesystem::path& log);

// A new folder that the servers' user may write, in memory when there is such a file system. Removed at the end.
class ScratchFolder {
 public:
  enum class Where { memory, disk };
  explicit ScratchFolder(Where where = Where::memory);
  ~ScratchFolder();
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace foyer::testing
