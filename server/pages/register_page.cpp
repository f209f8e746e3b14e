#include "server/pages/addresses.hpp"
#include "server/pages/forms.hpp"
#include "server/pages/layout.hpp"
#include "server/pages/pages.hpp"

namespace foyer::pages {

std::string register_page(const PageContext& context, const RegisterPage& content) {
  Page page(context, {.title = "Register", .canonical = "/register"});
  auto& html = page.html();
  html << "<div class=\"narrow\">\n<h1>Register</h1>\n<form class=\"form\" method=\"post\" action=\"/register\">\n";
  write_form_errors(html, content.form);
  write_hidden(html, "next", content.next);
  html << "\n";
  write_field(html,
              {.name = "name",
               .label = "Name",
               .autocomplete = "username",
               .hint = "2 to 30 letters, digits, _ or -, a letter or digit first, letters of one script only. "
                       "Everybody sees it."},
              content.name, content.form);
  write_field(
      html,
      {.name = "email", .label = "E-mail", .type = "email", .autocomplete = "email", .hint = "Nobody else sees it."},
      content.email, content.form);
  write_field(html,
              {.name = "password",
               .label = "Password",
               .type = "password",
               .autocomplete = "new-password",
               .hint = "At least 8 characters."},
              "", content.form);
  html << "<p class=\"form-actions\"><button type=\"submit\" class=\"primary\">Register</button></p>\n</form>\n"
          "<p>Already a member? <a";
  html.attribute("href", Address(login_address(content.next))) << ">Log in</a></p>\n</div>\n";
  return std::move(page).finish();
}

}  // namespace foyer::pages
