#include <algorithm>

#include "protocol/limits.hpp"
#include "server/pages/addresses.hpp"
#include "server/pages/film_row.hpp"
#include "server/pages/film_search.hpp"
#include "server/pages/layout.hpp"
#include "server/pages/pages.hpp"
#include "server/pages/words.hpp"

namespace foyer::pages {

namespace {

std::string count_in_list(std::int64_t count) {
  return count > limits::counted_films ? "More than " + count_in_words(limits::counted_films, "film")
                                       : count_in_words(count, "film");
}

// Two orders leave out the films that have nothing to be ordered by.
Literal only_those(const FilmSearch& search) {
  return search.sort == "rating"     ? Literal(" with a rating")
         : search.sort == "activity" ? Literal(" talked about")
                                     : Literal("");
}

// Which of them excludes most stands first.
void write_looser(Html& html, std::vector<LooserSearch> looser) {
  std::erase_if(looser, [](const LooserSearch& each) { return each.count == 0; });
  if (looser.empty()) return;
  std::ranges::sort(looser, [](const LooserSearch& one, const LooserSearch& other) {
    return one.count != other.count ? one.count > other.count : one.words < other.words;
  });
  html << "<ul class=\"looser\">";
  for (const auto& each : looser) {
    html << "<li><a";
    html.attribute("href", Address(address_of(each.search)))
        << ">" << each.words << "</a>: " << count_in_list(each.count) << "</li>";
  }
  html << "</ul>\n";
}

void write_nothing_found(Html& html, const FilmSearch& search) {
  if (search.text.empty() && !search.narrowed()) {
    html << "<p class=\"empty\">"
         << (search.sort == "rating" || search.sort == "activity" ? Literal("No film has any yet.")
                                                                  : Literal("There are no films here yet."))
         << "</p>\n";
    return;
  }
  html << "<p class=\"empty\">No film" << only_those(search) << " was found";
  if (!search.text.empty()) html << " for “" << search.text << "”";
  if (search.narrowed()) {
    html << " with all of these. Take one away, or";
  } else {
    html << ".";
  }
  html << " <a href=\"/films\">" << (search.narrowed() ? Literal("see all films") : Literal("See all films")) << "</a>"
       << (search.narrowed() ? Literal(".") : Literal("")) << "</p>\n";
  if (!search.text.empty()) {
    html << "<p><a";
    html.attribute("href", Address("/search?q=" + encoded(search.text)))
        << ">Search everything for “" << search.text << "”</a>, also as it may be spelled otherwise.</p>\n";
  }
}

void write_count(Html& html, const FilmListPage& content) {
  html << "<p class=\"meta film-count\">" << count_in_list(content.count) << only_those(content.search);
  if (!only_those(content.search).text().empty()) {
    auto all = content.search;
    all.sort = "title";
    html << " · <a";
    html.attribute("href", Address(address_of(all))) << ">All by title</a>";
  }
  html << "</p>\n";
}

}  // namespace

std::string film_list_page(const PageContext& context, const FilmListPage& content) {
  const auto& search = content.search;
  const bool all = search.text.empty() && !search.narrowed() && (search.sort.empty() || search.sort == "title");
  Page page(context, {.title = search.text.empty() ? std::string("Films") : "Films: " + search.text,
                      .description = "Films of the catalogue by title, each with its facts, discussions and comments.",
                      .canonical = all ? std::string("/films") : std::string(),
                      .next = content.next_address});
  auto& html = page.html();
  html << "<h1>Films</h1>\n";
  write_film_search(html, context, search, content.facets);
  write_active_facets(html, search);
  if (content.films.items.empty()) {
    write_nothing_found(html, search);
    write_looser(html, content.looser);
  } else {
    write_count(html, content);
    write_film_list(html, content.films.items);
  }
  write_page_links(html, "", content.next_address);
  return std::move(page).finish();
}

}  // namespace foyer::pages
