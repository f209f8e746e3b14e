// /api/v1/threads and their events.
#include "protocol/codec.hpp"
#include "server/forum/catch_up.hpp"
#include "server/forum/related.hpp"
#include "server/forum/threads.hpp"
#include "server/http/handlers.hpp"
#include "server/http/jobs.hpp"
#include "server/http/json_body.hpp"
#include "server/http/query_fields.hpp"

namespace foyer::http {
namespace {

using forum::Actor;
using persistence::Transaction;

Result<Written> post_thread(const Call& call) {
  const auto json = json_body(call.request);
  if (!json) {
    return json.error();
  }
  const Result<StartThreadRequest> request = codec::decode_start_thread(*json);
  if (!request) {
    return request.error();
  }
  const Result<std::string> key = idempotency_key(call.request);
  if (!key) {
    return key.error();
  }
  auto started = write_as_caller(call, [&](Transaction& transaction, const Actor& actor) {
    return forum::start_thread(transaction, actor, *request, *key);
  });
  if (!started) {
    return started.error();
  }
  return Written{201, codec::encode(started->view), "/api/v1/threads/" + std::to_string(started->view.thread.id.value),
                 std::move(started->news)};
}

Result<std::string> get_threads(const Call& call) {
  QueryFields query(call.query);
  forum::ThreadQuery wanted;
  wanted.film = query.id<FilmId>("film");
  wanted.kind = query.text("kind");
  wanted.sort = query.text("sort");
  if (const auto solved = query.integer("solved", 0, 1)) {
    wanted.solved = *solved == 1;
  }
  const forum::ListRequest list = query.list();
  const Result<void> read = query.finish();
  if (!read) {
    return read.error();
  }
  const auto threads = call.services.database.read(
      [&](Transaction& transaction) { return forum::list_threads(transaction, wanted, list); });
  return threads ? Result<std::string>(codec::encode(*threads)) : threads.error();
}

Result<std::string> get_suggestions(const Call& call) {
  QueryFields query(call.query);
  const std::string title = query.text("title");
  const auto film = query.id<FilmId>("film");
  const Result<void> read = query.finish();
  if (!read) {
    return read.error();
  }
  const auto threads = call.services.database.snapshot([&](Transaction& transaction) {
    return forum::suggest_threads(transaction, title, film ? std::vector{*film} : std::vector<FilmId>{});
  });
  return threads ? Result<std::string>(codec::encode(ListView<RelatedThreadView>{*threads, std::nullopt}))
                 : threads.error();
}

Result<std::string> get_thread(const Call& call) {
  const Result<void> plain = no_parameters(call.query);
  if (!plain) {
    return plain.error();
  }
  const auto thread = call.services.database.read(
      [&](Transaction& transaction) { return forum::read_thread(transaction, call.id<ThreadId>()); });
  return thread ? Result<std::string>(codec::encode(*thread)) : thread.error();
}

Result<Written> patch_thread(const Call& call) {
  const auto json = json_body(call.request);
  if (!json) {
    return json.error();
  }
  const Result<ChangeThreadRequest> request = codec::decode_change_thread(*json);
  if (!request) {
    return request.error();
  }
  return written(write_as_caller(call, [&](Transaction& transaction, const Actor& actor) {
    return forum::change_thread(transaction, actor, call.id<ThreadId>(), *request);
  }));
}

Result<std::string> get_events(const PublicQuestion& question) {
  QueryFields query(question.query);
  const Seq since{query.integer("since", 0, INT64_MAX).value_or(0)};
  const int limit = query.limit();
  const Result<void> read = query.finish();
  if (!read) {
    return read.error();
  }
  const auto found = question.database.snapshot([&](Transaction& transaction) {
    return forum::read_events(transaction, ThreadId{question.path.id}, since, limit);
  });
  if (!found) {
    return found.error();
  }
  std::optional<std::string> next;  // for ?since=
  if (!found->events.empty() && found->events.back().seq < found->head) {
    next = std::to_string(found->events.back().seq.value);
  }
  return codec::encode_event_list(found->events, next, found->head);
}

}  // namespace

std::vector<Route> thread_routes() {
  constexpr auto programs = Audience::programs;
  return {{Method::post, "/api/v1/threads", programs, &post_thread},
          {Method::get, "/api/v1/threads", programs, &get_threads},
          {Method::get, "/api/v1/threads/suggestions", programs, &get_suggestions, true},
          {Method::get, "/api/v1/threads/{id}", programs, &get_thread},
          {Method::patch, "/api/v1/threads/{id}", programs, &patch_thread},
          {Method::get, "/api/v1/threads/{id}/events", programs, &get_events}};
}

}  // namespace foyer::http
