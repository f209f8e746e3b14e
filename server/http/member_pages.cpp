// The page of a member, and the form on it by which moderators decide about the member.
#include <chrono>

#include "protocol/limits.hpp"
#include "server/forum/accounts.hpp"
#include "server/forum/permissions.hpp"
#include "server/forum/sanctions.hpp"
#include "server/http/encoded_pairs.hpp"
#include "server/http/form_answers.hpp"
#include "server/http/handlers.hpp"
#include "server/http/query_fields.hpp"
#include "server/pages/addresses.hpp"
#include "server/pages/pages.hpp"

namespace foyer::http {
namespace {

using persistence::Transaction;

Response member_response(PageVisit& visit, pages::SanctionForm form) {
  const std::string& name = visit.call().path.name;
  auto profile =
      visit.database().read([&](Transaction& transaction) { return forum::read_profile(transaction, name); });
  if (!profile) {
    return visit.refuse(profile.error());
  }
  const std::string path = pages::address_of_member(profile->user.name);
  if (profile->user.name != name && visit.call().request.method == Method::get) {
    return visit.moved(path);
  }
  const std::string after = visit.query("after");
  const forum::ListRequest list{after.empty() ? std::nullopt : std::optional(after), limits::page_items_default};
  auto posts =
      visit.database().read([&](Transaction& transaction) { return forum::list_posts_of(transaction, name, list); });
  if (!posts) {
    return visit.refuse(posts.error());
  }
  pages::MemberPage page{std::move(*profile), std::move(*posts), {}, {}};
  if (page.posts.next) {
    page.next_address = path + "?after=" + encode_component(*page.posts.next);
  }
  if (forum::may_sanction(visit.actor(), page.profile.user)) {
    auto present = visit.database().read(
        [&](Transaction& transaction) { return forum::read_sanction(transaction, visit.actor(), page.profile.user); });
    if (!present) {
      return visit.refuse(present.error());
    }
    form.present = std::move(*present);
    page.sanction = std::move(form);
  }
  return visit.page(pages::member_page(visit.context(), page));
}

Response member(PageVisit& visit) { return member_response(visit, {}); }

Response member_again(PageVisit& visit, const pages::FormState& form) {
  const Pairs fields = readable_fields(visit.call().request);
  pages::SanctionForm shown{{}, first_value(fields, "days"), first_value(fields, "reason"), form};
  for (FieldError& error : shown.form.errors) {
    if (error.field == "until") {
      error.field = "days";  // what the form calls it
    }
  }
  return member_response(visit, std::move(shown));
}

// The end is counted in days from now; none means until it is lifted.
Result<SanctionRequest> sanction_request(const Pairs& fields) {
  SanctionRequest request;
  const auto kind = sanction_kind_from_word(first_value(fields, "kind"));
  if (!kind) {
    return invalid_field("kind", "out_of_range", "Choose what to do.");
  }
  request.kind = *kind;
  request.reason = first_value(fields, "reason");
  const std::string days = first_value(fields, "days");
  if (!days.empty()) {
    const auto number = integer_from_text(days);
    if (!number || *number < 1 || *number > limits::sanction_days_max) {
      return invalid_field("days", "out_of_range",
                           "Days are a number from 1 to " + std::to_string(limits::sanction_days_max) + ".");
    }
    const auto now = std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now());
    request.until = now + std::chrono::days(*number);
  }
  return request;
}

FormDone take_sanction(PageVisit& visit) {
  const Result<Pairs> fields = form_fields(visit.call().request);
  const Result<SanctionRequest> request = fields ? sanction_request(*fields) : fields.error();
  if (!request) {
    return {form_again(visit, request.error(), &member_again), {}};
  }
  const auto done = visit.database().write([&](Transaction& transaction) {
    return forum::sanction_member(transaction, visit.actor(), visit.call().path.name, *request);
  });
  if (!done) {
    return {form_again(visit, done.error(), &member_again), {}};
  }
  return {see_other(pages::address_of_member(done->member.name)), {}};
}

}  // namespace

std::vector<Route> member_page_routes() {
  constexpr auto people = Audience::people;
  return {{Method::get, "/members/{name}", people, &member},
          {Method::post, "/members/{name}/sanctions", people, &take_sanction}};
}

}  // namespace foyer::http
