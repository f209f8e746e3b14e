#include "server/http/form_answers.hpp"

#include "protocol/film_edit.hpp"
#include "server/forum/posts.hpp"
#include "server/http/jobs.hpp"
#include "server/http/problem.hpp"
#include "server/http/query_fields.hpp"
#include "server/pages/film_edit_pages.hpp"
#include "server/pages/pages.hpp"

namespace foyer::http {
namespace {

bool form_helps(ErrorCode code) {
  switch (code) {
    case ErrorCode::unauthenticated:
    case ErrorCode::not_found:
    case ErrorCode::unsupported_media_type:
    case ErrorCode::cross_origin:
    case ErrorCode::internal:
      return false;
    default:
      return true;
  }
}

}  // namespace

Result<Pairs> form_fields(const Request& request) {
  if (request.media_type() != "application/x-www-form-urlencoded") {
    return refused(ErrorCode::unsupported_media_type, "A form is sent as application/x-www-form-urlencoded.");
  }
  return decode_pairs(request.body);
}

Pairs readable_fields(const Request& request) {
  auto fields = form_fields(request);
  return fields ? std::move(*fields) : Pairs();
}

Result<PostRequest> post_request(const Pairs& fields) {
  PostRequest request;
  request.body = first_value(fields, "body");
  const std::string reply_to = first_value(fields, "reply_to");
  if (!reply_to.empty()) {
    const auto number = integer_from_text(reply_to);
    if (!number || *number < 1) {
      return invalid_field("reply_to", "wrong_type", "must be the number of a post");
    }
    request.reply_to = PostNumber{*number};
  }
  return request;
}

namespace {

// The text of a post, or all facts of a film.
std::string typed_text(const Pairs& fields) {
  if (first_value(fields, "version").empty()) {
    return first_value(fields, "body");
  }
  std::string text;
  for (const std::string_view name : film_fields) {
    const std::string fact = first_value(fields, name);
    if (!fact.empty()) {
      text += pages::film_field_label(std::string(name)) + ":\n" + fact + "\n\n";
    }
  }
  return text;
}

}  // namespace

// A form with a key was made for a member.
Response keep_text(PageVisit& visit, const Error& error) {
  const Request& request = visit.call().request;
  const Pairs fields = readable_fields(request);
  const std::string text = error.code == ErrorCode::unauthenticated ? typed_text(fields) : std::string();
  if (text.empty() || first_value(fields, "key").empty()) {
    return visit.refuse(error);
  }
  std::string address = visit.context().path;
  for (const std::string_view form : {"/posts", "/comments"}) {
    if (address.ends_with(form)) {
      address.resize(address.size() - form.size());
    }
  }
  Response response = visit.page(pages::kept_text_page(visit.context(), text, address), http_status(error.code));
  add_refusal_headers(error, response);
  return response;
}

Response form_again(PageVisit& visit, const Error& error, RenderForm render) {
  if (!form_helps(error.code)) {
    return keep_text(visit, error);
  }
  Response response = render(visit, form_state(error));
  if (response.status == 200) {
    response.status = http_status(error.code);
    add_refusal_headers(error, response);
  }
  return response;
}

bool asks_for_preview(const Request& request) { return first_value(readable_fields(request), "preview") == "1"; }

std::optional<Response> preview_of(PageVisit& visit, RenderForm render) {
  const Request& request = visit.call().request;
  if (!asks_for_preview(request)) {
    return std::nullopt;
  }
  auto html = forum::preview(visit.actor(), {first_value(readable_fields(request), "body")});
  return html ? render(visit, {.preview = std::move(*html)}) : form_again(visit, html.error(), render);
}

runtime::Task<Response> show_preview(CallPointer call, RenderForm render) {
  return show_page(std::move(call), [render](PageVisit& visit) { return preview_of(visit, render).value(); });
}

runtime::Task<Response> show_again(CallPointer call, Error error, RenderForm render) {
  auto job = [call, error, render]() -> Result<Response> {
    PageVisit visit(*call);
    const Result<void> known = visit.identify();
    return known ? form_again(visit, error, render) : visit.refuse(known.error());
  };
  Result<Response> response = co_await in_database(call, std::move(job));
  if (!response) {
    co_return refuse_to_guest(*call, error);
  }
  co_return std::move(*response);
}

}  // namespace foyer::http
