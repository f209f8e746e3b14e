// What the handlers of HTML forms share: reading the fields, and showing a form again with what was wrong.
#pragma once

#include <optional>
#include <string>

#include "protocol/requests.hpp"
#include "server/forum/guarded.hpp"
#include "server/http/call.hpp"
#include "server/http/page_visit.hpp"
#include "server/runtime/task.hpp"

namespace foyer::http {

// The fields of the body; unsupported_media_type unless it is application/x-www-form-urlencoded.
Result<Pairs> form_fields(const Request& request);

// The fields as far as they can be read, for showing them again.
Pairs readable_fields(const Request& request);

// body and reply_to of a composer.
Result<PostRequest> post_request(const Pairs& fields);

// Renders the page of a form once more, on a worker.
using RenderForm = Response (*)(PageVisit&, const pages::FormState&);

// Nobody's text is lost because a session ended while it was written: a page shows it to copy, where there is some and
// the error is that nobody is logged in. Else what PageVisit::refuse answers.
Response keep_text(PageVisit& visit, const Error& error);
// Runs what a form asks for in a transaction. A database that is away or has too much to do is an error as well, so
// that the form comes back with what was typed.
template <class Write>
auto write_form(const PageVisit& visit, Write write) {
  return forum::guarded([&] { return visit.database().write(write); })();
}

// The answer to a refused form: the form itself with the status of the error, or where a form could not help
// (nothing there, log in first, our own fault) what keep_text answers.
Response form_again(PageVisit& visit, const Error& error, RenderForm render);
// The answer to the button Preview: the form once more with what its text would look like. Nothing for another button.
std::optional<Response> preview_of(PageVisit& visit, RenderForm render);
// Both from the I/O thread, as a job.
bool asks_for_preview(const Request& request);
runtime::Task<Response> show_preview(CallPointer call, RenderForm render);
runtime::Task<Response> show_again(CallPointer call, Error error, RenderForm render);

}  // namespace foyer::http
