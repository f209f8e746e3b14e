// Every full HTML page, complete without JavaScript. Each function returns the whole document. Inputs are
// protocol views only; nothing here reads, decides or throws. Forms post to the same resources and the server
// answers 303. Pure functions, any thread.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "protocol/errors.hpp"
#include "protocol/identification.hpp"
#include "protocol/marks.hpp"
#include "protocol/people.hpp"
#include "protocol/rails.hpp"
#include "protocol/views.hpp"
#include "server/pages/film_search.hpp"
#include "server/pages/page_context.hpp"
#include "server/pages/reviews.hpp"

namespace foyer::pages {

struct FrontPage {
  ListView<ThreadView> threads;
  FrontRail rail;
};
std::string front_page(const PageContext& context, const FrontPage& page);

struct FilmListPage {
  ListView<FilmSummary> films;
  FilmSearch search;
  std::int64_t count = 0;  // of all pages, at most limits::counted_films and one more
  FilmFacets facets;
  std::string next_address;          // "" = last page
  std::vector<LooserSearch> looser;  // when nothing was found
};
std::string film_list_page(const PageContext& context, const FilmListPage& page);

struct CommentsSection {
  std::optional<ThreadView> thread;   // empty: nobody has commented yet
  std::vector<PostView> posts;        // the last page of it
  std::vector<PostView> quoted;       // posts that are replied to but on other pages
  std::vector<PostId> liked;          // by the viewer
  std::int64_t page_number = 1;       // of the comments thread, for the link to earlier comments
  std::map<UserId, int> scores = {};  // that authors of comments gave the film
};
struct FilmPage {
  FilmView film;
  std::vector<ThreadView> linked;
  std::vector<RelatedThreadView> related;  // shown only when nothing is linked
  CommentsSection comments;
  ReviewedBy reviewed;
  std::optional<int> own_score;  // of the viewer
  FilmMarks own_marks;
  FormState form;                      // of the comment form
  std::string draft;                   // comment text given back
  std::optional<PostNumber> reply_to;  // ?reply_to=N
};
std::string film_page(const PageContext& context, const FilmPage& page);

// /films/{id}-{slug}/cast and …/crew
enum class CreditKind { cast, crew };
std::string credits_page(const PageContext& context, const FilmView& film, CreditKind kind);

struct PersonPage {
  PersonView person;                 // its filmography is not shown, but the sections
  std::vector<JobSection> sections;  // with ?job= the one asked for
  std::vector<ThreadView> threads;
  std::string job;  // of ?job=, "" = the whole page
  std::int64_t page_number = 1;
  std::int64_t page_count = 1;
};
std::string person_page(const PageContext& context, const PersonPage& page);

struct ThreadListPage {
  ListView<ThreadView> threads;
  std::string next_address;
  std::string kind = {};            // "" = all
  std::optional<bool> solved = {};  // of those that look for a film
  std::optional<FilmId> film = {};
};
std::string thread_list_page(const PageContext& context, const ThreadListPage& page);

struct ThreadPage {
  ThreadView thread;
  std::vector<PostView> posts;  // one page of 50
  std::int64_t page_number = 1;
  std::int64_t page_count = 1;
  std::vector<PostView> quoted;       // posts that are replied to but on other pages
  std::vector<PostId> liked;          // by the viewer
  std::map<UserId, int> scores = {};  // that authors of posts gave the thread's film
  ThreadRail rail = {};
  FormState form;
  std::string draft;
  std::optional<PostNumber> reply_to;  // ?reply_to=N
  Identification identification = {};
  std::string named_film = {};  // address of a film, given back
  // Of each of `posts` what may stand uncovered anywhere, "" = nothing; for search engines.
  std::vector<std::string> uncovered_words = {};
};
std::string thread_page(const PageContext& context, const ThreadPage& page);

struct NewThreadPage {               // GET /threads/new?film=ID
  std::vector<FilmLink> films = {};  // chosen
  std::string title = {};
  std::string body = {};
  FormState form = {};
  ThreadKind kind = ThreadKind::discussion;
  FilmClues clues = {};
  std::string decade = {};           // as typed
  std::string wanted_film = {};      // the title that is looked for, "" = none
  std::vector<FilmLink> found = {};  // to choose from
  bool searched = false;             // so that nothing found can be said
};
std::string new_thread_page(const PageContext& context, const NewThreadPage& page);

struct RegisterPage {
  std::string name;
  std::string email;
  std::string next;  // local path to go to afterwards
  FormState form;
};
std::string register_page(const PageContext& context, const RegisterPage& page);

struct LoginPage {
  std::string login;
  std::string next;
  FormState form;
};
std::string login_page(const PageContext& context, const LoginPage& page);

struct SanctionForm {
  std::optional<SanctionView> present;  // in force
  std::string days;                     // as typed, "" = without an end
  std::string reason;
  FormState form;
};
struct MemberPage {
  ProfileView profile;
  ListView<PostView> posts;
  std::string next_address;
  std::optional<SanctionForm> sanction;  // for those who may decide about the member
};
std::string member_page(const PageContext& context, const MemberPage& page);

struct SettingsPage {
  bool saved = false;
  FormState form = {};
};
std::string settings_page(const PageContext& context, const SettingsPage& page);

// GET /posts/{id}/edit, /posts/{id}/remove (moderators: reason select and note), /posts/{id}/delete,
// /posts/{id}/history and /moderation/log.
struct EditPostPage {
  PostView post;
  std::string body;
  FormState form;
};
std::string edit_post_page(const PageContext& context, const EditPostPage& page);
std::string remove_post_page(const PageContext& context, const PostView& post, const FormState& form);
std::string delete_post_page(const PageContext& context, const PostView& post);
// `reach` of the post's removal, when it is known.
std::string history_page(const PageContext& context, const PostView& post, const std::vector<RevisionView>& revisions,
                         const std::optional<ReachView>& reach);
struct ModerationLogPage {
  ListView<ModerationEntryView> entries;
  std::string next_address;
};
std::string moderation_log_page(const PageContext& context, const ModerationLogPage& page);

// A text that was sent without being logged in any more: to be copied, and the way back to where it was written.
std::string kept_text_page(const PageContext& context, const std::string& text, const std::string& address);
// Any refusal as a full page: 404 with a way on, 403 with its reason, 429 with the waiting time, 500 with the
// request's id.
std::string error_page(const PageContext& context, const Error& error, const std::string& request_id);

}  // namespace foyer::pages
