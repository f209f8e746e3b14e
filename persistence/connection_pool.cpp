#include "persistence/connection_pool.hpp"

#include <utility>

#include <poll.h>

#include "persistence/errors.hpp"
#include "persistence/transaction_impl.hpp"
#include "protocol/limits.hpp"

namespace foyer::persistence {
namespace {

// Nothing is expected from PostgreSQL on an idle connection: if there is something to read it is the farewell of
// a server that was stopped or told to end the session.
bool said_farewell(Connection& connection) {
  pollfd socket{connection.link.sock(), POLLIN, 0};
  return socket.fd < 0 || ::poll(&socket, 1, 0) != 0;
}

}  // namespace

ConnectionPool::ConnectionPool(std::string connection_string, std::size_t connections_max)
    : connection_string_(std::move(connection_string)), connections_max_(connections_max) {
  idle_.reserve(connections_max_);
}

ConnectionPool::~ConnectionPool() = default;

ConnectionPool::Lease::Lease(ConnectionPool& pool, std::unique_ptr<Connection> connection)
    : pool_(pool), connection_(std::move(connection)) {}

ConnectionPool::Lease::Lease(Lease&& other) noexcept = default;

ConnectionPool::Lease::~Lease() {
  if (connection_) {
    pool_.give_back(std::move(connection_));
  }
}

ConnectionPool::Lease ConnectionPool::borrow() {
  while (std::unique_ptr<Connection> connection = take_idle_or_slot()) {
    if (!said_farewell(*connection)) {
      return {*this, std::move(connection)};
    }
    connection.reset();
    free_slot();
  }
  return {*this, open()};
}

// An idle connection, or null when a slot was taken in which the caller opens one.
std::unique_ptr<Connection> ConnectionPool::take_idle_or_slot() {
  std::unique_lock lock{mutex_};
  const auto one_is_free = [this] { return !idle_.empty() || open_ < connections_max_; };
  if (!freed_.wait_for(lock, limits::connection_wait, one_is_free)) {
    throw DatabaseBusy("every database connection is in use");
  }
  if (idle_.empty()) {
    ++open_;
    return nullptr;
  }
  std::unique_ptr<Connection> connection = std::move(idle_.back());
  idle_.pop_back();
  return connection;
}

std::unique_ptr<Connection> ConnectionPool::open() {
  try {
    return std::make_unique<Connection>(connection_string_);
  } catch (...) {
    free_slot();
    throw_mapped(nullptr);
  }
}

void ConnectionPool::give_back(std::unique_ptr<Connection> connection) noexcept {
  if (connection->broken || !connection->link.is_open()) {
    connection.reset();
    free_slot();
    return;
  }
  {
    const std::lock_guard lock{mutex_};
    idle_.push_back(std::move(connection));  // room was reserved
  }
  freed_.notify_one();
}

void ConnectionPool::free_slot() noexcept {
  {
    const std::lock_guard lock{mutex_};
    --open_;
  }
  freed_.notify_one();
}

}  // namespace foyer::persistence
