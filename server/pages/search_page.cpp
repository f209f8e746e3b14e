#include "server/pages/search_page.hpp"

#include <array>

#include "server/pages/addresses.hpp"
#include "server/pages/film_row.hpp"
#include "server/pages/forms.hpp"
#include "server/pages/layout.hpp"
#include "server/pages/thread_row.hpp"
#include "server/pages/words.hpp"

namespace foyer::pages {

namespace {

struct Kind {
  Literal word;
  Literal label;
};
constexpr std::array kinds{Kind{"films", "Films"}, Kind{"people", "People"}, Kind{"threads", "Discussions"},
                           Kind{"posts", "Posts"}};

void write_field(Html& html, const SearchPage& page) {
  html << "<search><form class=\"search-form\" method=\"get\" action=\"/search\"><label for=\"field-q\">"
          "Films, people, discussions and posts</label><div class=\"search-row\"><input type=\"search\" "
          "autocomplete=\"off\"";
  write_control_attributes(html, "q", page.form, false);
  html.attribute("value", page.text) << "><button type=\"submit\" class=\"primary\">Search</button></div>\n";
  write_field_error(html, "q", page.form);
  if (!page.kind.empty()) write_hidden(html, "in", page.kind);
  html << "</form></search>\n";
}

void write_kind(Html& html, const SearchPage& page, Literal label, const std::string& kind) {
  html << "<li><a";
  html.attribute("href", Address(search_address(page.text, kind, "")));
  if (page.kind == kind) html << " aria-current=\"page\"";
  html << ">" << label << "</a></li>";
}

void write_kinds(Html& html, const SearchPage& page) {
  html << "<nav aria-label=\"Kinds\"><ul class=\"kinds\">";
  write_kind(html, page, "All", "");
  for (const auto& [word, label] : kinds) write_kind(html, page, label, std::string(word.text()));
  html << "</ul></nav>\n";
}

void write_snippet(Html& html, const Snippet& snippet) {
  if (snippet.empty()) return;
  html << "<p class=\"snippet\">";
  for (const auto& [text, marked] : snippet) {
    if (marked) html << "<mark>";
    html << text;
    if (marked) html << "</mark>";
  }
  html << "</p>";
}

void write_people(Html& html, const std::vector<FoundPerson>& people) {
  html << "<ul class=\"found-list\">\n";
  for (const auto& person : people) {
    html << "<li><p class=\"row-title\"><a";
    html.attribute("href", Address(address_of(PersonView{person.id, person.slug, person.name, {}, {}})))
        << ">" << person.name << "</a></p><p class=\"meta\">" << count_in_words(person.film_count, "film");
    if (!person.known_for.empty()) {
      html << ": ";
      write_films_of(html, person.known_for);
    }
    html << "</p></li>\n";
  }
  html << "</ul>\n";
}

void write_threads(Html& html, const std::vector<FoundThread>& threads) {
  html << "<ul class=\"found-list\">\n";
  for (const auto& [thread, snippet] : threads) {
    html << "<li><p class=\"row-title\">";
    write_thread_link(html, thread);
    html << "</p>";
    if (!thread.films.empty()) {
      html << "<p class=\"row-films\">";
      write_films_of(html, thread.films);
      html << "</p>";
    }
    write_snippet(html, snippet);
    html << "<p class=\"meta\">";
    write_activity_of(html, thread);
    html << "</p></li>\n";
  }
  html << "</ul>\n";
}

void write_posts(Html& html, const std::vector<FoundPost>& posts) {
  html << "<ul class=\"found-list\">\n";
  for (const auto& post : posts) {
    html << "<li><p class=\"row-title\"><a";
    html.attribute("href", Address(address_of(post.thread_id, post.number))) << ">" << post.thread_title << "</a></p>";
    write_snippet(html, post.snippet);
    html << "<p class=\"meta\">" << post.author.name << ", <time";
    html.attribute("datetime", to_rfc3339(post.created_at))
        << ">" << time_in_words(post.created_at) << "</time></p></li>\n";
  }
  html << "</ul>\n";
}

// In a list of all kinds a section has a heading and leads to the rest of its kind.
template <class Item, class Write>
bool write_section(Html& html, const SearchPage& page, const Kind& kind, const ListView<Item>& list, Write write) {
  if (list.items.empty()) return false;
  html << "<section class=\"section\"><h2>" << kind.label << "</h2>\n";
  write(html, list.items);
  const std::string word(kind.word.text());
  if (page.kind.empty() && list.next) {
    html << "<p><a";
    html.attribute("href", Address(search_address(page.text, word, ""))) << ">More " << kind.label << "</a></p>\n";
  } else if (list.next) {
    write_page_links(html, "", search_address(page.text, word, *list.next));
  }
  html << "</section>\n";
  return true;
}

void write_results(Html& html, const SearchPage& page) {
  const auto& found = page.results;
  if (!page.instead.empty()) {
    html << "<p class=\"meta\">Nothing is written exactly so. This is what was found for “" << page.instead
         << "”.</p>\n";
  }
  const bool films = write_section(html, page, kinds[0], found.films, write_film_list);
  const bool people = write_section(html, page, kinds[1], found.people, write_people);
  const bool threads = write_section(html, page, kinds[2], found.threads, write_threads);
  const bool posts = write_section(html, page, kinds[3], found.posts, write_posts);
  if (films || people || threads || posts) return;
  html << "<p class=\"empty\">Nothing was found for “" << page.text << "”";
  if (page.kind.empty()) {
    html << ". Fewer words find more.</p>\n";
  } else {
    html << " here. <a";
    html.attribute("href", Address(search_address(page.text, "", ""))) << ">Look everywhere</a></p>\n";
  }
}

void write_help(Html& html) {
  html << "<section class=\"section\"><h2>How to ask</h2>\n<dl class=\"search-help\">"
          "<dt><code>\"long take\" -drone</code></dt><dd>these words together, and that one not</dd>"
          "<dt><code>film:solaris</code></dt><dd>in discussions of the film</dd>"
          "<dt><code>by:mira</code></dt><dd>written by the member</dd>"
          "<dt><code>in:posts</code></dt><dd>only films, people, threads or posts</dd>"
          "<dt><code>kind:review</code></dt><dd>also discussion, comments, identify, watch_along</dd>"
          "<dt><code>after:2026-01 before:2026-02-15</code></dt><dd>written in that time</dd></dl>\n"
          "<p class=\"hint\">The last three narrow what is looked for by words, <code>film:</code> or "
          "<code>by:</code>.</p>\n</section>\n";
}

}  // namespace

std::string search_address(const std::string& text, const std::string& kind, const std::string& after) {
  std::string address = "/search?q=" + encoded(text);
  if (!kind.empty()) address += "&in=" + encoded(kind);
  if (!after.empty()) address += "&after=" + encoded(after);
  return address;
}

std::string search_page(const PageContext& context, const SearchPage& content) {
  Page page(context, {.title = content.text.empty() ? std::string("Search") : "Search: " + content.text,
                      .description = "Search in films, people, discussions and posts.",
                      .canonical = content.text.empty() ? std::string("/search") : std::string()});
  auto& html = page.html();
  html << "<h1>Search</h1>\n";
  write_form_errors(html, content.form);
  write_field(html, content);
  if (content.text.empty() || !content.form.errors.empty()) {
    write_help(html);
  } else {
    write_kinds(html, content);
    write_results(html, content);
  }
  return std::move(page).finish();
}

}  // namespace foyer::pages
