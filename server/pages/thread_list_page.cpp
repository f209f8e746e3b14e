#include <array>

#include "server/pages/layout.hpp"
#include "server/pages/pages.hpp"
#include "server/pages/thread_row.hpp"

namespace foyer::pages {

namespace {

struct Choice {
  Literal label;
  Literal kind;
  std::optional<bool> solved = {};
  Literal query;
};
constexpr std::array choices{Choice{"All", "", {}, ""}, Choice{"Discussions", "discussion", {}, "kind=discussion"},
                             Choice{"Looking for a film", "identify", {}, "kind=identify"},
                             Choice{"Unsolved", "identify", false, "kind=identify&solved=0"},
                             Choice{"Watch-alongs", "watch_along", {}, "kind=watch_along"}};

void write_choices(Html& html, const ThreadListPage& content) {
  html << "<nav class=\"kinds\" aria-label=\"Kinds of threads\"><ul>\n";
  for (const auto& choice : choices) {
    std::string address = content.film ? "/threads?film=" + std::to_string(content.film->value) : "/threads";
    if (!choice.query.text().empty()) address += (content.film ? "&" : "?") + std::string(choice.query.text());
    html << "<li><a";
    html.attribute("href", Address(address));
    if (content.kind == choice.kind.text() && content.solved == choice.solved) html << " aria-current=\"page\"";
    html << ">" << choice.label << "</a></li>\n";
  }
  html << "</ul></nav>\n";
}

}  // namespace

std::string thread_list_page(const PageContext& context, const ThreadListPage& content) {
  Page page(context, {.title = "Threads",
                      .description = "All discussions about films, the latest activity first.",
                      .canonical = "/threads",
                      .next = content.next_address});
  auto& html = page.html();
  html << "<h1>Threads</h1>\n<p class=\"page-actions\"><a class=\"button\" href=\"/threads/new\">Start a "
          "discussion</a></p>\n";
  write_choices(html, content);
  if (content.threads.items.empty()) {
    html << "<p class=\"empty\">There is no discussion here yet. <a href=\"/films\">Find a film</a> and start "
            "one.</p>\n";
  }
  write_thread_list(html, content.threads.items);
  write_page_links(html, "", content.next_address);
  return std::move(page).finish();
}

}  // namespace foyer::pages
