#include "server/pages/live_thread.hpp"

#include <algorithm>

#include "server/pages/addresses.hpp"
#include "server/pages/composer.hpp"
#include "server/pages/edit_form.hpp"
#include "server/pages/forms.hpp"
#include "server/pages/post_article.hpp"
#include "server/pages/words.hpp"

namespace foyer::pages {

namespace {

bool stands_here(const LiveThread& live, PostNumber number) {
  return std::ranges::any_of(live.posts, [&](const PostView& post) { return post.number == number; });
}

AnsweredPost answered_by(const LiveThread& live, const PostView& post) {
  if (!post.reply_to) return {};
  const auto number = *post.reply_to;
  const auto* answered = find_post(live, number);
  return {.address =
              stands_here(live, number) ? "#post-" + std::to_string(number.value) : address_of(post.thread_id, number),
          .author = answered == nullptr ? std::string() : answered->author.name};
}

// A real link; the client brings the page before into this list.
void write_earlier(Html& html, const LiveThread& live, const Composer& composer) {
  if (live.thread == nullptr || live.page_number <= 1) return;
  html << "<p class=\"earlier-posts\"><a rel=\"prev\"";
  html.attribute("href", Address(address_of_page(*live.thread, live.page_number - 1)))
      << ">Earlier " << std::string(composer.noun == "reply" ? "posts" : "comments") << "</a></p>\n";
}

void write_rows(Html& html, const PageContext& context, const LiveThread& live) {
  // A log, but a silent one: a status of its own says now and then how many replies came.
  html << "<div role=\"log\" aria-live=\"off\" aria-label=\"Posts\">\n<ol class=\"posts\">";
  for (const auto& post : live.posts) {
    const bool own = context.viewer && context.viewer->id == post.author.id;
    html << "\n<li class=\"post-row";
    if (own) html << " own";
    if (std::ranges::find(live.liked, post.id) != live.liked.end()) html << " liked";
    html << "\"";
    html.attribute("data-author", post.author.id.value) << ">";
    const auto score = live.scores.find(post.author.id);
    write_post_article(html, post, answered_by(live, post),
                       score == live.scores.end() ? std::nullopt : std::optional(score->second));
    html << "</li>";
  }
  html << "\n</ol>\n</div>\n";
}

void write_start(Html& html, const LiveThread& live) {
  html << "<live-thread class=\"live-thread\"";
  if (live.thread != nullptr) {
    html.attribute("data-channel", "thread:" + std::to_string(live.thread->id.value));
    html.attribute("data-thread-id", live.thread->id.value).attribute("data-seq", live.thread->last_seq.value);
    html.attribute("data-posts", live.thread->post_count);
  }
  html.flag("data-locked", live.thread != nullptr && live.thread->locked);
  const bool comments = live.thread == nullptr || live.thread->kind == ThreadKind::comments;
  html.attribute("data-kind", std::string(comments ? "comments" : "replies"));
  if (live.film) html.attribute("data-film", live.film->value);
  html.attribute("data-page", live.page_number).attribute("data-pages", live.page_count) << ">\n";
}

// The counts and states that change live, in words: each has its own element for the client to fill.
void write_facts(Html& html, const LiveThread& live, const Composer& composer) {
  const auto count = live.thread == nullptr ? 0 : live.thread->reply_count;
  html << "<p class=\"thread-facts\"><span class=\"reply-count\">"
       << (composer.noun == "reply" ? replies_in_words(count) : comments_in_words(count)) << "</span>"
       << "<span class=\"badge locked-mark\"";
  html.flag("hidden", live.thread == nullptr || !live.thread->locked)
      << ">locked</span><span class=\"live-readers\"></span><span class=\"live-state\" role=\"status\"></span>"
      << "<span class=\"live-head\"></span></p>\n";
}

}  // namespace

void write_live_thread(Html& html, const PageContext& context, const LiveThread& live, const Composer& composer) {
  write_start(html, live);
  write_facts(html, live, composer);
  write_earlier(html, live, composer);
  write_rows(html, context, live);
  write_post_template(html, live.scores);
  write_edit_template(html, context);
  html << "<p class=\"last-page-note\" hidden><a href=\"?\">New replies on the last page</a></p>\n";
  html << "<p class=\"visually-hidden new-replies-status\" role=\"status\"></p>\n";
  write_composer(html, context, live, composer);
  html << "</live-thread>\n";
}

void write_post_form(Html& html, const PageContext& context) {
  html << "<form id=\"post-form\" method=\"post\" action=\"#\">";
  if (context.viewer) write_form_key(html, context);
  html << "</form>\n";
}

}  // namespace foyer::pages
