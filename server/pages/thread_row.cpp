#include "server/pages/thread_row.hpp"

#include "server/pages/addresses.hpp"
#include "server/pages/identification.hpp"
#include "server/pages/reviews.hpp"
#include "server/pages/title_card.hpp"
#include "server/pages/words.hpp"

namespace foyer::pages {

namespace {

void write_row(Html& html, const ThreadView& thread) {
  html << "<li class=\"thread-row\"";
  html.attribute("data-thread", thread.id.value).attribute("data-posts", thread.post_count) << ">";
  if (thread.films.empty()) {
    write_empty_card(html);
  } else {
    write_small_card(html, thread.films.front().id, thread.films.front().year);
  }
  html << "<div class=\"row-text\"><p class=\"row-title\">";
  write_thread_link(html, thread);
  if (thread.pinned) html << " <span class=\"badge\">pinned</span>";
  if (thread.locked) html << " <span class=\"badge\">locked</span>";
  html << "</p>";
  if (thread.kind != ThreadKind::comments && !thread.films.empty()) {
    html << "<p class=\"row-films\">";
    write_films_of(html, thread.films);
    html << "</p>";
  }
  html << "<p class=\"meta\">";
  write_search_words(html, thread);
  if (thread.kind == ThreadKind::review) {
    html << "Review ";
    write_score(html, thread.score);
    html << " · ";
  }
  write_activity_of(html, thread);
  html << " <span class=\"row-readers\"></span></p></div></li>\n";
}

}  // namespace

void write_thread_list(Html& html, const std::vector<ThreadView>& threads) {
  if (threads.empty()) return;
  html << "<ol class=\"thread-list\">\n";
  for (const auto& thread : threads) write_row(html, thread);
  html << "</ol>\n";
}

void write_offer_of_new(Html& html, Literal what, const std::string& address, std::optional<ThreadId> newest) {
  html << " <span role=\"status\"><a class=\"show-new\"";
  html.attribute("href", Address(address));
  if (newest) html.attribute("data-newest", newest->value);
  html << ">Show new ones<span class=\"visually-hidden\"> (" << what << ")</span></a></span>";
}

void write_thread_link(Html& html, const ThreadView& thread) {
  html << "<a";
  if (thread.kind == ThreadKind::comments && !thread.films.empty()) {
    const auto& film = thread.films.front();
    html.attribute("href", Address(address_of(film) + "#comments"))
        << ">Comments on <cite class=\"film-title\">" << film.title << "</cite></a>";
    return;
  }
  html.attribute("href", Address(address_of(thread))) << ">";
  write_title_of(html, thread);
  html << "</a>";
}

void write_title_of(Html& html, const ThreadView& thread) {
  static const std::string review_of = "Review of ";
  if (thread.kind == ThreadKind::review && !thread.films.empty() &&
      thread.title == review_of + thread.films.front().title) {
    html << review_of << "<cite class=\"film-title\">" << thread.films.front().title << "</cite>";
  } else {
    html << thread.title;
  }
}

void write_films_of(Html& html, const std::vector<FilmLink>& films) {
  bool first = true;
  for (const auto& film : films) {
    if (!first) html << ", ";
    first = false;
    html << "<a";
    html.attribute("href", Address(address_of(film)))
        << "><cite class=\"film-title\">" << film.title << "</cite></a>" << year_in_parentheses(film.year);
  }
}

void write_activity_of(Html& html, const ThreadView& thread) {
  html << "<span class=\"row-count\">"
       << (thread.kind == ThreadKind::comments ? comments_in_words(thread.reply_count)
                                               : replies_in_words(thread.reply_count))
       << "</span>";
  if (!thread.last_post_at) return;
  html << ", last";
  if (!thread.last_post_author.empty()) html << " by " << thread.last_post_author << ",";
  html << " <time";
  html.attribute("datetime", to_rfc3339(*thread.last_post_at))
      << ">" << time_in_words(*thread.last_post_at) << "</time>";
}

}  // namespace foyer::pages
