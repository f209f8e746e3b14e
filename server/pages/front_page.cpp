#include "server/pages/layout.hpp"
#include "server/pages/pages.hpp"
#include "server/pages/thread_row.hpp"

namespace foyer::pages {

std::string front_page(const PageContext& context, const ListView<ThreadView>& threads) {
  Page page(context, {.title = "Now discussed", .canonical = "/"});
  auto& html = page.html();
  // The line keeps its place, so that its words move nothing.
  html << "<h1>Now discussed</h1>\n<live-front class=\"live-front\">\n"
          "<p class=\"front-news\" role=\"status\"><a href=\"/\" hidden>Show what is new</a></p>\n";
  if (threads.items.empty()) {
    html << "<p class=\"empty\">Nothing is being discussed right now. <a href=\"/films\">Find a film</a> and "
            "start.</p>\n";
  } else {
    write_thread_list(html, threads.items);
    html << "<p class=\"more\"><a href=\"/threads\">All discussions</a></p>\n";
  }
  html << "</live-front>\n";
  return std::move(page).finish();
}

}  // namespace foyer::pages
