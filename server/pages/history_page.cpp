#include "server/pages/addresses.hpp"
#include "server/pages/forms.hpp"
#include "server/pages/layout.hpp"
#include "server/pages/pages.hpp"
#include "server/pages/post_quote.hpp"
#include "server/pages/words.hpp"

namespace foyer::pages {

namespace {

void write_revision(Html& html, const RevisionView& revision) {
  html << "<li class=\"revision\"><h2>Revision " << revision.revision << "</h2><p class=\"meta\">"
       << revision.editor.name << " · <time";
  html.attribute("datetime", to_rfc3339(revision.at))
      << ">" << time_in_words(revision.at) << "</time></p><pre class=\"revision-text\">\n"
      << revision.body << "</pre></li>\n";
}

}  // namespace

std::string history_page(const PageContext& context, const PostView& post, const std::vector<RevisionView>& revisions,
                         const std::optional<ReachView>& reach) {
  Page page(context, {.title = "History of a post"});
  auto& html = page.html();
  write_way_back(html, post);
  html << "<h1>History of post #" << post.number.value << "</h1>\n<p class=\"meta\">By " << post.author.name;
  if (post.state == PostState::removed) html << ", removed: " << post.removal_reason;
  if (post.state == PostState::deleted) html << ", deleted by its author";
  html << "</p>\n";
  if (post.state == PostState::removed && reach) {
    html << "<p class=\"reach\">" << reach_in_words(*reach) << "</p>\n";
  }
  if (post.state == PostState::removed && moderates(context)) {
    html << "<form method=\"post\"";
    html.attribute("action", Address(address_of(post.id, "restore"))) << ">";
    write_form_key(html, context);
    html << "<p><button type=\"submit\">Restore the post</button></p></form>\n";
  }
  html << "<ol class=\"revisions\">\n";
  for (const auto& revision : revisions) write_revision(html, revision);
  html << "</ol>\n";
  return std::move(page).finish();
}

}  // namespace foyer::pages
