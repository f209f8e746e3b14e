// Real PostgreSQL and Redis for tests: private, on free addresses, started on first use and stopped when the test
// program ends. Nothing here sleeps but `eventually`.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include <sys/types.h>

namespace foyer::testing {

class ChildProcess;
class ScratchFolder;

// True as soon as the condition holds, false when it does not by then.
bool eventually(const std::function<bool()>& condition, std::chrono::milliseconds deadline = std::chrono::seconds(10));

// A loopback port that is free now; somebody else may take it before it is used.
std::uint16_t free_port();

// A PostgreSQL cluster on a unix socket. The files of a new cluster are made once per test program and copied.
class PostgresServer {
 public:
  enum class Safety {
    none,     // in memory, no fsync: quick, and still nothing committed is lost when the server is killed
    durable,  // on disk with fsync: for measurements
  };
  explicit PostgresServer(Safety safety = Safety::none);  // starts
  ~PostgresServer();                                      // kills

  void start();  // returns when it answers
  void stop();   // in order; sessions are ended
  void kill();   // as a crash does
  void restart();
  // All its processes stop where they are, connections stay open: it hangs. thaw() lets them go on.
  void freeze();
  void thaw();

  pid_t process() const;  // the postmaster

  std::string url(const std::string& database = "postgres") const;
  std::string create_empty_database();  // without migrations; its url

  // From now on, in all its databases; then how many were run whose text matches the regular expression.
  void count_statements();
  std::int64_t statements(const std::string& pattern) const;

 private:
  friend class TestDatabase;
  bool try_start();
  void signal_all(int number);
  void ensure_template();

  Safety safety_;
  std::unique_ptr<ScratchFolder> folder_;
  std::unique_ptr<ChildProcess> process_;
  bool has_template_ = false;
  int databases_ = 0;
};

// A Redis server on a free port of the loopback address, without persistence.
class RedisServer {
 public:
  RedisServer();  // starts
  ~RedisServer();

  void start();  // on the same port; returns when it answers
  void stop();
  void kill();
  void restart();
  void signal(int number);  // SIGSTOP makes it hang, SIGCONT lets it go on

  pid_t process() const;
  std::string url() const;  // redis://127.0.0.1:PORT
  int port() const { return port_; }

 private:
  bool try_start();

  std::unique_ptr<ScratchFolder> folder_;
  std::unique_ptr<ChildProcess> process_;
  int port_ = 0;
};

PostgresServer& shared_postgres();
RedisServer& shared_redis();

// A fresh database with all migrations, cloned from a template that is migrated once per server; dropped at the end.
class TestDatabase {
 public:
  explicit TestDatabase(PostgresServer& server = shared_postgres());
  ~TestDatabase();
  TestDatabase(const TestDatabase&) = delete;
  TestDatabase& operator=(const TestDatabase&) = delete;

  const std::string& url() const { return url_; }

 private:
  PostgresServer& server_;
  std::string name_;
  std::string url_;
};

// Runs any SQL on a connection of its own; the first column of the first row, or "".
std::string run_sql(const std::string& url, const std::string& sql);

}  // namespace foyer::testing
