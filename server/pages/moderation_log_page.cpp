#include "server/pages/addresses.hpp"
#include "server/pages/layout.hpp"
#include "server/pages/pages.hpp"
#include "server/pages/words.hpp"

namespace foyer::pages {

namespace {

void write_target(Html& html, const ModerationEntryView& entry) {
  if (entry.member) {
    html << " <a";
    html.attribute("href", Address(address_of_member(entry.member->name))) << ">" << entry.member->name << "</a>";
  }
  if (!entry.thread_id) return;
  html << " <a";
  if (entry.post_number) {
    html.attribute("href", Address(address_of(*entry.thread_id, *entry.post_number)))
        << ">post #" << entry.post_number->value << "</a>";
  } else {
    html << " href=\"/threads/" << entry.thread_id->value << "\">thread " << entry.thread_id->value << "</a>";
  }
}

void write_entry(Html& html, const ModerationEntryView& entry) {
  html << "<li class=\"log-entry\"><p><a";
  html.attribute("href", Address(address_of_member(entry.moderator.name)))
      << ">" << entry.moderator.name << "</a>: <strong>" << entry.action << "</strong>";
  write_target(html, entry);
  if (!entry.reason.empty()) html << ", “" << entry.reason << "”";
  html << "</p>";
  if (!entry.note.empty()) html << "<p class=\"note\">" << entry.note << "</p>";
  html << "<p class=\"meta\"><time";
  html.attribute("datetime", to_rfc3339(entry.at)) << ">" << time_in_words(entry.at) << "</time>";
  if (entry.post_id) {
    html << " · <a";
    html.attribute("href", Address(address_of(*entry.post_id, "history"))) << ">History</a>";
  }
  html << "</p></li>\n";
}

}  // namespace

std::string moderation_log_page(const PageContext& context, const ModerationLogPage& content) {
  Page page(context, {.title = "Moderation log", .next = content.next_address});
  auto& html = page.html();
  html << "<h1>Moderation log</h1>\n";
  if (content.entries.items.empty()) {
    html << "<p class=\"empty\">Nothing has been decided yet.</p>\n";
  } else {
    html << "<ol class=\"log\">\n";
    for (const auto& entry : content.entries.items) write_entry(html, entry);
    html << "</ol>\n";
  }
  write_page_links(html, "", content.next_address);
  return std::move(page).finish();
}

}  // namespace foyer::pages
