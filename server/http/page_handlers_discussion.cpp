// Threads as pages: one thread, a new thread, and the pages about single posts and their moderation.
#include "protocol/limits.hpp"
#include "server/forum/films.hpp"
#include "server/forum/moderation.hpp"
#include "server/forum/permissions.hpp"
#include "server/forum/posts.hpp"
#include "server/forum/threads.hpp"
#include "server/http/discussion_pages.hpp"
#include "server/http/handlers.hpp"
#include "server/http/page_visit.hpp"
#include "server/http/problem.hpp"
#include "server/http/query_fields.hpp"
#include "server/pages/addresses.hpp"
#include "server/pages/pages.hpp"

namespace foyer::http {
namespace {

using persistence::Transaction;

// ?at=NUMBER: to the page where that post stands.
Response thread_at(PageVisit& visit, std::int64_t number) {
  const auto found = visit.database().read(
      [&](Transaction& transaction) { return forum::read_thread(transaction, visit.call().id<ThreadId>()); });
  if (!found) {
    return visit.refuse(found.error());
  }
  if (number < 1 || number > found->post_count) {
    return visit.refuse(refused(ErrorCode::not_found, "The thread has no such post."));
  }
  return redirect(302, post_address(*found, PostNumber{number}));
}

Response thread(PageVisit& visit) {
  const std::string at = visit.query("at");
  if (!at.empty()) {
    return thread_at(visit, integer_from_text(at).value_or(0));
  }
  Composed composed;
  std::int64_t page_number = 1;
  const auto reply_to = integer_from_text(visit.query("reply_to"));
  if (reply_to && *reply_to > 0) {
    composed.reply_to = PostNumber{*reply_to};
    page_number = page_of(*composed.reply_to);
  }
  const std::string page = visit.query("page");
  if (!page.empty()) {
    page_number = integer_from_text(page).value_or(-1);
    if (page_number < 1) {
      return visit.refuse(not_found());
    }
  }
  return thread_response(visit, page_number, composed);
}

// Pages that only members have use for.
std::optional<Response> send_guest_away(const PageVisit& visit) {
  if (!visit.actor().guest()) {
    return std::nullopt;
  }
  return visit.refuse(refused(ErrorCode::unauthenticated, "Log in first."));
}

Response new_thread(PageVisit& visit) {
  if (auto away = send_guest_away(visit)) {
    return std::move(*away);
  }
  pages::NewThreadPage page;
  page.kind = thread_kind_from_word(visit.query("kind")).value_or(ThreadKind::discussion);
  const std::string film = visit.query("film");
  if (!film.empty()) {
    const FilmId id{integer_from_text(film).value_or(0)};
    const auto found =
        visit.database().snapshot([&](Transaction& transaction) { return forum::read_film(transaction, id); });
    if (!found) {
      return visit.refuse(found.error());
    }
    page.films.push_back({found->id, found->slug, found->title, found->year});
  }
  return visit.page(pages::new_thread_page(visit.context(), page));
}

Response post_place(PageVisit& visit) {
  const auto place = visit.database().read(
      [&](Transaction& transaction) { return forum::find_place(transaction, visit.call().id<PostId>()); });
  return place ? redirect(302, post_address(place->thread, place->number)) : visit.refuse(place.error());
}

Response edit(PageVisit& visit) {
  if (auto away = send_guest_away(visit)) {
    return std::move(*away);
  }
  const PostId id = visit.call().id<PostId>();
  const auto found = visit.database().snapshot([&](Transaction& transaction) -> Result<pages::EditPostPage> {
    auto body = forum::read_body_for_edit(transaction, visit.actor(), id);
    if (!body) {
      return body.error();
    }
    auto post = forum::read_post(transaction, id);
    if (!post) {
      return post.error();
    }
    return pages::EditPostPage{std::move(*post), std::move(*body), {}};
  });
  return found ? visit.page(pages::edit_post_page(visit.context(), *found)) : visit.refuse(found.error());
}

Result<PostView> read_post(PageVisit& visit) {
  return visit.database().read(
      [&](Transaction& transaction) { return forum::read_post(transaction, visit.call().id<PostId>()); });
}

Response removal(PageVisit& visit) {
  const Result<void> allowed = forum::may_moderate(visit.actor());
  if (!allowed) {
    return visit.refuse(allowed.error());
  }
  const Result<PostView> post = read_post(visit);
  return post ? visit.page(pages::remove_post_page(visit.context(), *post, {})) : visit.refuse(post.error());
}

Response deletion(PageVisit& visit) {
  if (auto away = send_guest_away(visit)) {
    return std::move(*away);
  }
  const Result<PostView> post = read_post(visit);
  if (!post) {
    return visit.refuse(post.error());
  }
  if (!visit.actor().is(post->author.id)) {
    return visit.refuse(refused(ErrorCode::forbidden, "Only its author deletes a post."));
  }
  return visit.page(pages::delete_post_page(visit.context(), *post));
}

Response history_with(PageVisit& visit, const std::optional<ReachView>& reach) {
  const auto revisions = visit.database().read([&](Transaction& transaction) {
    return forum::read_history(transaction, visit.actor(), visit.call().id<PostId>());
  });
  if (!revisions) {
    return visit.refuse(revisions.error());
  }
  const Result<PostView> post = read_post(visit);
  return post ? visit.page(pages::history_page(visit.context(), *post, *revisions, reach)) : visit.refuse(post.error());
}

// How far a removal has come is known on the I/O thread, so it is asked before the page is made on a worker.
runtime::Task<Response> history(CallPointer call) {
  auto show = [reach = call->services.reach(call->id<PostId>())](PageVisit& visit) {
    return history_with(visit, reach);
  };
  return show_page(std::move(call), std::move(show));
}

Response moderation_log(PageVisit& visit) {
  const std::string after = visit.query("after");
  const forum::ListRequest list{after.empty() ? std::nullopt : std::optional(after), limits::page_items_default};
  auto entries = visit.database().read(
      [&](Transaction& transaction) { return forum::read_moderation_log(transaction, visit.actor(), list); });
  if (!entries) {
    return visit.refuse(entries.error());
  }
  pages::ModerationLogPage page{std::move(*entries), {}};
  if (page.entries.next) {
    page.next_address = "/moderation/log?after=" + encode_component(*page.entries.next);
  }
  return visit.page(pages::moderation_log_page(visit.context(), page));
}

}  // namespace

std::vector<Route> discussion_page_routes() {
  constexpr auto people = Audience::people;
  return {{Method::get, "/threads/new", people, &new_thread}, {Method::get, "/threads/{id}-{slug}", people, &thread}};
}

std::vector<Route> post_page_routes() {
  constexpr auto people = Audience::people;
  return {{Method::get, "/posts/{id}", people, &post_place},
          {Method::get, "/posts/{id}/edit", people, &edit},
          {Method::get, "/posts/{id}/remove", people, &removal},
          {Method::get, "/posts/{id}/delete", people, &deletion},
          {Method::get, "/posts/{id}/history", people, &history},
          {Method::get, "/moderation/log", people, &moderation_log}};
}

}  // namespace foyer::http
