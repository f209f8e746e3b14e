// The forms that edit, delete, remove, restore and like one post.
#include "server/forum/moderation.hpp"
#include "server/forum/permissions.hpp"
#include "server/forum/posts.hpp"
#include "server/forum/reactions.hpp"
#include "server/http/discussion_pages.hpp"
#include "server/http/form_answers.hpp"
#include "server/http/handlers.hpp"
#include "server/http/query_fields.hpp"
#include "server/pages/pages.hpp"

namespace foyer::http {
namespace {

using persistence::Transaction;

// Makes the change and finds the post's place in the same transaction.
template <class Change>
Result<FormDone> change_post(PageVisit& visit, Change change) {
  return write_form(visit, [&](Transaction& transaction) -> Result<FormDone> {
    Result<forum::Changed<PostView>> changed = change(transaction);
    if (!changed) {
      return changed.error();
    }
    const auto place = forum::find_place(transaction, changed->view.id);
    if (!place) {
      return place.error();
    }
    return FormDone{see_other(post_address(place->thread, place->number)), std::move(changed->news)};
  });
}

Result<PostView> read_post(PageVisit& visit) {
  return visit.database().read(
      [&](Transaction& transaction) { return forum::read_post(transaction, visit.call().id<PostId>()); });
}

Response edit_again(PageVisit& visit, const pages::FormState& form) {
  Result<PostView> post = read_post(visit);
  if (!post) {
    return visit.refuse(post.error());
  }
  if (!visit.actor().moderator() && !visit.actor().is(post->author.id)) {
    return visit.refuse(refused(ErrorCode::forbidden, "Only its author edits a post."));
  }
  const std::string body = first_value(readable_fields(visit.call().request), "body");
  return visit.page(pages::edit_post_page(visit.context(), {std::move(*post), body, form}));
}

FormDone take_edit(PageVisit& visit) {
  if (auto shown = preview_of(visit, &edit_again)) {
    return {std::move(*shown), {}};
  }
  const Result<Pairs> fields = form_fields(visit.call().request);
  if (!fields) {
    return {form_again(visit, fields.error(), &edit_again), {}};
  }
  const EditPostRequest request{first_value(*fields, "body")};
  auto done = change_post(visit, [&](Transaction& transaction) {
    return forum::edit_post(transaction, visit.actor(), visit.call().id<PostId>(), request);
  });
  return done ? std::move(*done) : FormDone{form_again(visit, done.error(), &edit_again), {}};
}

FormDone take_deletion(PageVisit& visit) {
  auto done = change_post(visit, [&](Transaction& transaction) {
    return forum::delete_post(transaction, visit.actor(), visit.call().id<PostId>());
  });
  return done ? std::move(*done) : FormDone{visit.refuse(done.error()), {}};
}

Response removal_again(PageVisit& visit, const pages::FormState& form) {
  const Result<void> allowed = forum::may_moderate(visit.actor());
  if (!allowed) {
    return visit.refuse(allowed.error());
  }
  const Result<PostView> post = read_post(visit);
  return post ? visit.page(pages::remove_post_page(visit.context(), *post, form)) : visit.refuse(post.error());
}

Result<RemovePostRequest> removal_request(const Pairs& fields) {
  RemovePostRequest request{first_value(fields, "reason"), first_value(fields, "note"), std::nullopt};
  const std::string revision = first_value(fields, "revision");
  if (!revision.empty()) {
    const auto number = integer_from_text(revision);
    if (!number || *number < 1 || *number > INT32_MAX) {
      return invalid_field("revision", "wrong_type", "must be the number of a revision");
    }
    request.revision = static_cast<int>(*number);
  }
  return request;
}

FormDone take_removal(PageVisit& visit) {
  const Result<Pairs> fields = form_fields(visit.call().request);
  const Result<RemovePostRequest> request = fields ? removal_request(*fields) : fields.error();
  if (!request) {
    return {form_again(visit, request.error(), &removal_again), {}};
  }
  auto done = change_post(visit, [&](Transaction& transaction) {
    return forum::remove_post(transaction, visit.actor(), visit.call().id<PostId>(), *request);
  });
  return done ? std::move(*done) : FormDone{form_again(visit, done.error(), &removal_again), {}};
}

FormDone take_restoration(PageVisit& visit) {
  auto done = change_post(visit, [&](Transaction& transaction) {
    return forum::restore_post(transaction, visit.actor(), visit.call().id<PostId>());
  });
  return done ? std::move(*done) : FormDone{visit.refuse(done.error()), {}};
}

using ChangeReaction = Result<forum::Changed<PostView>> (*)(Transaction&, const forum::Actor&, PostId,
                                                            const std::string&);

template <ChangeReaction change>
FormDone take_reaction(PageVisit& visit) {
  auto done = change_post(visit, [&](Transaction& transaction) {
    return change(transaction, visit.actor(), visit.call().id<PostId>(), std::string(to_word(Reaction::like)));
  });
  return done ? std::move(*done) : FormDone{visit.refuse(done.error()), {}};
}

}  // namespace

std::vector<Route> post_form_routes() {
  constexpr auto people = Audience::people;
  return {{Method::post, "/posts/{id}/edit", people, &take_edit},
          {Method::post, "/posts/{id}/delete", people, &take_deletion},
          {Method::post, "/posts/{id}/remove", people, &take_removal},
          {Method::post, "/posts/{id}/restore", people, &take_restoration},
          {Method::post, "/posts/{id}/like", people, &take_reaction<forum::add_reaction>},
          {Method::post, "/posts/{id}/unlike", people, &take_reaction<forum::remove_reaction>}};
}

}  // namespace foyer::http
