#include "server/http/related_renewals.hpp"

#include <utility>

#include "protocol/limits.hpp"
#include "server/forum/guarded.hpp"
#include "server/forum/related.hpp"
#include "server/runtime/log.hpp"

namespace foyer::http {
namespace {

// What happens here is nobody's request: a failure is told to the log alone.
template <class Work>
void without_failing(std::string_view event, Work work) {
  auto job = forum::guarded([&]() -> Result<void> {
    work();
    return {};
  });
  try {
    if (const auto done = job(); !done) {
      runtime::log(runtime::LogLevel::warning, event, {{"what", done.error().detail}});
    }
  } catch (const std::exception& failure) {
    runtime::log(runtime::LogLevel::error, event, {{"what", std::string_view(failure.what())}});
  }
}

}  // namespace

void RelatedRenewals::complete(FilmId film, forum::FilmThreads& threads) {
  if (threads.related_state == forum::RelatedState::old) {
    ask(film, std::nullopt);
  }
  if (threads.related_state != forum::RelatedState::missing) {
    return;
  }
  without_failing("related threads not found", [&] {
    forum::FoundRelated found = database_.snapshot(
        [&](persistence::Transaction& transaction) { return forum::find_related(transaction, film); });
    threads.related = std::move(found.threads);
    ask(film, std::move(found.chosen));
  });
}

void RelatedRenewals::ask(FilmId film, Found found) {
  {
    const std::lock_guard lock(mutex_);
    if (waiting_.size() < limits::related_queue) {
      waiting_.try_emplace(film, std::move(found));
    }
    if (working_) {
      return;
    }
    working_ = true;
  }
  next();
}

void RelatedRenewals::next() {
  std::pair<FilmId, Found> film;
  {
    const std::lock_guard lock(mutex_);
    if (waiting_.empty()) {
      working_ = false;
      return;
    }
    auto first = waiting_.extract(waiting_.begin());
    film = {first.key(), std::move(first.mapped())};
  }
  const bool taken = workers_.submit([self = shared_from_this(), film = std::move(film)](bool in_time) {
    if (in_time) {
      self->renew(film.first, film.second);
    }
    self->next();
  });
  if (!taken) {  // there is more important work
    const std::lock_guard lock(mutex_);
    working_ = false;
  }
}

void RelatedRenewals::renew(FilmId film, const Found& found) {
  without_failing("related threads not renewed", [&] {
    database_.write([&](persistence::Transaction& transaction) {
      forum::keep_related(transaction, film, found ? *found : forum::find_related(transaction, film).chosen);
      return Result<void>();
    });
  });
}

std::vector<ThreadView> similar_threads(persistence::Database& database, const ThreadView& thread) {
  std::vector<ThreadView> similar;
  without_failing("similar threads not found", [&] {
    similar = database.snapshot(
        [&](persistence::Transaction& transaction) { return forum::similar_threads(transaction, thread); });
  });
  return similar;
}

}  // namespace foyer::http
