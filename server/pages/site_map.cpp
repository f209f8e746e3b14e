#include "server/pages/site_map.hpp"

#include "server/pages/addresses.hpp"
#include "server/pages/xml.hpp"

namespace foyer::pages {

namespace {

std::string path_of(SiteMapKind kind, const SiteMapPage& page) {
  switch (kind) {
    case SiteMapKind::films:
      return address_of(FilmLink{FilmId{page.id}, page.slug, {}, {}});
    case SiteMapKind::threads: {
      ThreadView thread;
      thread.id = ThreadId{page.id};
      thread.slug = page.slug;
      return address_of(thread);
    }
    case SiteMapKind::people:
      break;
  }
  return address_of(PersonView{PersonId{page.id}, page.slug, {}, {}, {}});
}

void write_parts(Xml& xml, const std::string& beginning, const std::vector<std::int64_t>& parts) {
  for (const std::int64_t part : parts) {
    xml << "<sitemap>";
    xml.element("loc", beginning + std::to_string(part) + ".xml") << "</sitemap>\n";
  }
}

}  // namespace

std::string site_map_index(const std::string& public_url, const SiteMapParts& parts) {
  Xml xml;
  xml << "<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n";
  write_parts(xml, public_url + "/sitemap/films-", parts.films);
  write_parts(xml, public_url + "/sitemap/threads-", parts.threads);
  write_parts(xml, public_url + "/sitemap/people-", parts.people);
  xml << "</sitemapindex>\n";
  return std::move(xml).take();
}

std::string site_map_part(const std::string& public_url, SiteMapKind kind, const std::vector<SiteMapPage>& pages) {
  Xml xml;
  xml << "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n";
  for (const SiteMapPage& page : pages) {
    xml << "<url>";
    xml.element("loc", public_url + path_of(kind, page));
    if (page.changed_at) xml.element("lastmod", to_rfc3339(*page.changed_at));
    xml << "</url>\n";
  }
  xml << "</urlset>\n";
  return std::move(xml).take();
}

}  // namespace foyer::pages
