// A page being made, on a database worker: who looks, and the ways to answer. Pages are rendered in the job too,
// which keeps the I/O thread free for the live channel.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "persistence/database.hpp"
#include "protocol/result.hpp"
#include "server/forum/actor.hpp"
#include "server/http/call.hpp"
#include "server/http/page_cache.hpp"
#include "server/http/router.hpp"
#include "server/pages/page_context.hpp"

namespace foyer::http {

class PageVisit {
 public:
  explicit PageVisit(const Call& call) : call_(call) {}  // which must outlive the visit
  // Of somebody who is known already; `kept` is what the page shows when that is known, too, or null.
  PageVisit(const Call& call, forum::Actor actor, std::shared_ptr<const KeptContent> kept)
      : call_(call), actor_(std::move(actor)), content_(std::move(kept)) {}

  // Looks up who asks; without a cookie or token it is a guest and the database is not asked.
  Result<void> identify();

  const Call& call() const { return call_; }
  const forum::Actor& actor() const { return actor_; }
  forum::Proof proof() const { return call_.proof; }
  persistence::Database& database() const { return call_.services.database; }
  // The page shows the channel as it stood at this version.
  void note_shown(Channel channel, std::int64_t version) { shown_.push_back({channel, version}); }
  const std::vector<ShownVersion>& shown() const { return shown_; }
  // Of the page of a thread, once it is known.
  const std::shared_ptr<const KeptContent>& content() const { return content_; }
  void set_content(std::shared_ptr<const KeptContent> content) { content_ = std::move(content); }
  std::string query(std::string_view name) const { return first_value(call_.query, name); }

  // A new form key for each page of a member, so that a double click posts once.
  pages::PageContext context() const;
  Response page(std::string html, int status = 200) const;
  // An error page; guests who must log in are sent to do so and come back.
  Response refuse(const Error& error) const;
  // To this path with the query of the request; for slugs that are wrong.
  Response moved(std::string path) const;

 private:
  const Call& call_;
  forum::Actor actor_;
  std::vector<ShownVersion> shown_;
  std::shared_ptr<const KeptContent> content_;
};

// Makes the page as one job on a worker.
runtime::Task<Response> show_page(CallPointer call, std::function<Response(PageVisit&)> show);

// An error page without looking anybody up: also for the I/O thread.
Response refuse_to_guest(const Call& call, const Error& error);

// A page that shows a form again with what was wrong with it.
pages::FormState form_state(const Error& error);

// Where /login leads back to: `next` when it is a path on this site, else "/".
std::string local_path(std::string_view next);
std::string login_address(std::string_view next);

}  // namespace foyer::http
