// Front page, films and the forms to register and log in.
#include <algorithm>

#include "protocol/limits.hpp"
#include "server/forum/films.hpp"
#include "server/forum/threads.hpp"
#include "server/http/discussion_pages.hpp"
#include "server/http/handlers.hpp"
#include "server/http/page_visit.hpp"
#include "server/http/query_fields.hpp"
#include "server/pages/addresses.hpp"
#include "server/pages/pages.hpp"

namespace foyer::http {
namespace {

using persistence::Transaction;

forum::ListRequest list_request(const PageVisit& visit, int limit) {
  const std::string after = visit.query("after");
  return {after.empty() ? std::nullopt : std::optional(after), limit};
}

std::string next_address(const std::string& path, const std::optional<std::string>& next) {
  return next ? path + (path.find('?') == std::string::npos ? "?" : "&") + "after=" + encode_component(*next)
              : std::string();
}

Response front(PageVisit& visit) {
  const auto content =
      visit.database().read([](Transaction& transaction) { return forum::read_front_page(transaction); });
  return content ? visit.page(pages::front_page(visit.context(), {content->threads, content->rail}))
                 : visit.refuse(content.error());
}

// A decade and a word for discussions that nobody can mean are not asked for.
pages::FilmSearch search_of(const PageVisit& visit) {
  pages::FilmSearch search{.text = visit.query("q"),
                           .genre = visit.query("genre"),
                           .country = visit.query("country"),
                           .language = visit.query("language"),
                           .mine = visit.query("mine"),
                           .sort = visit.query("sort")};
  const auto year = integer_from_text(visit.query("decade"));
  if (year && *year > 0 && *year < 10000) {
    search.decade = std::to_string(*year / 10 * 10);
  }
  const std::string discussed = visit.query("discussed");
  if (discussed == "1" || discussed == "now") {
    search.discussed = discussed;
  }
  return search;
}

forum::FilmQuery query_of(const pages::FilmSearch& search, const forum::Actor& actor) {
  forum::FilmQuery wanted;
  wanted.text = search.text;
  if (!search.decade.empty()) {
    wanted.decade = static_cast<int>(integer_from_text(search.decade).value_or(0));
  }
  wanted.genre = search.genre;
  wanted.country = search.country;
  wanted.language = search.language;
  wanted.discussed = search.discussed.empty()  ? persistence::Discussed::any
                     : search.discussed == "1" ? persistence::Discussed::ever
                                               : persistence::Discussed::now;
  wanted.mine = search.mine;
  if (actor.user) {
    wanted.member = actor.user->id;
  }
  wanted.sort = search.sort.empty() && !search.text.empty()         ? "relevance"
                : search.sort == "relevance" && search.text.empty() ? "title"
                                                                    : search.sort;
  return wanted;
}

// What would be found with one less to narrow by.
Result<void> count_looser(Transaction& transaction, const pages::FilmSearch& search, const forum::Actor& actor,
                          std::vector<pages::LooserSearch>& looser) {
  looser = pages::looser_searches(search);
  for (pages::LooserSearch& each : looser) {
    const auto count = forum::count_films(transaction, query_of(each.search, actor));
    if (!count) {
      return count.error();
    }
    each.count = *count;
  }
  return {};
}

Response films(PageVisit& visit) {
  const pages::FilmSearch search = search_of(visit);
  const forum::FilmQuery wanted = query_of(search, visit.actor());
  pages::FilmListPage page;
  page.search = search;
  const auto read = visit.database().snapshot([&](Transaction& transaction) -> Result<void> {
    auto found = forum::list_and_count_films(transaction, wanted, list_request(visit, limits::films_per_page));
    if (!found) {
      return found.error();
    }
    page.films = std::move(found->films);
    page.count = found->count;
    page.facets = forum::read_film_facets(transaction);
    return page.films.items.empty() ? count_looser(transaction, search, visit.actor(), page.looser) : Result<void>();
  });
  if (!read) {
    return visit.refuse(read.error());
  }
  page.next_address = next_address(pages::address_of(search), page.films.next);
  return visit.page(pages::film_list_page(visit.context(), page));
}

Response film(PageVisit& visit) {
  Composed composed;
  const auto reply_to = integer_from_text(visit.query("reply_to"));
  if (reply_to && *reply_to > 0) {
    composed.reply_to = PostNumber{*reply_to};
  }
  return film_response(visit, composed);
}

template <pages::CreditKind kind>
Response credits(PageVisit& visit) {
  const auto found = visit.database().snapshot(
      [&](Transaction& transaction) { return forum::read_film(transaction, visit.call().id<FilmId>()); });
  if (!found) {
    return visit.refuse(found.error());
  }
  if (visit.call().path.slug != found->slug) {
    return visit.moved(pages::address_of(*found) + (kind == pages::CreditKind::cast ? "/cast" : "/crew"));
  }
  return visit.page(pages::credits_page(visit.context(), *found, kind));
}

std::string list_address(const forum::ThreadQuery& query) {
  std::string parameters;
  if (query.film) {
    parameters += "&film=" + std::to_string(query.film->value);
  }
  if (!query.kind.empty()) {
    parameters += "&kind=" + encode_component(query.kind);
  }
  if (query.solved) {
    parameters += *query.solved ? "&solved=1" : "&solved=0";
  }
  return parameters.empty() ? "/threads" : "/threads?" + parameters.substr(1);
}

Response threads(PageVisit& visit) {
  forum::ThreadQuery wanted;
  wanted.kind = visit.query("kind");
  const auto film_id = integer_from_text(visit.query("film"));
  if (film_id && *film_id > 0) {
    wanted.film = FilmId{*film_id};
  }
  const std::string solved = visit.query("solved");
  if (solved == "0" || solved == "1") {
    wanted.solved = solved == "1";
  }
  auto found = visit.database().read([&](Transaction& transaction) {
    return forum::list_threads(transaction, wanted, list_request(visit, limits::threads_per_page));
  });
  if (!found) {
    return visit.refuse(found.error());
  }
  pages::ThreadListPage page{std::move(*found), {}, wanted.kind, wanted.solved, wanted.film};
  page.next_address = next_address(list_address(wanted), page.threads.next);
  return visit.page(pages::thread_list_page(visit.context(), page));
}

Response login(PageVisit& visit) {
  const std::string next = local_path(visit.query("next"));
  if (!visit.actor().guest()) {
    return see_other(next);
  }
  return visit.page(pages::login_page(visit.context(), {{}, next, {}}));
}

Response registration(PageVisit& visit) {
  const std::string next = local_path(visit.query("next"));
  if (!visit.actor().guest()) {
    return see_other(next);
  }
  return visit.page(pages::register_page(visit.context(), {{}, {}, next, {}}));
}

}  // namespace

std::vector<Route> page_routes() {
  constexpr auto people = Audience::people;
  return {{Method::get, "/", people, &front},
          {Method::get, "/films", people, &films},
          {Method::get, "/films/{id}-{slug}", people, &film},
          {Method::get, "/films/{id}-{slug}/cast", people, &credits<pages::CreditKind::cast>},
          {Method::get, "/films/{id}-{slug}/crew", people, &credits<pages::CreditKind::crew>},
          {Method::get, "/threads", people, &threads},
          {Method::get, "/login", people, &login},
          {Method::get, "/register", people, &registration}};
}

}  // namespace foyer::http
