// From an admitted request to its finished answer: route, cross-origin rule, rate limit, handler, the fields
// that every answer carries. What a handler throws becomes 500 here. I/O thread only.
#pragma once

#include <string>

#include "server/http/guest_pages.hpp"
#include "server/http/http_server.hpp"
#include "server/http/member_threads.hpp"
#include "server/http/message.hpp"
#include "server/http/rate_rules.hpp"
#include "server/http/request_record.hpp"
#include "server/http/router.hpp"
#include "server/http/session.hpp"
#include "server/http/shared_reads.hpp"
#include "server/http/site.hpp"
#include "server/runtime/task.hpp"

namespace foyer::http {

class Dispatcher {
 public:
  // All must outlive the dispatcher.
  Dispatcher(const Site& site, const HttpServices& services, const Router& router);
  Dispatcher(const Dispatcher&) = delete;
  Dispatcher& operator=(const Dispatcher&) = delete;

  // Never throws. The request is taken: handlers keep it as long as their jobs need it. `late` gets the refusal that
  // fits who asked, a page or a problem.
  runtime::Task<Response> answer(Request request, LateAnswer& late);

  // An answer made without a handler (malformed, timed out), with the fields that every answer carries.
  Response refusal(const Error& error, const std::string& request_id) const;
  RequestRecord& record() { return record_; }

 private:
  runtime::Task<Response> route(CallPointer call, const Router::Match& match);
  runtime::Task<Response> run_guarded(CallPointer call, const Router::Match& match);
  void finish(const Call& call, Audience audience, Response& response) const;

  const Site& site_;
  const HttpServices& services_;
  const Router& router_;
  RateRules rates_;
  RequestRecord record_;
  SharedReads shared_reads_;
  GuestPages guest_pages_;
  MemberThreads member_threads_;
};

}  // namespace foyer::http
