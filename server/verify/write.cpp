// The writers of run.hpp. Each changes only its own posts, so what a post must look like never depends on a race.
#include <algorithm>

#include "protocol/limits.hpp"
#include "server/verify/run.hpp"

namespace foyer::verify {
namespace {

using std::chrono::steady_clock;

constexpr int created = 201;
constexpr int done = 200;
constexpr std::size_t one_repeat_in = 6;  // posts are sent again with their key
constexpr auto lock_every = std::chrono::seconds(2);
constexpr auto between_refusals = std::chrono::milliseconds(100);

struct Written {
  PostView post;
  bool removed = false;
};

class Writer {
 public:
  Writer(Run& run, int index) : run_(run), index_(static_cast<std::size_t>(index)), links_(run.links()) {}

  Task<> work() {
    while (steady_clock::now() < run_.write_until && !run_.full()) {
      const std::size_t choice = run_.random_below(10);
      if (choice < 5 || posts_.empty()) {
        co_await post();
      } else {
        const std::size_t which = run_.random_below(posts_.size());
        co_await change(which, choice);
      }
    }
  }

 private:
  Task<Answer> send(std::string method, std::string target, std::string body, std::string key) {
    Question question{std::move(method), std::move(target), std::move(body), std::move(key)};
    const std::size_t node = run_.random_below(links_.size());
    co_return co_await run_.ask(links_, node, std::move(question), run_.write_until);
  }

  // Whether the change took place is not known, or the answer makes no sense: a breach of its own.
  void lost(PostId post, const std::string& what, const Answer& answer) {
    if (answer.status == http_status(ErrorCode::rate_limited)) {
      return;  // refused: it did not take place
    }
    run_.unanswered.insert(post);
    run_.unanswered_words.push_back(
        what + ": " +
        (answer.status == 0 ? answer.failure : std::to_string(answer.status) + " " + problem_code(answer.body)));
  }

  static bool is_locked(const Answer& answer) {
    return answer.status == http_status(ErrorCode::locked) && problem_code(answer.body) == code_word(ErrorCode::locked);
  }

  Task<> post() {
    const ThreadId thread = run_.threads[run_.random_below(run_.threads.size())];
    const std::string place = "writer " + std::to_string(index_) + ", change " + std::to_string(++made_);
    const std::string body = body_request("Delivery check " + run_.mark + ": " + place);
    const std::string key = "verify-" + run_.mark + "-" + std::to_string(index_) + "-" + std::to_string(made_);
    const std::string target = "/api/v1/threads/" + std::to_string(thread.value) + "/posts";
    const Answer answer = co_await send("POST", target, body, key);
    if (is_locked(answer)) {
      co_await run_.pause(between_refusals);
      co_return;
    }
    const Result<Posted> posted = read_posted(answer.body);
    if (answer.status != created || !posted) {
      lost(PostId{0}, "a post", answer);
      co_await run_.pause(between_refusals);
      co_return;
    }
    run_.changes.push_back({EventKind::post_created, thread, posted->post.id, posted->post.number, posted->seq,
                            posted->post.body.value_or(""), answer.sent});
    posts_.push_back({posted->post, false});
    if (made_ % one_repeat_in == 1) {
      const Answer again = co_await send("POST", target, body, key);
      note_repeat(*posted, again);
    }
  }

  void note_repeat(const Posted& first, const Answer& again) {
    if (again.status == http_status(ErrorCode::rate_limited) || again.status == 0 || again.status >= 500) {
      return;  // not answered, so nothing was said twice
    }
    const Result<Posted> second = read_posted(again.body);
    const bool same = again.status == created && second && second->seq == first.seq;
    run_.repeats.push_back({first.post.id, second ? second->post.id : PostId{0}, same});
  }

  Task<> change(std::size_t which, std::size_t choice) {
    const bool moderate = run_.moderates && (posts_[which].removed || choice >= 8);
    if (moderate) {
      co_await set_removed(which, !posts_[which].removed);
    } else if (!posts_[which].removed) {
      co_await edit(which);
    }
  }

  Task<> edit(std::size_t which) {
    const std::string body = body_request("Delivery check " + run_.mark + ": writer " + std::to_string(index_) +
                                          ", changed " + std::to_string(++made_));
    const std::string target = "/api/v1/posts/" + std::to_string(posts_[which].post.id.value);
    const Answer answer = co_await send("PATCH", target, body, "");
    note(which, EventKind::post_edited, answer);
  }

  Task<> set_removed(std::size_t which, bool removed) {
    const std::string target =
        "/api/v1/posts/" + std::to_string(posts_[which].post.id.value) + (removed ? "/remove" : "/restore");
    const std::string body = removed ? removal_request("Delivery check") : std::string();
    const Answer answer = co_await send("POST", target, body, "");
    note(which, removed ? EventKind::post_removed : EventKind::post_restored, answer);
  }

  void note(std::size_t which, EventKind kind, const Answer& answer) {
    Written& written = posts_[which];
    const Result<PostView> post = read_post(answer.body);
    if (answer.status == done && post) {
      run_.changes.push_back({kind, written.post.thread_id, written.post.id, written.post.number, std::nullopt,
                              post->body.value_or(""), answer.sent});
      written.removed = kind == EventKind::post_removed || (kind == EventKind::post_edited && written.removed);
      return;
    }
    if (is_locked(answer) || answer.status == http_status(ErrorCode::rate_limited)) {
      return;
    }
    lost(written.post.id, "a " + std::string(to_word(kind)), answer);
    posts_.erase(posts_.begin() + static_cast<std::ptrdiff_t>(which));
  }

  Run& run_;
  std::size_t index_;
  std::vector<std::unique_ptr<HttpLink>> links_;
  std::vector<Written> posts_;
  std::size_t made_ = 0;
};

}  // namespace

Task<> write(Run& run, int writer) {
  Writer own(run, writer);
  co_await own.work();
  --run.writing;
}

Task<bool> set_locked(Run& run, std::vector<std::unique_ptr<HttpLink>>& links, ThreadId thread, bool locked) {
  Question question{"PATCH", "/api/v1/threads/" + std::to_string(thread.value), lock_request(locked), ""};
  const std::size_t node = run.random_below(links.size());
  const Answer answer =
      co_await run.ask(links, node, std::move(question), steady_clock::now() + limits::verify_retry_time);
  if (answer.status != done) {
    run.unanswered_words.push_back("a lock: " + std::to_string(answer.status) + " " + answer.failure);
    co_return false;
  }
  Change change;
  change.kind = EventKind::thread_updated;
  change.thread = thread;
  change.sent = answer.sent;
  run.changes.push_back(std::move(change));
  co_return true;
}

Task<> keep_locking(Run& run) {
  auto links = run.links();
  while (run.moderates && steady_clock::now() + lock_every < run.write_until) {
    co_await run.pause(lock_every);
    const ThreadId thread = run.threads[run.random_below(run.threads.size())];
    const bool locked = co_await set_locked(run, links, thread, true);
    if (locked) {
      co_await set_locked(run, links, thread, false);
    }
  }
  --run.writing;
}

}  // namespace foyer::verify
