#include "persistence/post_writer.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <map>
#include <mutex>
#include <set>
#include <thread>
#include <tuple>
#include <utility>

#include "persistence/post_batch.hpp"
#include "persistence/post_queue.hpp"
#include "protocol/codec.hpp"
#include "protocol/limits.hpp"

namespace foyer::persistence {
namespace {

using Batch = std::vector<WaitingPost>;
using SteadyTime = std::chrono::steady_clock::time_point;

constexpr int attempts_max = 3;
constexpr auto reconnect_pause = std::chrono::milliseconds(50);

Error unavailable(std::string detail) {
  Error error = refused(ErrorCode::unavailable, std::move(detail));
  error.retry_after_seconds = 1;
  return error;
}

// An acknowledgement must not undo another one's: what a callback throws ends here.
void answer(WaitingPost& waiting, Result<Posted> result) noexcept {
  try {
    waiting.done(std::move(result));
  } catch (...) {
  }
}

void refuse_all(Batch& batch, const Error& error) {
  for (WaitingPost& waiting : batch) {
    answer(waiting, error);
  }
}

News news_of(const BatchOutcome& outcome) {
  News news;
  for (const PostOutcome& written : outcome.posts) {
    if (!written.held && !written.refusal && !written.repeated) {
      news.events.push_back(codec::encode_for_bus(Event{.channel = {ChannelKind::thread, written.post.thread_id.value},
                                                        .seq = written.seq,
                                                        .kind = EventKind::post_created,
                                                        .at = written.post.created_at,
                                                        .data = readers_view(written.post)}));
    }
  }
  std::ranges::sort(news.events, {}, [](const EncodedEvent& event) { return std::tie(event.channel, event.seq); });
  if (!news.events.empty()) {
    for (const FilmId film : outcome.films) {
      news.snapshots.push_back({ChannelKind::film, film.value});
    }
    news.snapshots.push_back({ChannelKind::front, 0});
  }
  return news;
}

// One batch per thread, in the order of the posts.
std::vector<Batch> split_by_thread(Batch batch) {
  std::map<ThreadId, Batch> threads;
  for (WaitingPost& waiting : batch) {
    threads[waiting.post.thread].push_back(std::move(waiting));
  }
  std::vector<Batch> parts;
  parts.reserve(threads.size());
  for (auto& [thread, part] : threads) {
    parts.push_back(std::move(part));
  }
  return parts;
}

std::vector<Batch> split_singly(Batch batch) {
  std::vector<Batch> parts(batch.size());
  for (std::size_t at = 0; at < batch.size(); ++at) {
    parts[at].push_back(std::move(batch[at]));
  }
  return parts;
}

}  // namespace

class PostWriter::Impl {
 public:
  Impl(Database& database, Publish publish) : database_(database), publish_(std::move(publish)) {
    threads_[0] = std::thread([this] { write_in_turn(); });
    threads_[1] = std::thread([this] { write_held(); });
  }

  Result<void> submit(NewPost post, Done done) { return queue_.push({std::move(post), std::move(done)}); }

  void drain() {
    queue_.close();
    std::call_once(drained_, [this] {
      for (std::thread& thread : threads_) {
        thread.join();
      }
    });
  }

  Figures figures() const {
    return {.batches = batches_, .posts = posts_, .replays = replays_, .queued = queue_.size()};
  }

 private:
  // Until when a batch is worth another try.
  struct Patience {
    SteadyTime reconnect;  // with a lost database
    SteadyTime replay;     // in parts
    bool in_doubt = false;
  };
  // What one of the two threads that write has in work.
  struct Hand {
    const Locking locking;
    Batch held = {};  // what was not written since somebody holds the thread, in order
    std::set<ThreadId> held_threads = {};

    void hold(WaitingPost waiting) {
      held_threads.insert(waiting.post.thread);
      held.push_back(std::move(waiting));
    }
    bool holds(const Batch& part) const { return held_threads.contains(part.front().post.thread); }
    Batch take_held() {
      held_threads.clear();
      return std::exchange(held, {});
    }
  };

  void write_in_turn() {
    Hand hand{Locking::pass_over};
    for (Batch batch = queue_.take_batch(); !batch.empty(); batch = queue_.take_batch()) {
      const auto now = std::chrono::steady_clock::now();
      refuse_old(batch, now);
      settle(hand, std::move(batch), patience_from(now));
      if (!hand.held.empty()) {
        queue_.hold(hand.take_held());
      }
    }
  }

  void write_held() {
    Hand hand{Locking::wait};
    for (Batch batch = queue_.take_held(); !batch.empty(); batch = queue_.take_held()) {
      const auto now = std::chrono::steady_clock::now();
      refuse_old(batch, now);
      settle(hand, std::move(batch), patience_from(now));
      queue_.release(hand.take_held());
    }
  }

  // While the database is known to be away a batch gets one try: the queue must not grow old.
  Patience patience_from(SteadyTime now) const {
    return {.reconnect = away_ ? now : now + limits::post_reconnect_time, .replay = now + limits::post_replay_time};
  }

