#include "server/supervisor.hpp"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <string>
#include <vector>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "server/app.hpp"

namespace foyer {
namespace {

using Clock = std::chrono::steady_clock;
using namespace std::chrono_literals;

constexpr Clock::duration restart_pause_min = 200ms;
constexpr Clock::duration restart_pause_max = 10s;
constexpr Clock::duration lived_well = 30s;  // a worker that ran this long starts again at once

// The parent of the node processes. One thread, no event loop: it sleeps in sigtimedwait.
class Supervisor {
 public:
  explicit Supervisor(Config config) : config_(std::move(config)), workers_(static_cast<std::size_t>(config_.workers)) {
    sigemptyset(&handled_);
    sigaddset(&handled_, SIGTERM);
    sigaddset(&handled_, SIGINT);
    sigaddset(&handled_, SIGCHLD);
    sigprocmask(SIG_BLOCK, &handled_, &original_);
  }

  int run() {
    while (!stopping_ || running() > 0) {
      start_due_workers();
      const timespec pause{0, 100'000'000};
      const int signal = sigtimedwait(&handled_, nullptr, &pause);
      if (signal == SIGTERM || signal == SIGINT) {
        stopping_ = true;
        signal_all(SIGTERM);
      }
      collect_ended();
    }
    return failed_ ? 1 : 0;
  }

 private:
  struct Worker {
    pid_t process = 0;  // 0: not running
    Clock::time_point started;
    Clock::time_point start_at;
    Clock::duration pause = restart_pause_min;
  };

  std::ptrdiff_t running() const {
    return std::count_if(workers_.begin(), workers_.end(), [](const Worker& worker) { return worker.process != 0; });
  }

  void start_due_workers() {
    for (std::size_t i = 0; i < workers_.size() && !stopping_; ++i) {
      if (workers_[i].process == 0 && Clock::now() >= workers_[i].start_at) {
        workers_[i].started = Clock::now();
        workers_[i].process = start_worker(static_cast<int>(i));
      }
    }
  }

  pid_t start_worker(int index) {
    const pid_t parent = getpid();
    const pid_t process = fork();
    if (process != 0) {
      return std::max(process, pid_t{0});  // a failed fork is tried again in the next round
    }
    prctl(PR_SET_PDEATHSIG, SIGTERM);  // no orphans when the supervisor is killed
    if (getppid() != parent) {
      _exit(1);
    }
    // SIGTERM and SIGINT stay held back until the node is ready for them: one that came while it starts would kill it.
    sigset_t starting = original_;
    sigaddset(&starting, SIGTERM);
    sigaddset(&starting, SIGINT);
    sigprocmask(SIG_SETMASK, &starting, nullptr);
    const NodePlace place{"worker-" + std::to_string(index + 1) + "-" + std::to_string(getpid()), index, true};
    const int exit_code = run_node(config_, place);
    std::fflush(nullptr);
    _exit(exit_code);
  }

  void collect_ended() {
    int status = 0;
    for (pid_t process = 0; (process = waitpid(-1, &status, WNOHANG)) > 0;) {
      for (Worker& worker : workers_) {
        if (worker.process == process) {
          note_end(worker, status);
        }
      }
    }
  }

  void note_end(Worker& worker, int status) {
    const bool well = WIFEXITED(status) && WEXITSTATUS(status) == 0;
    const bool young = Clock::now() - worker.started < lived_well;
    worker.process = 0;
    if (stopping_) {
      failed_ = failed_ || !well;
      return;
    }
    // A worker that cannot even start has said why; starting it again would only repeat the line.
    if (WIFEXITED(status) && WEXITSTATUS(status) == 1 && young) {
      stopping_ = failed_ = true;
      signal_all(SIGTERM);
      return;
    }
    std::fprintf(stderr, "foyer: a worker ended unexpectedly and is started again\n");
    worker.pause = young ? std::min(worker.pause * 2, restart_pause_max) : restart_pause_min;
    worker.start_at = Clock::now() + worker.pause;
  }

  void signal_all(int signal) const {
    for (const Worker& worker : workers_) {
      if (worker.process != 0) {
        kill(worker.process, signal);
      }
    }
  }

  const Config config_;
  std::vector<Worker> workers_;
  sigset_t handled_{};
  sigset_t original_{};
  bool stopping_ = false;
  bool failed_ = false;
};

// With SO_REUSEPORT a second installation could bind the same port and take half of the readers unnoticed, so
// the port is first tried without it. A port of 0 becomes a real one here, the same for all workers.
bool claim_port(Address& listen) {
  sockaddr_storage address{};
  socklen_t length = 0;
  if (auto* ipv4 = reinterpret_cast<sockaddr_in*>(&address);
      inet_pton(AF_INET, listen.host.c_str(), &ipv4->sin_addr) == 1) {
    ipv4->sin_family = AF_INET;
    ipv4->sin_port = htons(listen.port);
    length = sizeof(sockaddr_in);
  } else if (auto* ipv6 = reinterpret_cast<sockaddr_in6*>(&address);
             inet_pton(AF_INET6, listen.host.c_str(), &ipv6->sin6_addr) == 1) {
    ipv6->sin6_family = AF_INET6;
    ipv6->sin6_port = htons(listen.port);
    length = sizeof(sockaddr_in6);
  } else {
    std::fprintf(stderr, "foyer: listen: %s is no IP address\n", listen.host.c_str());
    return false;
  }
  const int probe = socket(address.ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const int on = 1;
  setsockopt(probe, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (probe < 0 || bind(probe, reinterpret_cast<sockaddr*>(&address), length) != 0) {
    std::fprintf(stderr, "foyer: cannot listen on %s:%u: %s\n", listen.host.c_str(), unsigned{listen.port},
                 std::strerror(errno));
    close(probe);
    return false;
  }
  getsockname(probe, reinterpret_cast<sockaddr*>(&address), &length);
  listen.port = ntohs(address.ss_family == AF_INET ? reinterpret_cast<sockaddr_in*>(&address)->sin_port
                                                   : reinterpret_cast<sockaddr_in6*>(&address)->sin6_port);
  close(probe);
  return true;
}

}  // namespace

int run_workers(Config config) {
  if (!claim_port(config.listen)) {
    return 1;
  }
  return Supervisor{std::move(config)}.run();
}

}  // namespace foyer
