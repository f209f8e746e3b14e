// How many connections each address has open, and the bound on it. A seat is taken before a connection is
// served and given back by dropping it. I/O thread only, but the last seat may be dropped anywhere later.
#pragma once

#include <cstddef>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

namespace foyer::http {

class AddressSeats : public std::enable_shared_from_this<AddressSeats> {
 public:
  explicit AddressSeats(std::size_t most) : most_(most) {}

  // Null when the address has all its seats taken.
  std::shared_ptr<void> take(const std::string& address);
  std::size_t addresses() const;

 private:
  void give_back(const std::string& address);

  const std::size_t most_;
  mutable std::mutex mutex_;
  std::unordered_map<std::string, std::size_t> taken_;
};

}  // namespace foyer::http
