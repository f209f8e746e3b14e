#include "tests/support/child_process.hpp"

#include <cerrno>
#include <charconv>
#include <fstream>
#include <optional>
#include <sstream>
#include <stdexcept>

#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace foyer::testing {
namespace {

struct Owner {
  uid_t user;
  gid_t group;
};

// Whom root becomes; nobody else changes.
std::optional<Owner> servers_owner() {
  if (::geteuid() != 0) {
    return std::nullopt;
  }
  for (const char* name : {"postgres", "nobody"}) {
    if (const passwd* entry = ::getpwnam(name)) {
      return Owner{entry->pw_uid, entry->pw_gid};
    }
  }
  throw std::runtime_error("there is no unprivileged user to run servers as");
}

// Between fork and exec only calls that are safe in a signal handler: other threads may have held locks.
[[noreturn]] void become(char* const* arguments, int log, const std::optional<Owner>& owner, int last_signal) {
  ::setpgid(0, 0);  // an interrupt from the terminal is for the test program, which ends its servers in order
  if (owner && (::setgroups(0, nullptr) != 0 || ::setgid(owner->group) != 0 || ::setuid(owner->user) != 0)) {
    ::_exit(126);
  }
  ::prctl(PR_SET_PDEATHSIG, last_signal);  // after setuid, which clears it
  const int nothing = ::open("/dev/null", O_RDONLY);
  if (nothing < 0 || log < 0) {
    ::_exit(126);
  }
  ::dup2(nothing, STDIN_FILENO);
  ::dup2(log, STDOUT_FILENO);
  ::dup2(log, STDERR_FILENO);
  ::execvp(arguments[0], arguments);
  ::_exit(127);
}

std::string text_of(const std::filesystem::path& file) {
  std::ostringstream text;
  text << std::ifstream(file).rdbuf();
  return text.str();
}

constexpr std::string_view scratch_prefix = "foyer-test-";

// Folders of test programs that crashed.
void remove_left_behind(const std::filesystem::path& parent) {
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator(parent, ignored)) {
    const std::string name = entry.path().filename();
    pid_t pid = 0;
    if (name.starts_with(scratch_prefix) &&
        std::from_chars(name.data() + scratch_prefix.size(), name.data() + name.size(), pid).ec == std::errc{} &&
        ::kill(pid, 0) != 0 && errno == ESRCH) {
      std::filesystem::remove_all(entry.path(), ignored);
    }
  }
}

}  // namespace

ChildProcess::ChildProcess(std::vector<std::string> command, const std::filesystem::path& log, int last_signal) {
  std::vector<char*> arguments;
  arguments.reserve(command.size() + 1);
  for (std::string& word : command) {
    arguments.push_back(word.data());
  }
  arguments.push_back(nullptr);
  const auto owner = servers_owner();
  const int log_file = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
  pid_ = ::fork();
  if (pid_ == 0) {
    become(arguments.data(), log_file, owner, last_signal);
  }
  ::close(log_file);
  if (pid_ < 0) {
    throw std::runtime_error("fork failed");
  }
}

ChildProcess::~ChildProcess() {
  if (running()) {
    end(SIGKILL);
  }
}

bool ChildProcess::running() {
  if (pid_ > 0 && ::waitpid(pid_, &status_, WNOHANG) == pid_) {
    pid_ = -1;
  }
  return pid_ > 0;
}

void ChildProcess::end(int signal) {
  if (running()) {
    ::kill(pid_, signal);
    wait();
  }
}

int ChildProcess::wait() {
  while (pid_ > 0 && ::waitpid(pid_, &status_, 0) < 0 && errno == EINTR) {
  }
  pid_ = -1;
  return WIFEXITED(status_) ? WEXITSTATUS(status_) : 128;
}

void run_to_end(std::vector<std::string> command, const std::filesystem::path& log) {
  const std::string name = command.front();
  if (const int status = ChildProcess{std::move(command), log, SIGKILL}.wait(); status != 0) {
    throw std::runtime_error(name + " ended with " + std::to_string(status) + ": " + text_of(log));
  }
}

ScratchFolder::ScratchFolder(Where where) {
  std::filesystem::path parent = std::filesystem::temp_directory_path();
  if (const std::filesystem::path memory = "/dev/shm"; where == Where::memory && ::access(memory.c_str(), W_OK) == 0) {
    parent = memory;
  }
  remove_left_behind(parent);
  std::string name = parent / (std::string(scratch_prefix) + std::to_string(::getpid()) + "-XXXXXX");
  if (::mkdtemp(name.data()) == nullptr) {
    throw std::runtime_error("no folder could be made in " + parent.string());
  }
  path_ = name;
  if (const auto owner = servers_owner(); owner && ::chown(name.c_str(), owner->user, owner->group) != 0) {
    throw std::runtime_error("the folder " + name + " could not be given to the servers' user");
  }
}

ScratchFolder::~ScratchFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace foyer::testing
