// A real node: the program `foyer serve` as a child process on a loopback port of its own. It dies with the
// test program.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <sys/types.h>

namespace foyer::testing {

using Environment = std::map<std::string, std::string>;

struct ProgramResult {
  int exit_code = -1;
  std::string output;  // standard output and standard error together
};

// Runs `foyer ARGUMENTS` to its end with exactly these FOYER_ variables and `input` on standard input.
ProgramResult run_program(const std::vector<std::string>& arguments, const Environment& environment,
                          const std::string& input = "");

class Node {
 public:
  // Starts and waits until /healthz answers. `environment` adds to database, Redis, listen address and
  // FOYER_RATE_LIMITS=off. `under` is the command that runs the program, if one does (valgrind and its options). Log
  // lines go to a temporary file, see log().
  Node(const std::string& database_url, const std::string& redis_url, const Environment& environment = {},
       const std::vector<std::string>& under = {});
  // Kills it, if it still runs. A test fails whose node ended by itself or left a sanitizer's report in its log.
  ~Node();
  Node(const Node&) = delete;
  Node& operator=(const Node&) = delete;

  // After its end: the same node once more, on the same port, with the same settings and log. Returns at once. Must be
  // called by a thread that outlives the node: the node dies with its parent thread.
  void start_again();

  std::uint16_t port() const { return port_; }
  pid_t process() const { return process_; }
  void signal(int number) const;
  // Waits for the end and returns the exit code (128 + signal when killed); empty after `patience`.
  std::optional<int> wait(std::chrono::milliseconds patience);
  std::string log() const;

 private:
  void launch();
  void expect_no_fault();

  std::uint16_t port_ = 0;
  pid_t process_ = 0;
  std::string log_path_;
  Environment environment_;
  std::vector<std::string> command_;
};

}  // namespace foyer::testing
