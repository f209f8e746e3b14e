#include "server/http/listener.hpp"

#include <stdexcept>

#include <boost/asio/ip/address.hpp>
#include <sys/socket.h>

#include "protocol/limits.hpp"
#include "server/runtime/log.hpp"

namespace foyer::http {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;

tcp::endpoint endpoint_of(const std::string& host, std::uint16_t port) {
  boost::system::error_code failed;
  const auto address = asio::ip::make_address(host == "localhost" ? std::string("127.0.0.1") : host, failed);
  if (failed) {
    throw std::runtime_error("'" + host + "' is not an address to listen on");
  }
  return {address, port};
}

std::string why(const boost::system::error_code& error) {
  if (error == asio::error::address_in_use) {
    return " is taken";
  }
  if (error == asio::error::access_denied) {
    return " may not be used by this user";
  }
  return " cannot be listened on: " + error.message();
}

}  // namespace

Listener::Listener(asio::io_context& io, const std::string& host, std::uint16_t port, PortUse use)
    : acceptor_(io), pause_(io) {
  const tcp::endpoint endpoint = endpoint_of(host, port);
  boost::system::error_code error;
  acceptor_.open(endpoint.protocol(), error);
  if (!error) {
    acceptor_.set_option(tcp::acceptor::reuse_address(true), error);
  }
  const int on = 1;
  if (!error && use == PortUse::shared &&
      ::setsockopt(acceptor_.native_handle(), SOL_SOCKET, SO_REUSEPORT, &on, sizeof(on)) != 0) {
    error.assign(errno, boost::system::system_category());
  }
  if (!error) {
    acceptor_.bind(endpoint, error);
  }
  if (!error) {
    acceptor_.listen(asio::socket_base::max_listen_connections, error);
  }
  if (error) {
    throw std::runtime_error(host + ":" + std::to_string(port) + why(error));
  }
  port_ = acceptor_.local_endpoint().port();
}

void Listener::stop() {
  stopped_ = true;
  boost::system::error_code ignored;
  acceptor_.close(ignored);
  pause_.cancel();
}

runtime::Task<> Listener::accept(std::shared_ptr<Listener> self, Accepted accepted) {
  while (!self->stopped_) {
    boost::system::error_code error;
    Socket socket = co_await self->acceptor_.async_accept(runtime::no_throw(error));
    if (!error) {
      accepted(std::move(socket));
      continue;
    }
    if (self->stopped_) {
      break;
    }
    if (error == asio::error::connection_aborted) {
      continue;  // that one client has gone
    }
    runtime::log(runtime::LogLevel::error, "accept_failed", {{"why", std::string_view(error.message())}});
    self->pause_.expires_after(limits::accept_pause);
    co_await self->pause_.async_wait(runtime::no_throw(error));
  }
}

}  // namespace foyer::http
