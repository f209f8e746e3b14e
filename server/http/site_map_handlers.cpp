// Site maps and robots.txt. Films and people may be kept by others for an hour; which threads there are is asked anew
// each time, as a removed one must be gone at once.
#include <chrono>

#include "protocol/limits.hpp"
#include "server/forum/site_map.hpp"
#include "server/http/handlers.hpp"
#include "server/http/page_visit.hpp"
#include "server/pages/site_map.hpp"

namespace foyer::http {
namespace {

using persistence::Transaction;

constexpr std::string_view robots =
    "User-agent: *\n"
    "Disallow: /api/\n"
    "Disallow: /live\n"
    "Disallow: /login?\n"
    "Disallow: /register?\n"
    "Disallow: /settings\n"
    "Disallow: /notifications\n"
    "Disallow: /moderation\n"
    "Disallow: /search?\n"
    "Disallow: /threads/new\n"
    "Disallow: /posts/\n"
    "\n"
    "Sitemap: ";

std::string kept_by_others() {
  return "public, max-age=" + std::to_string(std::chrono::seconds(limits::sitemap_life).count());
}

Response xml_response(std::string xml) {
  Response response{200, {}, std::move(xml)};
  response.add("Content-Type", "application/xml; charset=utf-8");
  return response;
}

Response index(PageVisit& visit) {
  const SiteMapParts parts =
      visit.database().read([](Transaction& transaction) { return forum::read_site_map(transaction); });
  return xml_response(pages::site_map_index(visit.call().site.public_url, parts));
}

template <SiteMapKind kind>
Response part(PageVisit& visit) {
  const auto found = visit.database().read(
      [&](Transaction& transaction) { return forum::read_site_map_part(transaction, kind, visit.call().path.id); });
  if (!found) {
    return visit.refuse(found.error());
  }
  Response response = xml_response(pages::site_map_part(visit.call().site.public_url, kind, *found));
  if (kind != SiteMapKind::threads) {
    response.add("Cache-Control", kept_by_others());
    response.add("Vary", "Accept-Encoding");
  }
  return response;
}

Response robots_text(const Call& call) {
  Response response = text_response(200, std::string(robots) + call.site.public_url + "/sitemap.xml\n");
  response.set("Cache-Control", kept_by_others());
  return response;
}

}  // namespace

std::vector<Route> site_map_routes() {
  constexpr auto people = Audience::people;
  return {{Method::get, "/sitemap.xml", people, &index, true},
          {Method::get, "/sitemap/films-{id}.xml", people, &part<SiteMapKind::films>, true},
          {Method::get, "/sitemap/threads-{id}.xml", people, &part<SiteMapKind::threads>, true},
          {Method::get, "/sitemap/people-{id}.xml", people, &part<SiteMapKind::people>, true},
          {Method::get, "/robots.txt", Audience::programs, &robots_text}};
}

}  // namespace foyer::http
