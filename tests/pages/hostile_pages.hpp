// Every page of the site with hostile text in every field that comes from people or files.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "server/pages/film_edit_pages.hpp"
#include "server/pages/review_pages.hpp"
#include "tests/pages/sample_views.hpp"

namespace foyer::pages::samples {

inline UserView hostile_user(Role role) { return {.id = UserId{7}, .name = hostile, .role = role}; }

inline ThreadView hostile_thread() {
  auto view = thread();
  view.slug = hostile;
  view.title = hostile;
  view.author = hostile_user(Role::member);
  view.films = {{FilmId{3}, hostile, hostile, 1957}, {FilmId{4}, hostile, hostile, std::nullopt}};
  view.last_post_author = hostile;
  return view;
}

inline std::vector<PostView> hostile_posts() {
  auto answer = post(2, hostile_user(Role::admin), "<p>fine</p>");
  answer.body = hostile;
  answer.reply_to = PostNumber{1};
  auto removed = removed_post(3);
  removed.author = hostile_user(Role::member);
  removed.removal_reason = hostile;
  auto far = post(4, hostile_user(Role::member), "<p>fine</p>");
  far.reply_to = PostNumber{99};
  return {post(1, hostile_user(Role::member), "<p>fine</p>"), answer, removed, far};
}

inline FilmView hostile_film() {
  auto film = cranes();
  film.slug = film.title = film.original_title = film.synopsis = film.release_date = hostile;
  film.synopsis_source = "wikipedia";
  film.synopsis_url = "javascript:alert(1)";
  film.genres = film.countries = film.languages = film.alternative_titles = {hostile, hostile};
  film.cast = {{PersonId{1}, hostile, hostile}};
  film.crew = {{PersonId{1}, hostile, hostile}};
  film.external_ids = {{hostile, hostile}};
  return film;
}

inline PageContext hostile_context(std::optional<Role> role) {
  auto context = guest_context("/" + hostile);
  context.form_key = hostile;
  context.public_url = "https://foyer.example" + hostile;
  if (role) context.viewer = hostile_user(*role);
  return context;
}

inline FormState hostile_form() { return form({"body", "title", "name", "login", "reason", hostile}, hostile); }

inline SanctionForm hostile_sanction() {
  return {SanctionView{hostile_user(Role::member), SanctionKind::ban, std::nullopt, hostile}, hostile, hostile,
          hostile_form()};
}

inline ThreadPage hostile_thread_page() {
  ThreadPage content;
  content.thread = hostile_thread();
  content.posts = hostile_posts();
  content.quoted = {post(99, hostile_user(Role::member), "<p>fine</p>")};
  content.page_number = 2;
  content.page_count = 3;
  content.form = hostile_form();
  content.draft = hostile;
  content.reply_to = PostNumber{1};
  content.rail = {FilmFacts{{FilmId{3}, hostile, hostile, 1957}, hostile, {hostile}, 97}, {hostile_thread()}};
  return content;
}

inline FilmLink hostile_link() { return {FilmId{3}, hostile, hostile, 1957}; }

inline ThreadPage hostile_search_page(bool solved) {
  ThreadPage content = hostile_thread_page();
  content.thread.kind = ThreadKind::identify;
  content.identification.clues = FilmClues{1950, hostile, FilmColour::colour, hostile, hostile};
  content.identification.proposals = {{hostile_link(), hostile_user(Role::member), at(0)}};
  content.named_film = hostile;
  if (solved) {
    content.thread.solved = hostile_link();
    content.identification.solution = PostNumber{2};
  } else {
    content.identification.answers = {{PostNumber{2}, hostile_link()}};
  }
  return content;
}

inline NewThreadPage hostile_new_thread() {
  NewThreadPage content;
  content.films = {hostile_link()};
  content.found = {hostile_link()};
  content.title = content.body = content.decade = content.wanted_film = hostile;
  content.form = hostile_form();
  content.kind = ThreadKind::identify;
  content.clues = {1950, hostile, FilmColour::colour, hostile, hostile};
  return content;
}

inline ThreadView hostile_review() {
  auto view = hostile_thread();
  view.kind = ThreadKind::review;
  view.title = "Review of " + hostile;
  view.score = 7;
  return view;
}

inline FilmPage hostile_film_page() {
  FilmPage content;
  content.film = hostile_film();
  content.related = {{hostile_thread(), hostile, hostile}};
  content.reviewed = {{{hostile_review(), hostile}}, 2, hostile_review()};
  content.comments.thread = hostile_thread();
  content.comments.thread->kind = ThreadKind::comments;
  content.comments.posts = hostile_posts();
  content.form = hostile_form();
  content.draft = hostile;
  return content;
}

inline ListView<ModerationEntryView> hostile_entries() {
  ModerationEntryView entry;
  entry.moderator = hostile_user(Role::moderator);
  entry.action = entry.reason = entry.note = hostile;
  entry.thread_id = ThreadId{42};
  entry.post_id = PostId{1};
  entry.post_number = PostNumber{1};
  return {{entry}, hostile};
}

inline FilmEditPage hostile_film_form() {
  FilmEditPage content{hostile_link(), {}, hostile, hostile_form()};
  for (const std::string_view name : film_fields) content.fields.push_back({std::string(name), hostile});
  return content;
}

inline FilmHistoryPage hostile_film_history() {
  const FilmChangeView change{1, at(0), hostile_user(Role::moderator), hostile, hostile, hostile};
  return {hostile_link(), {{change}, hostile}, "/?after=" + hostile};
}

// Name and text of every page as this viewer gets it.
inline std::vector<std::pair<std::string, std::string>> hostile_pages(std::optional<Role> role) {
  const auto context = hostile_context(role);
  const auto next = "/?after=" + hostile;
  const auto some_post = hostile_posts().front();
  auto linked = hostile_film_page();
  linked.linked = {hostile_thread()};
  const FilmSummary summary{FilmId{3}, hostile, hostile, 1957, hostile, {hostile, hostile}, 2};
  const FilmSearch hostile_search{hostile, hostile, hostile, hostile, hostile, hostile, hostile};
  const PersonView person{PersonId{1}, hostile, hostile, {hostile}, {}};
  const JobSection work{JobGroup::acting, 300, {{{FilmId{3}, hostile, hostile, 1957}, {hostile, hostile}, 7.5}}};
  const ProfileView profile{hostile_user(Role::admin), at(0), 3, 1};
  const Error error{ErrorCode::invalid, hostile, {{hostile, hostile, hostile}}, 3};
  return {
      {"front", front_page(context, {{{hostile_thread()}, hostile},
                                     {{{{FilmId{3}, hostile, hostile, 1957}, 2}}, {hostile_thread()}}})},
      {"films",
       film_list_page(context,
                      {{{summary}, hostile}, hostile_search, 1, {{{hostile, 1}}, {{hostile, 1}}, {}, {}}, next, {}})},
      {"films, none", film_list_page(context, {{}, hostile_search, 0, {}, "", {{hostile_search, hostile, 1}}})},
      {"film", film_page(context, hostile_film_page())},
      {"film with threads", film_page(context, linked)},
      {"cast", credits_page(context, hostile_film(), CreditKind::cast)},
      {"crew", credits_page(context, hostile_film(), CreditKind::crew)},
      {"film form", film_edit_page(context, hostile_film_form())},
      {"history of a film", film_history_page(context, hostile_film_history())},
      {"person", person_page(context, {person, {work}, {hostile_thread()}, "", 1, 1})},
      {"work of a person", person_page(context, {person, {work}, {}, hostile, 2, 3})},
      {"threads", thread_list_page(context, {{{hostile_thread()}, hostile}, next})},
      {"thread", thread_page(context, hostile_thread_page())},
      {"new thread", new_thread_page(context, hostile_new_thread())},
      {"search for a film", thread_page(context, hostile_search_page(false))},
      {"search that ended", thread_page(context, hostile_search_page(true))},
      {"reviews",
       review_list_page(context, {hostile_review().films[0], {{{hostile_review(), hostile}}, hostile}, next})},
      {"review form", review_form_page(context, {hostile_review().films[0], hostile_review(), hostile, hostile, 7, true,
                                                 hostile_form()})},
      {"register", register_page(context, {hostile, hostile, hostile, hostile_form()})},
      {"settings", settings_page(context, {.saved = true, .form = hostile_form()})},
      {"login", login_page(context, {hostile, hostile, hostile_form()})},
      {"member", member_page(context, {profile, {hostile_posts(), hostile}, next, hostile_sanction()})},
      {"edit", edit_post_page(context, {some_post, hostile, hostile_form()})},
      {"remove", remove_post_page(context, some_post, hostile_form())},
      {"delete", delete_post_page(context, some_post)},
      {"history", history_page(context, hostile_posts()[2], {{1, hostile, hostile_user(Role::member), at(0)}},
                               ReachView{3, 2, 1})},
      {"moderation log", moderation_log_page(context, {hostile_entries(), next})},
      {"error", error_page(context, error, hostile)},
      {"fault",
       error_page(context, {.code = ErrorCode::internal, .detail = hostile, .fields = {}, .retry_after_seconds = {}},
                  hostile)},
  };
}

}  // namespace foyer::pages::samples
