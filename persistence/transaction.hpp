// One open transaction on a connection borrowed from the Database. Stores take it by reference; only their .cpp
// files see libpqxx (through transaction_impl.hpp). Dropping it without commit rolls back. One thread at a time.
#pragma once

#include <memory>

namespace foyer::persistence {

class ConnectionPool;

enum class Access {
  write,     // read committed, read-write
  read,      // every statement on its own, no transaction block: one round trip per statement
  snapshot,  // repeatable read, read only: all statements see one state
};

class Transaction {
 public:
  Transaction(ConnectionPool& pool, Access access);  // throws DatabaseAway
  ~Transaction();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;

  // Throws CommitInDoubt when the connection breaks meanwhile. A no-op for read and snapshot.
  void commit();

  struct Impl;  // transaction_impl.hpp
  Impl& impl() { return *impl_; }

 private:
  std::unique_ptr<Impl> impl_;
};

}  // namespace foyer::persistence
