#include "server/forum/threads.hpp"

#include <algorithm>

#include "persistence/post_lookup.hpp"
#include "persistence/post_store.hpp"
#include "persistence/rail_store.hpp"
#include "persistence/rating_store.hpp"
#include "persistence/thread_store.hpp"
#include "protocol/limits.hpp"
#include "server/forum/permissions.hpp"

namespace foyer::forum {
namespace {

using persistence::Transaction;

Error no_such_thread() { return refused(ErrorCode::not_found, "There is no such thread."); }

std::vector<PostView> public_views(const std::vector<persistence::PostRow>& rows) {
  std::vector<PostView> views;
  views.reserve(rows.size());
  std::transform(rows.begin(), rows.end(), std::back_inserter(views), public_view);
  return views;
}

Result<persistence::ThreadFilter> filter_of(const ThreadQuery& query) {
  persistence::ThreadFilter filter;
  filter.film = query.film;
  filter.solved = query.solved;
  if (!query.kind.empty()) {
    filter.kind = thread_kind_from_word(query.kind);
    if (!filter.kind) {
      return invalid_field("kind", "out_of_range", "Must be discussion, review, comments, identify or watch_along.");
    }
  }
  if (query.sort == "created") {
    filter.sort = persistence::ThreadSort::created;
  } else if (!query.sort.empty() && query.sort != "activity") {
    return invalid_field("sort", "out_of_range", "Must be activity or created.");
  }
  return filter;
}

// Posts that are replied to on this page but stand on another one.
std::vector<PostView> quoted_elsewhere(Transaction& transaction, ThreadId thread, const std::vector<PostView>& posts) {
  std::vector<PostNumber> numbers;
  for (const PostView& post : posts) {
    if (post.reply_to && *post.reply_to < posts.front().number) {
      numbers.push_back(*post.reply_to);
    }
  }
  std::sort(numbers.begin(), numbers.end());
  numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
  return public_views(persistence::find_posts_by_number(transaction, thread, numbers));
}

std::map<UserId, int> scores_of_authors(Transaction& transaction, FilmId film, const std::vector<PostView>& posts) {
  std::vector<UserId> authors;
  std::ranges::transform(posts, std::back_inserter(authors), [](const PostView& post) { return post.author.id; });
  return persistence::find_ratings_of(transaction, film, authors);
}

}  // namespace

Result<ListView<ThreadView>> list_threads(Transaction& transaction, const ThreadQuery& query, const ListRequest& list) {
  const auto filter = filter_of(query);
  if (!filter) {
    return filter.error();
  }
  std::optional<persistence::ThreadPosition> after;
  if (list.after) {
    const auto position = thread_position(*list.after);
    if (!position) {
      return position.error();
    }
    after = *position;
  }
  persistence::ThreadPage page = persistence::list_threads(transaction, *filter, after, list.limit);
  return ListView<ThreadView>{std::move(page.items), page.next ? std::optional(to_cursor(*page.next)) : std::nullopt};
}

Result<FrontPageContent> read_front_page(Transaction& transaction) {
  auto threads = list_threads(transaction, {}, {std::nullopt, limits::threads_per_page});
  if (!threads) {
    return threads.error();
  }
  return FrontPageContent{std::move(*threads), persistence::read_front_rail(transaction)};
}

Result<ThreadView> read_thread(Transaction& transaction, ThreadId thread) {
  auto found = persistence::find_thread(transaction, thread);
  if (!found) {
    return no_such_thread();
  }
  return std::move(*found);
}

Result<PostList> read_posts(Transaction& transaction, ThreadId thread, PostNumber after, int limit) {
  const auto found = persistence::find_thread(transaction, thread);
  if (!found) {
    return no_such_thread();
  }
  PostList list{public_views(persistence::list_posts(transaction, thread, after, limit)), std::nullopt,
                found->last_seq};
  // `after` is a post number here, as the contract says, and no opaque position.
  if (!list.items.empty() && list.items.back().number.value < found->post_count) {
    list.next = std::to_string(list.items.back().number.value);
  }
  return list;
}

Result<ThreadPageContent> read_thread_page(Transaction& transaction, ThreadId thread, std::int64_t page_number) {
  auto found = persistence::find_thread(transaction, thread);
  if (!found) {
    return no_such_thread();
  }
  constexpr std::int64_t per_page = limits::posts_per_page;
  ThreadPageContent page;
  page.page_count = std::max<std::int64_t>(1, (found->post_count + per_page - 1) / per_page);
  page.page_number = page_number == 0 ? page.page_count : page_number;
  if (page.page_number < 1 || page.page_number > page.page_count) {
    return refused(ErrorCode::not_found, "The thread has no such page.");
  }
  page.thread = std::move(*found);
  const PostNumber before_page{(page.page_number - 1) * per_page};
  page.posts = public_views(persistence::list_posts(transaction, thread, before_page, limits::posts_per_page));
  page.quoted = quoted_elsewhere(transaction, thread, page.posts);
  if (page.thread.films.size() == 1) {
    page.scores = scores_of_authors(transaction, page.thread.films.front().id, page.posts);
  }
  if (page.thread.kind != ThreadKind::comments) {
    page.rail = persistence::read_thread_rail(transaction, page.thread);
  }
  return page;
}

}  // namespace foyer::forum
