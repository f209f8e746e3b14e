// What a browser remembers about how it likes the pages: guests have settings as members do.
#include "server/http/cookies.hpp"
#include "server/http/form_answers.hpp"
#include "server/http/handlers.hpp"
#include "server/pages/pages.hpp"

namespace foyer::http {
namespace {

Response settings(PageVisit& visit) {
  return visit.page(pages::settings_page(visit.context(), {.saved = visit.query("saved") == "1"}));
}

Response settings_again(PageVisit& visit, const pages::FormState& form) {
  return visit.page(pages::settings_page(visit.context(), {.form = form}));
}

Result<pages::Theme> chosen_theme(const Request& request) {
  const Result<Pairs> fields = form_fields(request);
  if (!fields) {
    return fields.error();
  }
  const auto theme = theme_from_word(first_value(*fields, "theme"));
  if (!theme) {
    return invalid_field("theme", "out_of_range", "Choose system, light or dark.");
  }
  return *theme;
}

runtime::Task<Response> take_settings(CallPointer call) {
  const Result<pages::Theme> theme = chosen_theme(call->request);
  if (!theme) {
    Response again = co_await show_again(call, theme.error(), &settings_again);
    co_return again;
  }
  Response response = see_other("/settings?saved=1");
  response.add("Set-Cookie", theme_cookie(call->site.transport, *theme));
  co_return response;
}

}  // namespace

std::vector<Route> settings_routes() {
  constexpr auto people = Audience::people;
  return {{Method::get, "/settings", people, &settings}, {Method::post, "/settings", people, &take_settings}};
}

}  // namespace foyer::http
