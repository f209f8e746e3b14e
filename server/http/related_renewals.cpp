#include "server/http/related_renewals.hpp"

#include "protocol/limits.hpp"
#include "server/forum/guarded.hpp"
#include "server/forum/related.hpp"
#include "server/runtime/log.hpp"

namespace foyer::http {

void RelatedRenewals::ask(FilmId film) {
  {
    const std::lock_guard lock(mutex_);
    if (waiting_.size() < limits::related_queue) {
      waiting_.insert(film);
    }
    if (working_) {
      return;
    }
    working_ = true;
  }
  next();
}

void RelatedRenewals::next() {
  FilmId film;
  {
    const std::lock_guard lock(mutex_);
    if (waiting_.empty()) {
      working_ = false;
      return;
    }
    film = *waiting_.begin();
    waiting_.erase(waiting_.begin());
  }
  const bool taken = workers_.submit([self = shared_from_this(), film](bool in_time) {
    if (in_time) {
      self->renew(film);
    }
    self->next();
  });
  if (!taken) {  // there is more important work
    const std::lock_guard lock(mutex_);
    working_ = false;
  }
}

void RelatedRenewals::renew(FilmId film) {
  auto job = forum::guarded([&]() -> Result<void> {
    database_.write([&](persistence::Transaction& transaction) {
      forum::renew_related(transaction, film);
      return Result<void>();
    });
    return {};
  });
  try {
    if (const auto renewed = job(); !renewed) {
      runtime::log(runtime::LogLevel::warning, "related threads not renewed", {{"what", renewed.error().detail}});
    }
  } catch (const std::exception& failure) {
    runtime::log(runtime::LogLevel::error, "related threads not renewed", {{"what", std::string_view(failure.what())}});
  }
}

}  // namespace foyer::http
