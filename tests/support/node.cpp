#include "tests/support/node.hpp"

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/support/checkout.hpp"
#include "tests/support/http_client.hpp"
#include "tests/support/services.hpp"

namespace foyer::testing {
namespace {

using namespace std::chrono_literals;

std::string temporary_file() {
  std::string path = "/tmp/foyer-test-XXXXXX";
  close(mkstemp(path.data()));
  return path;
}

std::string read_file(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

// Replaces this (forked) process by the program.
[[noreturn]] void become_program(const std::vector<std::string>& command, const Environment& environment,
                                 const std::string& input_path, const std::string& output_path) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  const int input = open(input_path.c_str(), O_RDONLY);
  const int output = open(output_path.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
  if (input < 0 || output < 0) {
    _exit(126);
  }
  dup2(input, STDIN_FILENO);
  dup2(output, STDOUT_FILENO);
  dup2(output, STDERR_FILENO);
  for (const auto& [name, value] : environment) {
    setenv(name.c_str(), value.c_str(), 1);
  }
  std::vector<char*> words;
  for (const std::string& word : command) {
    words.push_back(const_cast<char*>(word.c_str()));
  }
  words.push_back(nullptr);
  execvp(words.front(), words.data());
  _exit(127);
}

std::vector<std::string> followed_by(std::vector<std::string> words, const std::vector<std::string>& more) {
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

int exit_code_of(int status) { return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status); }

}  // namespace

ProgramResult run_program(const std::vector<std::string>& arguments, const Environment& environment,
                          const std::string& input) {
  const std::string input_path = temporary_file();
  const std::string output_path = temporary_file();
  std::ofstream(input_path) << input;
  const pid_t process = fork();
  if (process == 0) {
    become_program(followed_by({foyer_program()}, arguments), environment, input_path, output_path);
  }
  int status = 0;
  waitpid(process, &status, 0);
  ProgramResult result{exit_code_of(status), read_file(output_path)};
  unlink(input_path.c_str());
  unlink(output_path.c_str());
  return result;
}

Node::Node(const std::string& database_url, const std::string& redis_url, const Environment& environment,
           const std::vector<std::string>& under)
    : port_(free_port()),
      log_path_(temporary_file()),
      environment_{{"FOYER_LISTEN", "127.0.0.1:" + std::to_string(port_)},
                   {"FOYER_DATABASE_URL", database_url},
                   {"FOYER_REDIS_URL", redis_url},
                   {"FOYER_RATE_LIMITS", "off"}},
      command_(followed_by(under, {foyer_program(), "serve"})) {
  for (const auto& [name, value] : environment) {
    environment_[name] = value;
  }
  launch();
  const auto healthy = [this] {
    if (wait(0ms)) {
      throw std::runtime_error("the node ended at once: " + log());
    }
    try {
      return HttpClient{port_}.get("/healthz").status == 200;
    } catch (const std::runtime_error&) {
      return false;
    }
  };
  if (!eventually(healthy, 20s)) {
    throw std::runtime_error("the node does not answer: " + log());
  }
}

void Node::start_again() { launch(); }

void Node::launch() {
  process_ = fork();
  if (process_ == 0) {
    become_program(command_, environment_, "/dev/null", log_path_);
  }
}

Node::~Node() {
  expect_no_fault();
  if (process_ > 0) {
    signal(SIGKILL);
    wait(10s);
  }
  const std::string text = log();
  for (const char* report : {"Sanitizer: ", "runtime error: "}) {
    EXPECT_EQ(text.find(report), std::string::npos) << "a sanitizer reported in a node:\n" << text;
  }
  unlink(log_path_.c_str());
}

// A node that nobody ended has not ended; how it answered a signal of the test is the test's to judge.
void Node::expect_no_fault() {
  if (const auto code = wait(0ms)) {
    const bool asked = *code == 0 || *code == 128 + SIGKILL || *code == 128 + SIGTERM;
    EXPECT_TRUE(asked) << "a node ended by itself with " << *code << ":\n" << log();
  }
}

void Node::signal(int number) const {
  if (process_ > 0) {
    kill(process_, number);
  }
}

std::optional<int> Node::wait(std::chrono::milliseconds patience) {
  int status = 0;
  const bool ended =
      eventually([&] { return process_ > 0 && waitpid(process_, &status, WNOHANG) == process_; }, patience);
  if (!ended) {
    return std::nullopt;
  }
  process_ = 0;
  return exit_code_of(status);
}

std::string Node::log() const { return read_file(log_path_); }

}  // namespace foyer::testing
