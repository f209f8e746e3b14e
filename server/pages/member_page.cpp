#include "server/pages/addresses.hpp"
#include "server/pages/layout.hpp"
#include "server/pages/pages.hpp"
#include "server/pages/words.hpp"

namespace foyer::pages {

namespace {

// Not the article of a thread: numbers of several threads would give the same id twice.
void write_post(Html& html, const PostView& post) {
  html << "<li class=\"member-post\"><p class=\"meta\"><a";
  html.attribute("href", Address(address_of(post.thread_id, post.number))) << "><time";
  html.attribute("datetime", to_rfc3339(post.created_at)) << ">" << time_in_words(post.created_at) << "</time></a></p>";
  if (post.state == PostState::visible && post.html) {
    html << "<div class=\"post-body\">" << TrustedHtml(*post.html) << "</div>";
  } else if (post.state == PostState::removed) {
    html << "<p class=\"post-tombstone\">Removed by a moderator</p>";
  } else {
    html << "<p class=\"post-tombstone\">Deleted by its author</p>";
  }
  html << "</li>\n";
}

}  // namespace

std::string member_page(const PageContext& context, const MemberPage& content) {
  const auto& profile = content.profile;
  Page page(
      context,
      {.title = profile.user.name, .canonical = address_of_member(profile.user.name), .next = content.next_address});
  auto& html = page.html();
  html << "<div class=\"member-head\"><span class=\"avatar\" aria-hidden=\"true\">" << initial_of(profile.user.name)
       << "</span><div><h1>" << profile.user.name << "</h1>\n<p class=\"meta\">";
  if (profile.user.role != Role::member) html << std::string(to_word(profile.user.role)) << " · ";
  html << "joined in " << month_in_words(profile.joined_at) << " · " << count_in_words(profile.post_count, "post")
       << " · " << count_in_words(profile.thread_count, "discussion") << "</p></div></div>\n"
       << "<section class=\"section\" aria-labelledby=\"posts\">\n<h2 id=\"posts\">Posts</h2>\n";
  if (content.posts.items.empty()) {
    html << "<p class=\"empty\">Nothing written yet.</p>\n";
  } else {
    html << "<ol class=\"member-posts\">\n";
    for (const auto& post : content.posts.items) write_post(html, post);
    html << "</ol>\n";
  }
  html << "</section>\n";
  write_page_links(html, "", content.next_address);
  return std::move(page).finish();
}

}  // namespace foyer::pages
