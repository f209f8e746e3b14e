#include "server/pages/addresses.hpp"
#include "server/pages/atom_feed.hpp"
#include "server/pages/forms.hpp"
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
    html << "<div class=\"post-body\" dir=\"auto\">" << TrustedHtml(*post.html) << "</div>";
  } else if (post.state == PostState::removed) {
    html << "<p class=\"post-tombstone\">Removed by a moderator</p>";
  } else {
    html << "<p class=\"post-tombstone\">Deleted by its author</p>";
  }
  html << "</li>\n";
}

void write_kind(Html& html, const FormState& form) {
  html << "<div class=\"field\"><label for=\"field-kind\">What to do</label>";
  write_field_error(html, "kind", form);
  html << "<select";
  write_control_attributes(html, "kind", form, false);
  html << " required><option value=\"\">Choose…</option><option value=\"silence\">Silence: may read, not write</option>"
          "<option value=\"ban\">Ban: sessions end, log-in is refused</option>"
          "<option value=\"lift\">Lift what is in force</option></select></div>\n";
}

void write_present(Html& html, const SanctionView& sanction) {
  html << "<p class=\"note\"><strong>";
  if (sanction.kind == SanctionKind::ban) {
    html << "Banned";
  } else {
    html << "Silenced";
  }
  html << "</strong>";
  if (sanction.until) html << " until " << time_in_words(*sanction.until);
  html << ": " << sanction.reason << "</p>\n";
}

void write_sanction(Html& html, const PageContext& context, const UserView& member, const SanctionForm& content) {
  html << "<section class=\"section\" aria-labelledby=\"sanction\">\n<h2 "
          "id=\"sanction\">Moderation</h2>\n";
  if (content.present) write_present(html, *content.present);
  html << "<form class=\"form\" method=\"post\"";
  html.attribute("action", Address(address_of_member(member.name) + "/sanctions")) << ">\n";
  write_form_errors(html, content.form);
  write_form_key(html, context);
  write_kind(html, content.form);
  write_field(html,
              {.name = "days",
               .label = "For how many days",
               .hint = "Empty: until it is lifted.",
               .presence = Presence::optional},
              content.days, content.form);
  write_field(html, {.name = "reason", .label = "Reason", .hint = "The member reads it; it is kept in the log."},
              content.reason, content.form);
  html << "<p class=\"form-actions\"><button type=\"submit\" class=\"danger\">Decide</button></p>\n</form>\n"
          "</section>\n";
}

}  // namespace

std::string member_page(const PageContext& context, const MemberPage& content) {
  const auto& profile = content.profile;
  const std::string address = address_of_member(profile.user.name);
  Page page(context,
            {.title = profile.user.name, .canonical = address, .next = content.next_address, .feed = feed_of(address)});
  auto& html = page.html();
  html << "<div class=\"member-head\"><span class=\"avatar\" aria-hidden=\"true\">" << initial_of(profile.user.name)
       << "</span><div><h1>" << profile.user.name << "</h1>\n<p class=\"meta\">";
  if (profile.user.role != Role::member) html << std::string(to_word(profile.user.role)) << " · ";
  html << "joined in " << month_in_words(profile.joined_at) << " · " << count_in_words(profile.post_count, "post")
       << " · " << count_in_words(profile.thread_count, "discussion");
  if (context.viewer && context.viewer->id == profile.user.id)
    html << " · <a href=\"/settings\">Settings</a> · Films: <a href=\"/films?mine=watchlist\">watchlist</a>, <a "
            "href=\"/films?mine=seen\">seen</a>, <a href=\"/films?mine=rated\">rated</a>";
  html << "</p></div></div>\n"
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
  if (content.sanction) write_sanction(html, context, profile.user, *content.sanction);
  return std::move(page).finish();
}

}  // namespace foyer::pages
