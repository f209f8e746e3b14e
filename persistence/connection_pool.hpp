// Keeps at most a fixed number of PostgreSQL connections and lends them, the one used last first. A connection
// that broke, or that PostgreSQL ended while it lay idle, is dropped and replaced. Thread-safe. The pool must
// outlive its leases.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace foyer::persistence {

struct Connection;  // transaction_impl.hpp

class ConnectionPool {
 public:
  ConnectionPool(std::string connection_string, std::size_t connections_max);
  ~ConnectionPool();
  ConnectionPool(const ConnectionPool&) = delete;
  ConnectionPool& operator=(const ConnectionPool&) = delete;

  // Gives its connection back when dropped; a broken one is closed instead.
  class Lease {
   public:
    Lease(ConnectionPool& pool, std::unique_ptr<Connection> connection);
    ~Lease();
    Lease(Lease&& other) noexcept;
    Lease& operator=(Lease&&) = delete;

    Connection& connection() { return *connection_; }

   private:
    ConnectionPool& pool_;
    std::unique_ptr<Connection> connection_;
  };

  // Waits at most limits::connection_wait for a free connection, then throws DatabaseBusy; DatabaseAway when a new
  // one cannot be opened.
  Lease borrow();

 private:
  std::unique_ptr<Connection> open();
  std::unique_ptr<Connection> take_idle_or_slot();
  void give_back(std::unique_ptr<Connection> connection) noexcept;
  void free_slot() noexcept;

  const std::string connection_string_;
  const std::size_t connections_max_;
  std::mutex mutex_;
  std::condition_variable freed_;
  std::vector<std::unique_ptr<Connection>> idle_;  // the one used last at the back
  std::size_t open_ = 0;                           // lent, idle or being opened
};

}  // namespace foyer::persistence