  // Answers every post of the batch, whatever happens, or leaves it in the hand.
  void settle(Hand& hand, Batch batch, Patience patience) {
    for (int attempt = 1; !batch.empty(); ++attempt) {
      try {
        if (commit(hand, batch)) {
          return;
        }
        if (batch.size() > 1) {  // a key was raced: the others shall not wait for it
          return settle_parts(hand, split_singly(std::move(batch)), patience);
        }
        if (attempt >= attempts_max) {
          return refuse_all(batch, unavailable("The key is in use by another request."));
        }
      } catch (const CommitInDoubt&) {
        refuse_without_key(batch);
        patience.in_doubt = true;
        wait_to_reconnect(batch, patience);
      } catch (const DatabaseAway&) {
        wait_to_reconnect(batch, patience);
      } catch (const DatabaseBusy&) {
        std::vector<Batch> parts = split_by_thread(std::move(batch));
        if (parts.size() == 1) {
          return hand.locking == Locking::wait ? hold_all(hand, std::move(parts.front()))  // until it is too old
                                               : refuse_all(parts.front(), unavailable("The thread is busy."));
        }
        return settle_parts(hand, std::move(parts), patience);
      } catch (const std::exception&) {
        if (batch.size() == 1) {
          return refuse_all(batch, refused(ErrorCode::internal, "The post could not be written."));
        }
        return settle_parts(hand, split_singly(std::move(batch)), patience);
      }
    }
  }

  // What a part leaves held, later parts of the same thread stay behind.
  void settle_parts(Hand& hand, std::vector<Batch> parts, const Patience& patience) {
    for (Batch& part : parts) {
      replays_ += part.size();
      if (hand.holds(part)) {
        hold_all(hand, std::move(part));
      } else if (std::chrono::steady_clock::now() < patience.replay) {
        settle(hand, std::move(part), patience);
      } else {
        refuse_all(part, unavailable("The database is busy."));
      }
    }
  }

  static void hold_all(Hand& hand, Batch batch) {
    for (WaitingPost& waiting : batch) {
      hand.hold(std::move(waiting));
    }
  }

  // False when a key was raced and nothing was written.
  bool commit(Hand& hand, Batch& batch) {
    std::vector<const NewPost*> posts;
    for (const WaitingPost& waiting : batch) {
      posts.push_back(&waiting.post);
    }
    BatchOutcome outcome =
        database_.write([&](Transaction& transaction) { return write_batch(transaction, posts, hand.locking); });
    away_ = false;
    if (outcome.key_raced) {
      return false;
    }
    publish(outcome);
    acknowledge(hand, batch, outcome);
    return true;
  }

  // What is committed stays committed: news that could not be published here are read from the event log there.
  void publish(const BatchOutcome& outcome) noexcept {
    batches_ += std::ranges::all_of(outcome.posts, &PostOutcome::held) ? 0 : 1;
    try {
      News news = news_of(outcome);
      posts_ += news.events.size();
      if (!news.events.empty()) {
        publish_(std::move(news));
      }
    } catch (...) {
    }
  }

  static void acknowledge(Hand& hand, Batch& batch, const BatchOutcome& outcome) {
    for (std::size_t at = 0; at < batch.size(); ++at) {
      const PostOutcome& written = outcome.posts[at];
      if (written.held) {
        hand.hold(std::move(batch[at]));
      } else if (written.refusal) {
        answer(batch[at], *written.refusal);
      } else {
        answer(batch[at], Posted{.post = readers_view(written.post), .seq = written.seq});
      }
    }
  }

  // Whoever asked has been told that the writer does not answer; without a key a late post would be a second one.
  static void refuse_old(Batch& batch, SteadyTime now) {
    const auto old = std::stable_partition(batch.begin(), batch.end(), [now](const WaitingPost& waiting) {
      return now - waiting.since <= limits::post_queue_time;
    });
    for (auto waiting = old; waiting != batch.end(); ++waiting) {
      answer(*waiting, unavailable("The post waited too long for the database and was not written."));
    }
    batch.erase(old, batch.end());
  }

  // The connection broke during COMMIT. A key tells on the next try whether the first one was written; without a key
  // a second try might make a second post.
  static void refuse_without_key(Batch& batch) {
    const auto keyless = std::stable_partition(batch.begin(), batch.end(),
                                               [](const WaitingPost& waiting) { return !waiting.post.key.empty(); });
    for (auto waiting = keyless; waiting != batch.end(); ++waiting) {
      answer(*waiting, unavailable("The outcome is not known: look before you post again."));
    }
    batch.erase(keyless, batch.end());
  }

  // Leaves the batch empty when there is nothing more to wait for.
  void wait_to_reconnect(Batch& batch, const Patience& patience) {
    if (std::chrono::steady_clock::now() < patience.reconnect) {
      std::this_thread::sleep_for(reconnect_pause);
      return;
    }
    away_ = true;
    refuse_all(batch, unavailable(patience.in_doubt ? "The outcome is not known. Try again with the same key."
                                                    : "The database is away."));
    batch.clear();
  }

  Database& database_;
  Publish publish_;
  PostQueue queue_;
  std::atomic<bool> away_ = false;
  std::atomic<std::uint64_t> batches_ = 0;
  std::atomic<std::uint64_t> posts_ = 0;
  std::atomic<std::uint64_t> replays_ = 0;
  std::once_flag drained_;
  std::array<std::thread, 2> threads_;  // last: they use all of the above
};

PostWriter::PostWriter(Database& database, Publish publish)
    : impl_(std::make_unique<Impl>(database, std::move(publish))) {}

PostWriter::~PostWriter() { drain(); }

Result<void> PostWriter::submit(NewPost post, Done done) { return impl_->submit(std::move(post), std::move(done)); }

void PostWriter::drain() { impl_->drain(); }

PostWriter::Figures PostWriter::figures() const { return impl_->figures(); }

}  // namespace foyer::persistence
