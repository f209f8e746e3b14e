// A listening TCP port and its accept loop. A failed accept (no descriptors left) pauses the loop instead of
// spinning. I/O thread only.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include <boost/asio/basic_socket_acceptor.hpp>

#include "server/http/session.hpp"

namespace foyer::http {

enum class PortUse { alone, shared };  // shared: SO_REUSEPORT, several processes on one port

class Listener {
 public:
  // Binds and listens; throws std::runtime_error with one clear line ("127.0.0.1:8080 is taken").
  Listener(boost::asio::io_context& io, const std::string& host, std::uint16_t port, PortUse use);
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;

  std::uint16_t port() const { return port_; }
  void stop();

  using Accepted = std::function<void(Socket)>;
  static runtime::Task<> accept(std::shared_ptr<Listener> self, Accepted accepted);

 private:
  boost::asio::basic_socket_acceptor<boost::asio::ip::tcp, Executor> acceptor_;
  Timer pause_;
  std::uint16_t port_ = 0;
  bool stopped_ = false;
};

}  // namespace foyer::http
