// The posts of a thread with all that keeps them live: <live-thread>, the list, the empty article, the composer. A
// thread's page and a film's comments are the same component. The data attributes are the contract with
// web-client/src/elements/live_thread.ts.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "protocol/views.hpp"
#include "server/pages/html.hpp"
#include "server/pages/page_context.hpp"

namespace foyer::pages {

struct LiveThread {
  const ThreadView* thread = nullptr;  // null: a film without a comment yet; then the element follows the film
  std::optional<FilmId> film;          // set on a film's page
  const std::vector<PostView>& posts;
  const std::vector<PostView>& quoted;  // answered from here, standing on other pages
  const std::vector<PostId>& liked;     // by the viewer
  const std::map<UserId, int>& scores;  // that authors gave the film
  std::int64_t page_number = 1;
  std::int64_t page_count = 1;
};

struct Composer {
  std::string action;    // of the form
  std::string endpoint;  // of the API, for the client
  std::string noun;      // "reply" or "comment"
  std::string draft;
  std::optional<PostNumber> reply_to;
  const FormState& form;
  bool names_films = false;     // offers to look a film up: in a thread that looks for one
  std::string named_film = {};  // address of a film, given back
};

void write_live_thread(Html& html, const PageContext& context, const LiveThread& live, const Composer& composer);

// The form that the buttons of articles belong to: Like, Unlike, Restore. Once per page; without a key for guests, so
// that their pages are the same for all of them.
void write_post_form(Html& html, const PageContext& context);

}  // namespace foyer::pages
