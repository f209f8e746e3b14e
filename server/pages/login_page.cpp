#include "server/pages/addresses.hpp"
#include "server/pages/forms.hpp"
#include "server/pages/layout.hpp"
#include "server/pages/pages.hpp"

namespace foyer::pages {

std::string login_page(const PageContext& context, const LoginPage& content) {
  Page page(context, {.title = "Log in", .canonical = "/login"});
  auto& html = page.html();
  html << "<div class=\"narrow\">\n<h1>Log in</h1>\n<form class=\"form\" method=\"post\" action=\"/login\">\n";
  write_form_errors(html, content.form);
  write_hidden(html, "next", content.next);
  html << "\n";
  write_field(html, {.name = "login", .label = "Name", .autocomplete = "username"}, content.login, content.form);
  write_field(html, {.name = "password", .label = "Password", .type = "password", .autocomplete = "current-password"},
              "", content.form);
  html << "<p class=\"form-actions\"><button type=\"submit\" class=\"primary\">Log in</button></p>\n</form>\n"
          "<p>New here? <a";
  html.attribute("href", Address(register_address(content.next))) << ">Register</a>. It takes a minute.</p>\n</div>\n";
  return std::move(page).finish();
}

}  // namespace foyer::pages
