// The table of routes: method and pattern to handler. Segments of a pattern are literal, {id} (a positive
// 64-bit number), {id}-{slug} or {name} (any text without a slash), with literal text before and behind it. Matching is
// pure; ids that are none are not found.
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "protocol/events.hpp"
#include "protocol/result.hpp"
#include "server/http/call.hpp"
#include "server/http/message.hpp"
#include "server/runtime/task.hpp"

namespace foyer::http {

class PageVisit;

// A committed change: the answer in JSON and its news, published before the answer is sent.
struct Written {
  int status = 200;
  std::string json;
  std::string location;  // of what was created, "" = none
  News news;
};
struct FormDone {
  Response response;
  News news;
};

// A question whose answer is the same for everybody, so that equal ones may share it (shared_reads.hpp). It carries
// nothing of who asks: what depends on the viewer cannot be written with it.
struct PublicQuestion {
  persistence::Database& database;
  const PathValues& path;
  const Pairs& query;
};

// The kinds of handlers. The first five are plain functions that run as one job on a database worker.
using ReadJson = Result<std::string> (*)(const Call&);  // 200 with this JSON
using ReadShared = Result<std::string> (*)(const PublicQuestion&);
using WriteJson = Result<Written> (*)(const Call&);  // members only
using ShowPage = Response (*)(PageVisit&);
using TakeForm = FormDone (*)(PageVisit&);                     // members only
using AnswerLater = runtime::Task<Response> (*)(CallPointer);  // does its own waiting, on the I/O thread
using AnswerNow = Response (*)(const Call&);                   // on the I/O thread, no waiting
using Handler = std::variant<ReadJson, ReadShared, WriteJson, ShowPage, TakeForm, AnswerLater, AnswerNow>;

// How refusals look when the handler does not say: a problem document or a page for people.
enum class Audience { programs, people };

struct Route {
  Method method = Method::get;
  std::string_view pattern;  // a literal
  Audience audience = Audience::programs;
  Handler handler;
  bool costly = false;  // a read that each address may ask for only so often
};

class Router {
 public:
  void add(Route route);
  void add(std::vector<Route> routes);

  struct Found {
    const Route* route = nullptr;  // lives as long as the router
    PathValues values;
  };
  struct NotFound {};
  struct OtherMethods {
    std::string allow;  // for the Allow field, with HEAD and OPTIONS
  };
  using Match = std::variant<Found, NotFound, OtherMethods>;

  // HEAD finds the route of GET.
  Match match(Method method, std::string_view path) const;
  const std::vector<Route>& routes() const { return routes_; }

 private:
  std::vector<Route> routes_;
};

}  // namespace foyer::http
