#include "server/http/address_seats.hpp"

namespace foyer::http {

std::shared_ptr<void> AddressSeats::take(const std::string& address) {
  {
    const std::lock_guard lock(mutex_);
    std::size_t& seats = taken_[address];
    if (seats >= most_) {
      return nullptr;
    }
    ++seats;
  }
  struct Seat {
    std::shared_ptr<AddressSeats> seats;
    std::string address;
    Seat(std::shared_ptr<AddressSeats> of, std::string whose) : seats(std::move(of)), address(std::move(whose)) {}
    Seat(const Seat&) = delete;
    Seat& operator=(const Seat&) = delete;
    ~Seat() { seats->give_back(address); }
  };
  return std::make_shared<Seat>(shared_from_this(), address);
}

std::size_t AddressSeats::addresses() const {
  const std::lock_guard lock(mutex_);
  return taken_.size();
}

void AddressSeats::give_back(const std::string& address) {
  const std::lock_guard lock(mutex_);
  const auto found = taken_.find(address);
  if (found != taken_.end() && --found->second == 0) {
    taken_.erase(found);
  }
}

}  // namespace foyer::http
