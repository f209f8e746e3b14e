#include "server/live/database_backlog.hpp"

#include <algorithm>
#include <chrono>
#include <deque>
#include <exception>
#include <optional>
#include <utility>

#include <boost/asio/steady_timer.hpp>

#include "protocol/codec.hpp"
#include "protocol/limits.hpp"
#include "server/forum/films.hpp"
#include "server/forum/guarded.hpp"
#include "server/forum/threads.hpp"
#include "server/runtime/log.hpp"
#include "server/runtime/on_worker.hpp"
#include "server/runtime/spawn.hpp"

namespace foyer::live {
namespace {

using persistence::Transaction;
using EventsDone = BacklogReader::EventsDone;
using Pages = std::vector<Result<forum::CatchUp>>;

constexpr int page_size = static_cast<int>(limits::replay_page);

struct EventRead {
  forum::Position position;
  EventsDone done;
};

Timestamp present_time() {
  return std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

std::vector<ThreadId> threads_of(const std::vector<ThreadView>& views) {
  std::vector<ThreadId> threads;
  std::ranges::transform(views, std::back_inserter(threads), &ThreadView::id);
  return threads;
}

Result<BacklogReader::Snapshot> film_state(persistence::Database& database, FilmId film) {
  return database.snapshot([film](Transaction& transaction) -> Result<BacklogReader::Snapshot> {
    const auto news = forum::read_film_news(transaction, film);
    if (news.has_error()) {
      return news.error();
    }
    return BacklogReader::Snapshot{codec::encode_film_snapshot(*news, present_time()), threads_of(news->threads)};
  });
}

Result<BacklogReader::Snapshot> front_state(persistence::Database& database) {
  return database.read([](Transaction& transaction) -> Result<BacklogReader::Snapshot> {
    const auto threads = forum::list_threads(transaction, {}, {});
    if (threads.has_error()) {
      return threads.error();
    }
    return BacklogReader::Snapshot{codec::encode_front_snapshot(threads->items, present_time()),
                                   threads_of(threads->items)};
  });
}

}  // namespace

struct DatabaseBacklog::State : std::enable_shared_from_this<State> {
  State(runtime::Executor on, persistence::Database& in, runtime::WorkerPool& by)
      : executor(std::move(on)), rest(executor), database(in), workers(by) {}

  template <class Value>
  void enqueue(std::function<Result<Value>()> job, std::function<void(Result<Value>)> done) {
    waiting.push_back([this, job = forum::guarded(std::move(job)), done = std::move(done)]() mutable {
      std::function<Result<Value>()> taken = std::move(job);
      runtime::spawn(executor, "live read", run<Value>(shared_from_this(), std::move(taken), std::move(done)));
    });
    start_next();
  }

  template <class Value>
  static runtime::Task<> run(std::shared_ptr<State> self, std::function<Result<Value>()> job,
                             std::function<void(Result<Value>)> done) {
    std::optional<Result<Value>> outcome;
    try {
      outcome = co_await runtime::on_worker(self->workers, std::move(job));
    } catch (const std::exception& failure) {  // a bug; the channel must still hear that its read has ended
      runtime::log(runtime::LogLevel::error, "live read failed", {{"reason", std::string_view(failure.what())}});
      outcome = refused(ErrorCode::internal, "The channel could not be read.");
    }
    --self->under_way;
    if (self->open) {
      done(std::move(*outcome));
      self->start_next();
    }
  }

  void start_next() {
    while (open && under_way < limits::live_database_reads && !waiting.empty()) {
      ++under_way;
      auto next = std::move(waiting.front());
      waiting.pop_front();
      next();
    }
  }

  // One read of events at a time, for all channels that wait, and a rest before the next one that would not be full:
  // a herd that comes back to many channels within a moment is served by few statements.
  void enqueue_events(EventRead read) {
    events_waiting.push_back(std::move(read));
    if (!reading_events) {
      enqueue_waiting_events();
    }
  }

  void enqueue_waiting_events() {
    reading_events = true;
    waiting.push_back([this] { read_waiting_events(); });
    start_next();
  }

  void read_on_after_rest() {
    if (events_waiting.size() >= limits::live_channels_per_read) {
      enqueue_waiting_events();
      return;
    }
    rest.expires_after(limits::live_events_rest);
    rest.async_wait([self = shared_from_this()](boost::system::error_code) {
      self->reading_events = false;
      if (self->open && !self->events_waiting.empty()) {
        self->enqueue_waiting_events();
      }
    });
  }

  void read_waiting_events() {
    const auto count = std::min(events_waiting.size(), limits::live_channels_per_read);
    std::vector<forum::Position> positions;
    auto answers = std::make_shared<std::vector<EventsDone>>();
    for (std::size_t at = 0; at < count; ++at) {
      positions.push_back(events_waiting.front().position);
      answers->push_back(std::move(events_waiting.front().done));
      events_waiting.pop_front();
    }
    std::function<Result<Pages>()> job = forum::guarded([&in = database, positions = std::move(positions)] {
      return Result<Pages>(in.read(
          [&](Transaction& transaction) { return forum::read_events_of_many(transaction, positions, page_size); }));
    });
    auto done = [this, answers](Result<Pages> pages) {
      for (std::size_t at = 0; at < answers->size(); ++at) {
        (*answers)[at](pages ? std::move(pages->at(at)) : Result<forum::CatchUp>(pages.error()));
      }
      read_on_after_rest();
    };
    runtime::spawn(executor, "live read", run<Pages>(shared_from_this(), std::move(job), std::move(done)));
  }

  runtime::Executor executor;
  boost::asio::steady_timer rest;
  persistence::Database& database;
  runtime::WorkerPool& workers;
  std::deque<std::function<void()>> waiting;
  std::deque<EventRead> events_waiting;
  std::size_t under_way = 0;
  bool reading_events = false;  // or resting from it
  bool open = true;
};

DatabaseBacklog::DatabaseBacklog(runtime::Executor executor, persistence::Database& database,
                                 runtime::WorkerPool& workers)
    : state_(std::make_shared<State>(std::move(executor), database, workers)) {}

DatabaseBacklog::~DatabaseBacklog() {
  state_->open = false;
  state_->waiting.clear();
  state_->events_waiting.clear();
  state_->rest.cancel();
}

void DatabaseBacklog::read_events(Channel channel, Seq since, EventsDone done) {
  state_->enqueue_events({{ThreadId{channel.id}, since}, std::move(done)});
}

void DatabaseBacklog::read_heads(std::vector<ThreadId> threads, HeadsDone done) {
  auto job = [&database = state_->database, threads = std::move(threads)]() -> Result<std::vector<forum::Head>> {
    return database.read([&](Transaction& transaction) { return forum::read_heads(transaction, threads); });
  };
  state_->enqueue<std::vector<forum::Head>>(std::move(job), std::move(done));
}

void DatabaseBacklog::read_snapshot(Channel channel, SnapshotDone done) {
  auto job = [&database = state_->database, channel]() -> Result<Snapshot> {
    return channel.kind == ChannelKind::film ? film_state(database, FilmId{channel.id}) : front_state(database);
  };
  state_->enqueue<Snapshot>(std::move(job), std::move(done));
}

}  // namespace foyer::live
