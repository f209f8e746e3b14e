#include "server/pages/atom_feed.hpp"
#include "server/pages/layout.hpp"
#include "server/pages/pages.hpp"
#include "server/pages/rails.hpp"
#include "server/pages/thread_row.hpp"

namespace foyer::pages {

std::string front_page(const PageContext& context, const FrontPage& content) {
  Page page(context, {.title = "Now discussed",
                      .description = "The films that people talk about right now, and what they say.",
                      .canonical = "/",
                      .classes = " with-rail",
                      .feed = feed_of("/")});
  auto& html = page.html();
  // The line keeps its place, so that its words move nothing.
  html << "<div class=\"columns\">\n<div class=\"column\">\n<h1>Now discussed</h1>\n";
  if (!context.viewer) {
    html << "<p class=\"meta\">People talk about films here, live. Everybody can read; <a "
            "href=\"/register\">register</a> to "
            "join in.</p>\n";
  }
  html << "<live-front class=\"live-front\">\n"
          "<p class=\"front-news\" role=\"status\"><a href=\"/\" hidden>Show what is new</a></p>\n";
  if (content.threads.items.empty()) {
    html << "<p class=\"empty\">Nothing is being discussed right now. <a href=\"/films\">Find a film</a> and "
            "start.</p>\n";
  } else {
    write_thread_list(html, content.threads.items);
    html << "<p class=\"more\"><a href=\"/threads\">All discussions</a></p>\n";
  }
  html << "</live-front>\n</div>\n";
  write_front_rail(html, content.rail);
  html << "</div>\n";
  return std::move(page).finish();
}

}  // namespace foyer::pages
