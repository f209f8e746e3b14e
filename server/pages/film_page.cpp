#include "protocol/excerpt.hpp"
#include "server/pages/addresses.hpp"
#include "server/pages/atom_feed.hpp"
#include "server/pages/film_facts.hpp"
#include "server/pages/film_marks.hpp"
#include "server/pages/layout.hpp"
#include "server/pages/live_thread.hpp"
#include "server/pages/marked_names.hpp"
#include "server/pages/pages.hpp"
#include "server/pages/rating.hpp"
#include "server/pages/structured_data.hpp"
#include "server/pages/thread_row.hpp"
#include "server/pages/words.hpp"

namespace foyer::pages {

namespace {

void write_related(Html& html, const FilmView& film, const std::vector<RelatedThreadView>& related) {
  if (related.empty()) return;
  const std::vector<std::string> names = names_of(film);
  html << "<h3>Possibly related</h3>\n<ol class=\"related-list\">\n";
  for (const auto& item : related) {
    const auto [shown, digest] = excerpt_of(item);
    html << "<li class=\"related\"";
    html.attribute("data-excerpt", std::to_string(shown.value) + ":" + digest) << "><p class=\"row-title\"><a";
    html.attribute("href", Address(address_of(item.thread))) << ">";
    if (item.thread.kind == ThreadKind::review) {
      write_title_of(html, item.thread);
    } else {
      write_marked(html, item.thread.title, names);
    }
    html << "</a></p><p class=\"snippet\">";
    if (item.thread.contains_spoilers) {
      html << "This review tells what happens.";
    } else {
      write_marked(html, item.snippet, names);
    }
    html << "</p><p class=\"meta\">";
    write_activity_of(html, item.thread);
    if (!item.reason.empty()) html << " · " << item.reason;
    html << "</p></li>\n";
  }
  html << "</ol>\n";
}

void write_discussions(Html& html, const FilmPage& content) {
  html << "<section class=\"section discussions\" aria-labelledby=\"discussions\">\n<h2 "
          "id=\"discussions\">Discussions</h2>\n"
       << "<p class=\"page-actions\"><a class=\"button\" href=\"/threads/new?film=" << content.film.id.value
       << "\">Start a discussion</a>";
  write_offer_of_new(html, "discussions", address_of(content.film));
  html << "</p>\n";
  if (content.linked.empty()) {
    html << "<p class=\"empty\">No discussion is linked to this film yet.</p>\n";
    write_related(html, content.film, content.related);
  }
  write_thread_list(html, content.linked);
  html << "</section>\n";
}

void write_comments(Html& html, const PageContext& context, const FilmPage& content) {
  const auto& comments = content.comments;
  html << "<section class=\"section comments\" aria-labelledby=\"comments\">\n<h2 id=\"comments\">Comments</h2>\n";
  const LiveThread live{.thread = comments.thread ? &*comments.thread : nullptr,
                        .film = content.film.id,
                        .posts = comments.posts,
                        .quoted = comments.quoted,
                        .liked = comments.liked,
                        .scores = comments.scores,
                        .page_number = comments.page_number,
                        .page_count = comments.page_number};
  const Composer composer{.action = address_of(content.film) + "/comments",
                          .endpoint = "/api/v1/films/" + std::to_string(content.film.id.value) + "/comments",
                          .noun = "comment",
                          .draft = content.draft,
                          .reply_to = content.reply_to,
                          .form = content.form};
  write_live_thread(html, context, live, composer);
  html << "</section>\n";
}

void write_film_tools(Html& html, const PageContext& context, const FilmView& film) {
  if (!moderates(context)) return;
  html << "<p class=\"page-actions film-tools\"><a class=\"button\"";
  html.attribute("href", Address(address_of(film) + "/edit")) << ">Edit film</a> <a class=\"button\"";
  html.attribute("href", Address(address_of(film) + "/history")) << ">History</a></p>\n";
}

// Nothing comes to a thread that is locked; one that is not there yet can be begun.
bool grows(const FilmPage& content) { return !content.comments.thread || !content.comments.thread->locked; }

}  // namespace

std::string film_page(const PageContext& context, const FilmPage& content) {
  const auto& film = content.film;
  Page page(context, {.title = film.title + year_in_parentheses(film.year),
                      .description = description_of(film),
                      .canonical = address_of(film),
                      .classes = grows(content) ? Literal(" with-rail ends-live") : Literal(" with-rail"),
                      .type = "video.movie",
                      .feed = feed_of(address_of(film))});
  auto& html = page.html();
  html << "<div class=\"columns film-columns\">\n<div class=\"film-top\">\n<p class=\"back\"><a "
          "href=\"/films\">Films</a></p>\n";
  write_film_head(html, film);
  write_synopsis(html, film);
  write_film_tools(html, context, film);
  write_rating_form(html, context, film, content.own_score);
  write_mark_form(html, context, film, content.own_marks);
  write_discussions(html, content);
  html << "</div>\n<aside class=\"film-rail\" aria-label=\"Reviews\">\n";
  write_reviewed_by(html, film, content.reviewed);
  html << "</aside>\n";
  write_comments(html, context, content);
  html << "</div>\n";
  write_post_form(html, context);
  write_movie(html, context, film, content.reviewed.newest);
  return std::move(page).finish();
}

}  // namespace foyer::pages
