#include "server/pages/layout.hpp"

#include <utility>

#include "server/pages/addresses.hpp"
#include "server/pages/atom_feed.hpp"
#include "server/pages/forms.hpp"

namespace foyer::pages {

namespace {

Literal attribute_of(Theme theme) {
  if (theme == Theme::system) return "";
  return theme == Theme::light ? Literal(" data-theme=\"light\"") : Literal(" data-theme=\"dark\"");
}

// What the browser paints around the page and before its style has come: the token bg.
Literal colours_of(Theme theme) {
  switch (theme) {
    case Theme::light:
      return "<meta name=\"color-scheme\" content=\"light\">\n<meta name=\"theme-color\" content=\"#F6F3EC\">\n";
    case Theme::dark:
      return "<meta name=\"color-scheme\" content=\"dark\">\n<meta name=\"theme-color\" content=\"#131110\">\n";
    case Theme::system:
      break;
  }
  return "<meta name=\"color-scheme\" content=\"light dark\">\n"
         "<meta name=\"theme-color\" content=\"#F6F3EC\" media=\"(prefers-color-scheme: light)\">\n"
         "<meta name=\"theme-color\" content=\"#131110\" media=\"(prefers-color-scheme: dark)\">\n";
}

}  // namespace

Page::Page(const PageContext& context, const PageHead& head) : context_(context), feed_(head.feed) {
  write_head(head);
  write_body_start();
  write_bar();
  html_ << "<main id=\"main\" class=\"page" << head.classes << "\">\n";
}

std::string Page::finish() && {
  html_ << "</main>\n"
           "<footer class=\"foot\"><p><span class=\"wordmark\">Foyer</span> is where people talk about "
           "films.</p><p><a href=\"/settings\">Settings</a></p>";
  if (!feed_.empty()) {
    html_ << "<p><a type=\"" << atom_type << "\"";
    html_.attribute("href", Address(feed_)) << ">Feed of this page</a></p>";
  }
  if (context_.viewer && context_.viewer->role != Role::member) {
    html_ << "<p><a href=\"/moderation/log\">Moderation log</a></p>";
  }
  html_ << "</footer>\n"
           "</body>\n</html>\n";
  return std::move(html_).take();
}

void Page::write_head(const PageHead& head) {
  html_ << "<!DOCTYPE html>\n<html lang=\"en\"" << attribute_of(context_.theme)
        << ">\n<head>\n<meta charset=\"utf-8\">\n<title>" << head.title
        << " · Foyer</title>\n"
           "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
           "<link rel=\"icon\" href=\"data:,\">\n"
        << colours_of(context_.theme);
  if (!head.canonical.empty()) {
    html_ << "<link rel=\"canonical\"";
    html_.attribute("href", Address(context_.public_url + head.canonical)) << ">\n";
  }
  if (!head.previous.empty()) {
    html_ << "<link rel=\"prev\"";
    html_.attribute("href", Address(head.previous)) << ">\n";
  }
  if (!head.next.empty()) {
    html_ << "<link rel=\"next\"";
    html_.attribute("href", Address(head.next)) << ">\n";
  }
  if (!head.feed.empty()) {
    html_ << "<link rel=\"alternate\" type=\"" << atom_type << "\"";
    html_.attribute("title", head.title).attribute("href", Address(head.feed)) << ">\n";
  }
  write_description(head);
  html_ << "<link rel=\"stylesheet\"";
  html_.attribute("href", Address(context_.assets.style)) << ">\n";
  // Fonts are always fetched as if from elsewhere: without crossorigin it would come twice.
  html_ << "<link rel=\"preload\" as=\"font\" type=\"font/woff2\" crossorigin";
  html_.attribute("href", Address(context_.assets.font)) << ">\n<script type=\"module\"";
  html_.attribute("src", Address(context_.assets.script)) << "></script>\n</head>\n";
}

// For search engines, and in the words of Open Graph for whoever shows a shared link.
void Page::write_description(const PageHead& head) {
  html_ << "<meta name=\"description\"";
  html_.attribute("content", head.description) << ">\n<meta property=\"og:title\"";
  html_.attribute("content", head.title) << ">\n<meta property=\"og:description\"";
  html_.attribute("content", head.description) << ">\n<meta property=\"og:site_name\" content=\"Foyer\">\n"
                                                  "<meta property=\"og:type\" content=\""
                                               << head.type << "\">\n";
  if (!head.canonical.empty()) {
    html_ << "<meta property=\"og:url\"";
    html_.attribute("content", context_.public_url + head.canonical) << ">\n";
  }
}

void Page::write_body_start() {
  html_ << "<body";
  if (context_.viewer) {
    html_.attribute("data-user-id", context_.viewer->id.value);
    html_.attribute("data-user-name", context_.viewer->name);
    html_.attribute("data-role", std::string(to_word(context_.viewer->role)));
  }
  html_ << ">\n<a class=\"skip-link\" href=\"#main\">Skip to the content</a>\n";
}

void Page::write_bar() {
  html_ << "<header class=\"bar\"><div class=\"bar-row\">\n"
           "<a class=\"wordmark\" href=\"/\">Foyer</a>\n"
           "<nav class=\"places\" aria-label=\"Places\">";
  write_place("/", "Now", "/");
  write_place("/films", "Films", "/films");
  write_place("/threads", "Threads", "/threads");
  html_ << "</nav>\n";
  write_search();
  html_ << "<div class=\"account\">";
  write_viewer();
  html_ << "</div>\n</div></header>\n";
}

namespace {

constexpr Literal magnifier =
    "<svg aria-hidden=\"true\" viewBox=\"0 0 20 20\" width=\"20\" height=\"20\" fill=\"none\" "
    "stroke=\"currentColor\" stroke-width=\"2\"><circle cx=\"8.5\" cy=\"8.5\" r=\"5.5\"></circle>"
    "<path d=\"m13 13 5 5\"></path></svg><span class=\"visually-hidden\">Search</span>";

}  // namespace

// A field where there is room for one, else a link to the page that has it.
void Page::write_search() {
  html_ << "<form class=\"bar-search\" role=\"search\" aria-label=\"Everything\" method=\"get\" "
           "action=\"/search\"><label for=\"bar-q\"><span class=\"visually-hidden\">Films, people, "
           "discussions, posts</span></label><input type=\"search\" id=\"bar-q\" name=\"q\" placeholder=\"Search\" "
           "autocomplete=\"off\"><button type=\"submit\" class=\"plain\">"
        << magnifier << "</button></form>\n<a class=\"search-link\" href=\"/search\"";
  if (context_.path.starts_with("/search")) html_ << " aria-current=\"page\"";
  html_ << ">" << magnifier << "</a>\n";
}

// aria-current says "page" on the place itself and "true" on what lies below it.
void Page::write_place(Literal address, Literal name, const std::string& path) {
  html_ << "<a href=\"" << address << "\"";
  if (context_.path == path) {
    html_ << " aria-current=\"page\"";
  } else if (path != "/" && (context_.path.starts_with(path + "/") || context_.path.starts_with(path + "?"))) {
    html_ << " aria-current=\"true\"";
  }
  html_ << ">" << name << "</a>\n";
}

void Page::write_viewer() {
  if (context_.viewer) {
    html_ << "<a class=\"viewer\"";
    html_.attribute("href", Address(address_of_member(context_.viewer->name)))
        << ">" << context_.viewer->name << "</a>"
        << "<form class=\"log-out\" method=\"post\" action=\"/logout\">";
    write_form_key(html_, context_);
    html_ << "<button type=\"submit\" class=\"plain\">Log out</button></form>";
    return;
  }
  const bool entering = context_.path.starts_with("/login") || context_.path.starts_with("/register");
  const auto next = entering ? std::string() : context_.path;
  html_ << "<a";
  html_.attribute("href", Address(login_address(next))) << ">Log in</a><a class=\"register-link\"";
  html_.attribute("href", Address(register_address(next))) << ">Register</a>";
}

bool moderates(const PageContext& context) { return context.viewer && context.viewer->role != Role::member; }

void write_page_links(Html& html, const std::string& previous, const std::string& next) {
  if (previous.empty() && next.empty()) return;
  html << "<nav class=\"page-links\" aria-label=\"Pages\">";
  if (!previous.empty()) {
    html << "<a rel=\"prev\"";
    html.attribute("href", Address(previous)) << ">Earlier</a>";
  }
  if (!next.empty()) {
    html << "<a rel=\"next\"";
    html.attribute("href", Address(next)) << ">Next</a>";
  }
  html << "</nav>\n";
}

}  // namespace foyer::pages
