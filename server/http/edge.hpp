// One port of the node with all that answers on it: listener, its sessions, dispatcher. The node has one or two:
// the forum's and, when set, the metrics' own. I/O thread only.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <unordered_set>

#include "server/http/address_seats.hpp"
#include "server/http/client_address.hpp"
#include "server/http/dispatcher.hpp"
#include "server/http/listener.hpp"
#include "server/http/session.hpp"

namespace foyer::http {

struct EdgeParts {
  Site site;
  HttpServices services;
  Router router;
  TrustedProxies proxies;
  std::shared_ptr<AddressSeats> seats;  // null: addresses are not limited
};

class Edge : public SessionHost, public std::enable_shared_from_this<Edge> {
 public:
  Edge(boost::asio::io_context& io, std::shared_ptr<Listener> listener, EdgeParts parts);

  void start();
  void announce_shutdown() { draining_ = true; }
  static runtime::Task<> shutdown(std::shared_ptr<Edge> self, std::chrono::milliseconds patience);
  std::uint16_t port() const { return listener_->port(); }
  std::size_t connections() const { return sessions_.size(); }

  runtime::Task<Response> answer(Request request, LateAnswer& late) override;
  Response refusal(const Error& error, const std::string& request_id) override;
  void note_refusal(std::string_view why) override;
  std::string next_request_id() override;
  std::string client_of(const Peer& peer, const Headers& headers) override;
  bool draining() const override { return draining_; }
  Result<forum::Proof> check_upgrade(const Request& request) override;
  void hand_over(runtime::Upgrade upgrade) override;
  void ended(Session& session) override;

 private:
  void accepted(Socket socket);

  Executor executor_;
  std::shared_ptr<Listener> listener_;
  const EdgeParts parts_;
  Dispatcher dispatcher_;
  std::unordered_set<Session*> sessions_;  // each takes itself out when it ends
  Timer all_ended_;
  std::string id_prefix_;
  std::uint64_t requests_ = 0;
  bool draining_ = false;
};

}  // namespace foyer::http
