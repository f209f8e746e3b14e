// Feeds in Atom. Guests get them out of the memory of pages, which hears when a post in them is removed; whether a
// reader has the newest is told by ETag alone: a removal makes a feed older, which no date of change would show.
#include <algorithm>
#include <chrono>

#include "server/forum/feeds.hpp"
#include "server/http/handlers.hpp"
#include "server/http/page_visit.hpp"
#include "server/http/response_head.hpp"
#include "server/pages/addresses.hpp"
#include "server/pages/atom_feed.hpp"

namespace foyer::http {
namespace {

using pages::AtomFeed;
using persistence::Transaction;

Response feed_response(PageVisit& visit, const AtomFeed& feed) {
  Response response{200, {}, pages::atom_feed(visit.call().site.public_url, feed)};
  response.add("Content-Type", std::string(pages::atom_type.text()) + "; charset=utf-8");
  if (const auto changed = pages::updated_at(feed.entries)) {
    response.add("Last-Modified", http_date(*changed));
  }
  return response;
}

void note_shown(PageVisit& visit, const ThreadView& thread) {
  visit.note_shown({ChannelKind::thread, thread.id.value}, thread.last_seq.value);
}

void note_shown(PageVisit& visit, const FeedEntries& entries) {
  for (const FeedEntry& entry : entries) {
    note_shown(visit, entry.thread);
  }
}

Response front_feed(PageVisit& visit) {
  AtomFeed feed{.title = "New discussions", .id = "/feed.atom", .self = "/feed.atom", .page = "/", .entries = {}};
  feed.entries =
      visit.database().snapshot([](Transaction& transaction) { return forum::read_front_feed(transaction); });
  note_shown(visit, feed.entries);
  return feed_response(visit, feed);
}

Response film_feed(PageVisit& visit) {
  auto found = visit.database().snapshot(
      [&](Transaction& transaction) { return forum::read_film_feed(transaction, visit.call().id<FilmId>()); });
  if (!found) {
    return visit.refuse(found.error());
  }
  const std::string page = pages::address_of(found->film);
  if (visit.call().path.slug != found->film.slug) {
    return visit.moved(pages::feed_of(page));
  }
  note_shown(visit, found->entries);
  if (found->comments) {
    note_shown(visit, *found->comments);
  }
  return feed_response(visit, {.title = found->film.title,
                               .id = "/films/" + std::to_string(found->film.id.value),
                               .self = pages::feed_of(page),
                               .page = page,
                               .entries = std::move(found->entries)});
}

Response thread_feed(PageVisit& visit) {
  auto found = visit.database().snapshot(
      [&](Transaction& transaction) { return forum::read_thread_feed(transaction, visit.call().id<ThreadId>()); });
  if (!found) {
    return visit.refuse(found.error());
  }
  const std::string page = pages::address_of(found->thread);
  if (visit.call().path.slug != found->thread.slug) {
    return visit.moved(pages::feed_of(page));
  }
  note_shown(visit, found->thread);
  return feed_response(visit, {.title = found->thread.title,
                               .id = "/threads/" + std::to_string(found->thread.id.value),
                               .self = pages::feed_of(page),
                               .page = page,
                               .entries = std::move(found->entries)});
}

// Made for each who asks: no channel says that a member has written.
Response member_feed(PageVisit& visit) {
  const std::string& name = visit.call().path.name;
  auto found =
      visit.database().snapshot([&](Transaction& transaction) { return forum::read_member_feed(transaction, name); });
  if (!found) {
    return visit.refuse(found.error());
  }
  const std::string page = pages::address_of_member(found->member.name);
  if (found->member.name != name) {
    return visit.moved(pages::feed_of(page));
  }
  return feed_response(visit, {.title = "Posts by " + found->member.name,
                               .id = page,
                               .self = pages::feed_of(page),
                               .page = page,
                               .entries = std::move(found->entries)});
}

}  // namespace

std::vector<Route> feed_routes() {
  constexpr auto people = Audience::people;
  return {{Method::get, "/feed.atom", people, &front_feed},
          {Method::get, "/films/{id}-{slug}.atom", people, &film_feed},
          {Method::get, "/threads/{id}-{slug}.atom", people, &thread_feed},
          {Method::get, "/members/{name}.atom", people, &member_feed}};
}

}  // namespace foyer::http
