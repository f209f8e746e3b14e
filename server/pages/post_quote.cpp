#include "server/pages/post_quote.hpp"

#include "server/pages/addresses.hpp"
#include "server/pages/words.hpp"

namespace foyer::pages {

void write_post_quote(Html& html, const PostView& post) {
  html << "<div class=\"post-quote\"><p class=\"meta\">" << post.author.name << " · <time";
  html.attribute("datetime", to_rfc3339(post.created_at)) << ">" << time_in_words(post.created_at) << "</time></p>";
  if (post.state == PostState::visible && post.html) {
    html << "<div class=\"post-body\" dir=\"auto\">" << TrustedHtml(*post.html) << "</div>";
  }
  html << "</div>\n";
}

void write_way_back(Html& html, const PostView& post) {
  html << "<p class=\"back\"><a";
  html.attribute("href", Address(address_of(post.thread_id, post.number))) << ">Back to the discussion</a></p>\n";
}

}  // namespace foyer::pages
