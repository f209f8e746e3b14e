// One routed request on its way through handlers and jobs. It is shared and constant: a job that outlives the
// answer (a time-out) still has all it reads.
#pragma once

#include <memory>
#include <string>

#include "server/forum/accounts.hpp"
#include "server/http/encoded_pairs.hpp"
#include "server/http/http_server.hpp"
#include "server/http/message.hpp"
#include "server/http/site.hpp"

namespace foyer::http {

// What the pattern of a route found in the path.
struct PathValues {
  std::int64_t id = 0;  // positive where the pattern has one
  std::string slug;     // as sent, may be wrong or ""
  std::string name;     // decoded
};

struct Call {
  const Site& site;              // outlive every call
  const HttpServices& services;  // of these, jobs use the database only
  Request request;
  PathValues path;
  Pairs query;
  forum::Proof proof;
  bool searches = false;  // it looks for words, which may take long

  bool anonymous() const { return proof.session_token.empty() && proof.bearer_token.empty(); }
  template <class Id>
  Id id() const {
    return Id{path.id};
  }
};

using CallPointer = std::shared_ptr<const Call>;

}  // namespace foyer::http
