#include "server/forum/film_identification.hpp"

#include <algorithm>
#include <map>

#include "persistence/film_store.hpp"
#include "persistence/identification_store.hpp"
#include "persistence/moderation_store.hpp"
#include "persistence/post_lookup.hpp"
#include "persistence/thread_store.hpp"
#include "protocol/limits.hpp"
#include "server/forum/linked_films.hpp"
#include "server/forum/named_films.hpp"
#include "server/forum/thread_news.hpp"

namespace foyer::forum {
namespace {

using persistence::Solution;
using persistence::Transaction;

// Whoever looks for a film looks at the newest answers; a thread of thousands is not read for each page.
constexpr int answers_read = 200;
constexpr std::size_t films_named_per_post = 5;
constexpr std::size_t films_named = 50;

// Each film once, where it was named first.
std::vector<FilmAnswer> read_answers(Transaction& transaction, ThreadId thread, const std::string& site_url) {
  std::vector<std::pair<PostNumber, FilmId>> named;
  std::vector<FilmId> films;
  for (const auto& [number, body] : persistence::list_answers_with_links(transaction, thread, answers_read)) {
    for (const FilmId film : named_films(body, site_url, films_named_per_post)) {
      if (films.size() < films_named && std::find(films.begin(), films.end(), film) == films.end()) {
        films.push_back(film);
        named.emplace_back(number, film);
      }
    }
  }
  std::map<FilmId, FilmLink> links;
  for (FilmLink& link : persistence::find_film_links(transaction, films)) {
    links.emplace(link.id, std::move(link));
  }
  std::vector<FilmAnswer> answers;
  for (const auto& [number, film] : named) {
    if (const auto link = links.find(film); link != links.end()) {
      answers.push_back({number, link->second});
    }
  }
  return answers;
}

Error looks_for_no_film() { return refused(ErrorCode::conflict, "This thread does not look for a film."); }

Result<FilmLink> checked_solution(Transaction& transaction, const ThreadView& thread,
                                  const SolveThreadRequest& request) {
  const auto posts = persistence::find_posts_by_number(transaction, thread.id, {request.post_number});
  if (request.post_number <= PostNumber{1} || posts.empty() || posts.front().state != PostState::visible) {
    return invalid_field("post_number", "not_found", "There is no such answer to be seen in the thread.");
  }
  auto film = persistence::find_film_link(transaction, request.film_id);
  if (!film) {
    return invalid_field("film_id", "not_found", "There is no such film.");
  }
  return std::move(*film);
}

// The link that the solution before had made goes with it.
std::vector<FilmId> films_without(const ThreadView& thread, const std::optional<Solution>& solution) {
  return without(thread.films, solution && solution->made_link ? solution->film : FilmId());
}

void audit(Transaction& transaction, const Actor& actor, const ThreadView& thread, const std::string& action,
           const std::string& film) {
  if (acts_as_moderator(actor, thread)) {
    persistence::append_moderation_entry(transaction, {actor.user->id, action, thread.id, std::nullopt, "", film});
  }
}

Changed<ThreadView> changed(Transaction& transaction, const ThreadView& before) {
  News news = thread_news(transaction, before.id, before.films);
  return {persistence::find_thread(transaction, before.id).value(), std::move(news)};
}

// Locked, of the right kind, and the actor's to decide on.
Result<ThreadView> lock_search(Transaction& transaction, const Actor& actor, ThreadId thread) {
  auto locked = lock_thread_for(transaction, actor, thread);
  if (!locked) {
    return locked.error();
  }
  if (auto allowed = may_decide_films(actor, *locked); !allowed) {
    return allowed.error();
  }
  if (locked->kind != ThreadKind::identify) {
    return looks_for_no_film();
  }
  return std::move(*locked);
}

}  // namespace

Result<Identification> read_identification(Transaction& transaction, ThreadId thread, const std::string& site_url) {
  const auto found = persistence::find_thread(transaction, thread);
  if (!found) {
    return refused(ErrorCode::not_found, "There is no such thread.");
  }
  Identification identification;
  identification.proposals = persistence::list_proposals(transaction, thread);
  if (found->kind != ThreadKind::identify) {
    return identification;
  }
  identification.clues = persistence::find_clues(transaction, thread);
  if (const auto solution = persistence::find_solution(transaction, thread)) {
    identification.solution = solution->post;
  } else {
    identification.answers = read_answers(transaction, thread, site_url);
  }
  return identification;
}

Result<Changed<ThreadView>> solve_thread(Transaction& transaction, const Actor& actor, ThreadId thread,
                                         const SolveThreadRequest& request) {
  const auto before = lock_search(transaction, actor, thread);
  if (!before) {
    return before.error();
  }
  const auto film = checked_solution(transaction, *before, request);
  if (!film) {
    return film.error();
  }
  const auto former = persistence::find_solution(transaction, thread);
  if (former && former->film == film->id && former->post == request.post_number) {
    return Changed<ThreadView>{*before, {}};
  }
  const bool same_film = former && former->film == film->id;
  const bool made_link = same_film ? former->made_link : !is_linked(*before, film->id);
  std::vector<FilmId> films{film->id};
  for (const FilmId other : films_without(*before, former)) {
    if (other != film->id) {
      films.push_back(other);
    }
  }
  if (auto linked = link_films(transaction, thread, films); !linked) {
    return linked.error();
  }
  persistence::put_solution(transaction, thread, {film->id, request.post_number, made_link});
  audit(transaction, actor, *before, "solve", film->title);
  return changed(transaction, *before);
}

Result<Changed<ThreadView>> withdraw_solution(Transaction& transaction, const Actor& actor, ThreadId thread) {
  const auto before = lock_search(transaction, actor, thread);
  if (!before) {
    return before.error();
  }
  const auto former = persistence::find_solution(transaction, thread);
  if (!former) {
    return Changed<ThreadView>{*before, {}};
  }
  if (auto linked = link_films(transaction, thread, films_without(*before, former)); !linked) {
    return linked.error();
  }
  persistence::delete_solution(transaction, thread);
  audit(transaction, actor, *before, "unsolve", before->solved ? before->solved->title : "");
  return changed(transaction, *before);
}

}  // namespace foyer::forum
