// The forms to log in, register and log out.
#include "server/http/form_answers.hpp"
#include "server/http/handlers.hpp"
#include "server/http/sign_in.hpp"
#include "server/pages/pages.hpp"

namespace foyer::http {
namespace {

Response login_again(PageVisit& visit, const pages::FormState& form) {
  const Pairs fields = readable_fields(visit.call().request);
  return visit.page(pages::login_page(visit.context(),
                                      {first_value(fields, "login"), local_path(first_value(fields, "next")), form}));
}

Response registration_again(PageVisit& visit, const pages::FormState& form) {
  const Pairs fields = readable_fields(visit.call().request);
  return visit.page(pages::register_page(visit.context(), {first_value(fields, "name"), first_value(fields, "email"),
                                                           local_path(first_value(fields, "next")), form}));
}

Response go_on(const Call& call, const forum::SignedIn& signed_in, const Pairs& fields) {
  Response response = see_other(local_path(first_value(fields, "next")));
  give_session(call, signed_in, response);
  return response;
}

runtime::Task<Response> take_login(CallPointer call) {
  const Result<Pairs> fields = form_fields(call->request);
  if (!fields) {
    Response again = co_await show_again(call, fields.error(), &login_again);
    co_return again;
  }
  LoginRequest request{first_value(*fields, "login"), first_value(*fields, "password")};
  const Result<forum::SignedIn> signed_in = co_await log_in(call, std::move(request));
  if (!signed_in) {
    Response again = co_await show_again(call, signed_in.error(), &login_again);
    co_return again;
  }
  co_return go_on(*call, *signed_in, *fields);
}

runtime::Task<Response> take_registration(CallPointer call) {
  const Result<Pairs> fields = form_fields(call->request);
  if (!fields) {
    Response again = co_await show_again(call, fields.error(), &registration_again);
    co_return again;
  }
  RegisterRequest request{first_value(*fields, "name"), first_value(*fields, "email"),
                          first_value(*fields, "password")};
  const Result<forum::SignedIn> signed_in = co_await register_member(call, std::move(request));
  if (!signed_in) {
    Error error = signed_in.error();
    if (error.code == ErrorCode::name_taken) {  // beside the field, where people look for it
      error.fields.push_back(FieldError{"name", "name_taken", error.detail});
    }
    Response again = co_await show_again(call, error, &registration_again);
    co_return again;
  }
  co_return go_on(*call, *signed_in, *fields);
}

runtime::Task<Response> take_logout(CallPointer call) {
  const Result<void> done = co_await log_out(call);
  if (!done) {
    co_return refuse_to_guest(*call, done.error());
  }
  Response response = see_other("/");
  take_session_away(*call, response);
  co_return response;
}

}  // namespace

std::vector<Route> account_form_routes() {
  constexpr auto people = Audience::people;
  return {{Method::post, "/login", people, &take_login},
          {Method::post, "/register", people, &take_registration},
          {Method::post, "/logout", people, &take_logout}};
}

}  // namespace foyer::http
