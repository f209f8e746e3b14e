#include "server/pages/addresses.hpp"
#include "server/pages/forms.hpp"
#include "server/pages/layout.hpp"
#include "server/pages/pages.hpp"
#include "server/pages/words.hpp"

namespace foyer::pages {

namespace {

void write_way_on(Html& html, const PageContext& context, const Error& error, const std::string& request_id) {
  switch (error.code) {
    case ErrorCode::not_found:
      html << "<p>Perhaps it is among the <a href=\"/films\">films</a> or the <a href=\"/threads\">threads</a>.</p>\n";
      write_site_search(html);
      return;
    case ErrorCode::unauthenticated:
      html << "<p><a";
      html.attribute("href", Address(login_address(context.path))) << ">Log in</a>, or <a";
      html.attribute("href", Address(register_address(context.path))) << ">register</a>. It takes a minute.</p>\n";
      return;
    case ErrorCode::internal:
      html << "<p>It is our fault. If it happens again, tell us this number: <code>" << request_id << "</code></p>\n";
      return;
    default:
      break;
  }
  if (error.retry_after_seconds) {
    html << "<p>Please try again in " << count_in_words(*error.retry_after_seconds, "second") << ".</p>\n";
  }
}

}  // namespace

std::string kept_text_page(const PageContext& context, const std::string& text, const std::string& address) {
  Page page(context, {.title = "Log in to go on"});
  auto& html = page.html();
  html << "<h1>Log in to go on</h1>\n<p>You are not logged in any more, so this was not sent. Copy it, <a";
  html.attribute("href", Address(login_address(address)))
      << ">log in</a> and send it again.</p>\n"
      << "<p class=\"field\"><label for=\"field-kept\">Your text</label><textarea id=\"field-kept\" rows=\"10\" "
         "readonly>\n"
      << text << "</textarea></p>\n";
  return std::move(page).finish();
}

std::string error_page(const PageContext& context, const Error& error, const std::string& request_id) {
  const std::string heading(title(error.code));
  Page page(context, {.title = heading});
  auto& html = page.html();
  html << "<h1>" << heading << "</h1>\n";
  if (!error.detail.empty()) html << "<p>" << error.detail << "</p>\n";
  if (!error.fields.empty()) {
    html << "<ul>";
    for (const auto& [field, code, message] : error.fields) {
      html << "<li><code>" << field << "</code>: " << message << "</li>";
    }
    html << "</ul>\n";
  }
  write_way_on(html, context, error, request_id);
  html << "<p><a href=\"/\">See what is being discussed</a></p>\n";
  return std::move(page).finish();
}

}  // namespace foyer::pages
