// Views for the tests of pages: a film with the facts of The Cranes Are Flying, a small thread about it, and the same
// with every text field hostile.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "protocol/views.hpp"
#include "server/pages/pages.hpp"

namespace foyer::pages::samples {

// Breaks out of text, attributes, addresses and comments if anything lets it.
inline const std::string hostile = "<script>alert('1')</script>\"><img src=x onerror=\"x()\">&'-->";

inline Timestamp at(int minutes) {
  using namespace std::chrono;
  return sys_days(year(2026) / 11 / 23) + hours(15) + seconds(7) + milliseconds(123) + std::chrono::minutes(minutes);
}

inline UserView mira() { return {.id = UserId{7}, .name = "mira", .role = Role::member}; }
inline UserView ana() { return {.id = UserId{8}, .name = "ana", .role = Role::moderator}; }

inline PageContext guest_context(std::string path = "/") {
  return {.viewer = std::nullopt,
          .path = std::move(path),
          .public_url = "https://foyer.example",
          .assets = {.script = "/assets/app.1a2b.js",
                     .style = "/assets/style.3c4d.css",
                     .font = "/assets/newsreader.5e6f.woff2"},
          .form_key = "0123456789abcdef"};
}

inline PageContext member_context(UserView viewer, std::string path = "/") {
  auto context = guest_context(std::move(path));
  context.viewer = std::move(viewer);
  return context;
}

inline FilmView cranes() {
  FilmView film;
  film.id = FilmId{3};
  film.slug = "the-cranes-are-flying";
  film.title = "The Cranes Are Flying";
  film.original_title = "Letyat zhuravli";
  film.year = 1957;
  film.release_date = "1957-10-12";
  film.runtime_minutes = 97;
  film.synopsis = "Moscow, June 1941. Veronika and Boris are in love.";
  film.synopsis_source = "editorial";
  film.genres = {"romance", "drama", "war"};
  film.countries = {"Soviet Union"};
  film.languages = {"Russian"};
  film.cast = {{PersonId{11}, "Tatyana Samoylova", "Veronika"},
               {PersonId{12}, "Aleksey Batalov", "Boris"},
               {PersonId{13}, "Vasili Merkuryev", ""},
               {PersonId{14}, "Aleksandr Shvorin", ""},
               {PersonId{15}, "Svetlana Kharitonova", ""}};
  film.crew = {{PersonId{21}, "Mikhail Kalatozov", "Director"},
               {PersonId{22}, "Viktor Rozov", "Writer"},
               {PersonId{23}, "Sergey Urusevsky", "Cinematographer"}};
  return film;
}

inline ThreadView thread() {
  ThreadView view;
  view.id = ThreadId{42};
  view.slug = "the-staircase-shot";
  view.title = "The staircase shot";
  view.author = mira();
  view.films = {{FilmId{3}, "the-cranes-are-flying", "The Cranes Are Flying", 1957}};
  view.last_seq = Seq{17};
  view.post_count = 3;
  view.reply_count = 2;
  view.created_at = at(0);
  view.last_post_at = at(9);
  view.last_post_author = "ana";
  return view;
}

inline PostView post(std::int64_t number, UserView author, std::string html) {
  PostView view;
  view.id = PostId{900 + number};
  view.thread_id = ThreadId{42};
  view.number = PostNumber{number};
  view.author = std::move(author);
  view.body = html;
  view.html = std::move(html);
  view.created_at = at(static_cast<int>(number));
  return view;
}

inline PostView removed_post(std::int64_t number) {
  auto view = post(number, mira(), "");
  view.state = PostState::removed;
  view.removal_reason = "Off topic";
  view.body.reset();
  view.html.reset();
  return view;
}

inline std::vector<PostView> posts() {
  auto first = post(1, mira(), "<p>How was it <em>lit</em>?</p>\n");
  first.edited_at = at(2);
  auto second = post(2, ana(), "<p>From below.</p>\n");
  second.reply_to = PostNumber{1};
  return {first, second, removed_post(3)};
}

inline ThreadPage thread_content() {
  ThreadPage content;
  content.thread = thread();
  content.posts = posts();
  return content;
}

inline FilmPage film_content() {
  FilmPage content;
  content.film = cranes();
  return content;
}

inline FormState form(std::vector<std::string> fields, const std::string& message) {
  FormState state;
  state.message = message;
  for (auto& field : fields) state.errors.push_back({std::move(field), "required", message});
  return state;
}

}  // namespace foyer::pages::samples
