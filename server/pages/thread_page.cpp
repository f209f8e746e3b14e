#include "server/pages/addresses.hpp"
#include "server/pages/atom_feed.hpp"
#include "server/pages/forms.hpp"
#include "server/pages/identification.hpp"
#include "server/pages/layout.hpp"
#include "server/pages/live_thread.hpp"
#include "server/pages/pages.hpp"
#include "server/pages/rails.hpp"
#include "server/pages/reviews.hpp"
#include "server/pages/structured_data.hpp"
#include "server/pages/thread_row.hpp"
#include "server/pages/words.hpp"

namespace foyer::pages {

namespace {

void write_head(Html& html, const ThreadView& thread) {
  if (!thread.films.empty()) {
    html << "<p class=\"film-line\">";
    write_films_of(html, thread.films);
    html << "</p>\n";
  }
  if (thread.kind == ThreadKind::comments && !thread.films.empty()) {
    html << "<h1>Comments on <cite class=\"film-title\">" << thread.films.front().title << "</cite></h1>\n";
  } else {
    html << "<h1 class=\"thread-title\">";
    write_title_of(html, thread);
    html << "</h1>\n";
  }
  if (thread.kind == ThreadKind::review) {
    html << "<p class=\"thread-score\">";
    write_score(html, thread.score);
    html << "</p>\n";
  }
  html << "<p class=\"meta\">";
  if (thread.author) {
    html << (thread.kind == ThreadKind::review ? Literal("Reviewed by <a") : Literal("Started by <a"));
    html.attribute("href", Address(address_of_member(thread.author->name))) << ">" << thread.author->name << "</a>, ";
  } else {
    html << "Started ";
  }
  html << "<time";
  html.attribute("datetime", to_rfc3339(thread.created_at))
      << ">" << time_in_words(thread.created_at) << "</time></p>\n";
}

// Above the posts the way back is the link at the top of the list.
void write_page_numbers(Html& html, const ThreadPage& content, Literal label, bool with_earlier) {
  if (content.page_count <= 1) return;
  html << "<nav class=\"page-links" << (with_earlier ? Literal(" below") : Literal("")) << "\" aria-label=\"" << label
       << "\">";
  if (with_earlier && content.page_number > 1) {
    html << "<a rel=\"prev\"";
    html.attribute("href", Address(address_of_page(content.thread, content.page_number - 1))) << ">Earlier posts</a>";
  }
  html << "<span class=\"meta\">Page " << content.page_number << " of " << content.page_count << "</span>";
  if (content.page_number < content.page_count) {
    html << "<a rel=\"next\"";
    html.attribute("href", Address(address_of_page(content.thread, content.page_number + 1))) << ">Later posts</a>";
  }
  html << "</nav>\n";
}

// Both forms are in the page: which one is seen changes live.
void write_moderation(Html& html, const PageContext& context, const ThreadView& thread) {
  html << "<div class=\"thread-tools\">";
  for (const bool lock : {true, false}) {
    html << "<form method=\"post\" class=\"" << std::string(lock ? "lock-form" : "unlock-form") << "\"";
    html.attribute("action", Address(address_of(thread) + (lock ? "/lock" : "/unlock")));
    html.flag("hidden", thread.locked == lock) << ">";
    write_form_key(html, context);
    html << "<button type=\"submit\">" << std::string(lock ? "Lock this thread" : "Unlock this thread")
         << "</button></form>";
  }
  html << "</div>\n";
}

void write_posts(Html& html, const PageContext& context, const ThreadPage& content) {
  const auto& thread = content.thread;
  const LiveThread live{.thread = &thread,
                        .film = std::nullopt,
                        .posts = content.posts,
                        .quoted = content.quoted,
                        .liked = content.liked,
                        .scores = content.scores,
                        .page_number = content.page_number,
                        .page_count = content.page_count};
  const Composer composer{.action = address_of(thread) + "/posts",
                          .endpoint = "/api/v1/threads/" + std::to_string(thread.id.value) + "/posts",
                          .noun = thread.kind == ThreadKind::comments ? "comment" : "reply",
                          .draft = content.draft,
                          .reply_to = content.reply_to,
                          .form = content.form,
                          .names_films = thread.kind == ThreadKind::identify,
                          .named_film = content.named_film};
  html << "<h2 class=\"visually-hidden\">Posts</h2>\n";
  write_live_thread(html, context, live, composer);
}

// "A discussion of The Cranes Are Flying (1957) with 12 replies."
std::string description_of(const ThreadView& thread) {
  std::vector<std::string> films;
  for (const auto& film : thread.films) films.push_back(film.title + year_in_parentheses(film.year));
  const auto about = joined(films);
  if (thread.kind == ThreadKind::comments) {
    return comments_in_words(thread.reply_count) + (films.empty() ? "" : " on " + about) + ".";
  }
  if (thread.kind == ThreadKind::identify) {
    return (thread.solved ? "A film that was looked for: " + thread.solved->title : "Somebody looks for a film") +
           ". " + replies_in_words(thread.reply_count) + ".";
  }
  return std::string(thread.kind == ThreadKind::review ? "A review" : "A discussion") +
         (films.empty() ? "" : " of " + about) + " with " + replies_in_words(thread.reply_count) + ".";
}

Literal classes_of(const ThreadPage& content) {
  const bool grows = content.page_number == content.page_count && !content.thread.locked;
  if (!content.rail.film) return grows ? Literal(" ends-live") : Literal("");
  return grows ? Literal(" with-rail ends-live") : Literal(" with-rail");
}

}  // namespace

std::string thread_page(const PageContext& context, const ThreadPage& content) {
  const auto& thread = content.thread;
  const auto number = content.page_number;
  Page page(context, {.title = thread.title,
                      .description = description_of(thread),
                      .canonical = address_of_page(thread, number),
                      .previous = number > 1 ? address_of_page(thread, number - 1) : std::string(),
                      .next = number < content.page_count ? address_of_page(thread, number + 1) : std::string(),
                      .classes = classes_of(content),
                      .feed = feed_of(address_of(thread))});
  auto& html = page.html();
  html << "<div class=\"columns\">\n<div class=\"column\">\n";
  write_head(html, thread);
  write_search_state(html, thread, content.identification);
  write_clues(html, content.identification);
  if (moderates(context)) write_moderation(html, context, thread);
  write_named_films(html, context, thread, content.identification);
  write_proposals(html, context, thread, content.identification);
  if (number > 1) write_page_numbers(html, content, "Pages, above the posts", false);
  write_posts(html, context, content);
  write_page_numbers(html, content, "Pages, below the posts", true);
  write_post_form(html, context);
  html << "</div>\n";
  write_thread_rail(html, content.rail);
  html << "</div>\n";
  write_discussion(html, context, content);
  return std::move(page).finish();
}

}  // namespace foyer::pages
