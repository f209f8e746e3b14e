#include "server/pages/layout.hpp"
#include "server/pages/pages.hpp"
#include "server/pages/thread_row.hpp"

namespace foyer::pages {

std::string thread_list_page(const PageContext& context, const ThreadListPage& content) {
  Page page(context, {.title = "Threads",
                      .description = "All discussions about films, the latest activity first.",
                      .canonical = "/threads",
                      .next = content.next_address});
  auto& html = page.html();
  html << "<h1>Threads</h1>\n<p class=\"page-actions\"><a class=\"button\" href=\"/threads/new\">Start a "
          "discussion</a></p>\n";
  if (content.threads.items.empty()) {
    html << "<p class=\"empty\">There is no discussion here yet. <a href=\"/films\">Find a film</a> and start "
            "one.</p>\n";
  }
  write_thread_list(html, content.threads.items);
  write_page_links(html, "", content.next_address);
  return std::move(page).finish();
}

}  // namespace foyer::pages
