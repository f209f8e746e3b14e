// The conductor of run.hpp: begins the run, cuts connections, waits until all is quiet, reads the record.
#include <algorithm>

#include <boost/asio/co_spawn.hpp>

#include "protocol/limits.hpp"
#include "server/verify/run.hpp"

namespace foyer::verify {
namespace {

using std::chrono::steady_clock;
using Links = std::vector<std::unique_ptr<HttpLink>>;

constexpr auto look_every = std::chrono::milliseconds(50);
constexpr int created = 201;
constexpr int done = 200;

void spawn(Run& run, Task<> task) {
  boost::asio::co_spawn(run.io, std::move(task), [&run](const std::exception_ptr& thrown) {
    if (thrown) {
      try {
        std::rethrow_exception(thrown);
      } catch (const std::exception& failure) {
        run.cannot_run(failure.what());
      }
    }
  });
}

std::string words_of(const Answer& answer) {
  return answer.status == 0 ? answer.failure
                            : "status " + std::to_string(answer.status) + " " + problem_code(answer.body);
}

// Every node must answer and know the token before anything is written.
Task<bool> introduce(Run& run, Links& links) {
  for (std::size_t node = 0; node < links.size(); ++node) {
    const Question question{"GET", "/api/v1/session", "", ""};
    const Answer answer = co_await links[node]->ask(question);
    const auto user = read_user_answer(answer.body);
    if (answer.status != done || !user || !*user) {
      run.cannot_run(run.nodes[node].text +
                     (answer.status == done ? " does not know the token" : " answers: " + words_of(answer)));
      co_return false;
    }
    run.self = **user;
  }
  co_return true;
}

Task<bool> start_threads(Run& run, Links& links) {
  for (int index = 1; index <= run.options.threads; ++index) {
    const std::string title = "Delivery check " + run.mark + ", thread " + std::to_string(index);
    const std::string body = "Made by `foyer verify delivery`. It can be ignored.";
    Question question{"POST", "/api/v1/threads", thread_request(title, body),
                      "verify-" + run.mark + "-thread-" + std::to_string(index)};
    const TimePoint until = steady_clock::now() + limits::verify_retry_time;
    const Answer answer = co_await run.ask(links, 0, std::move(question), until);
    const Result<ThreadStarted> started = read_thread_started(answer.body);
    if (answer.status != created || !started) {
      run.cannot_run("no thread could be made: " + words_of(answer));
      co_return false;
    }
    run.threads.push_back(started->thread.id);
    run.changes.push_back({EventKind::post_created, started->thread.id, started->post.id, started->post.number,
                           started->seq, started->post.body.value_or(""), answer.sent});
  }
  co_return true;
}

// Neither role nor token says it: a request of a moderator that changes nothing is tried.
Task<> learn_rights(Run& run, Links& links) {
  Question question{"PATCH", "/api/v1/threads/" + std::to_string(run.threads.front().value), lock_request(false), ""};
  const Answer answer =
      co_await run.ask(links, 0, std::move(question), steady_clock::now() + limits::verify_retry_time);
  run.moderates = answer.status == done;
}

void start_clients(Run& run) {
  const auto clients = static_cast<std::size_t>(run.options.clients);
  run.screens.reserve(clients);
  run.sockets.resize(clients);
  for (std::size_t client = 0; client < clients; ++client) {
    run.screens.emplace_back(run.threads[client % run.threads.size()]);
  }
  for (std::size_t client = 0; client < clients; ++client) {
    spawn(run, follow(run, client));
  }
}

void cut_some(Run& run) {
  const auto every = std::chrono::milliseconds(limits::verify_cut_every).count();
  const std::size_t due = run.sockets.size() * static_cast<std::size_t>(every) /
                          (1000 * static_cast<std::size_t>(limits::verify_cuts_per_client));
  for (std::size_t cut = 0; cut <= due; ++cut) {
    if (const auto& socket = run.sockets[run.random_below(run.sockets.size())]) {
      socket->cut();
      ++run.cuts;
    }
  }
}

Task<> write_and_cut(Run& run) {
  run.write_until = steady_clock::now() + std::chrono::seconds(run.options.seconds);
  run.writing = static_cast<std::size_t>(run.options.writers) + 1;
  for (int writer = 0; writer < run.options.writers; ++writer) {
    spawn(run, write(run, writer));
  }
  spawn(run, keep_locking(run));
  while (run.writing > 0 && run.failure.empty()) {
    co_await run.pause(limits::verify_cut_every);
    cut_some(run);
  }
}

bool all_at_head(const Run& run) {
  return std::ranges::all_of(
      run.screens, [&](const Screen& screen) { return screen.position() >= run.truths.at(screen.thread()).head; });
}

Task<> settle(Run& run) {
  const TimePoint until = steady_clock::now() + limits::verify_settle_time;
  while (!all_at_head(run) && steady_clock::now() < until) {
    co_await run.pause(look_every);
  }
}

Task<bool> read_truths(Run& run, Links& links) {
  for (const ThreadId thread : run.threads) {
    std::optional<ThreadTruth> truth = co_await read_truth(run, links, thread);
    if (!truth) {
      run.cannot_run("the threads could not be read at the end");
      co_return false;
    }
    run.truths[thread] = std::move(*truth);
  }
  co_return true;
}

Task<> perform(Run& run) {
  Links links = run.links();
  const bool introduced = co_await introduce(run, links);
  if (!introduced) {
    co_return;
  }
  const bool started = co_await start_threads(run, links);
  if (!started) {
    co_return;
  }
  co_await learn_rights(run, links);
  start_clients(run);
  co_await write_and_cut(run);
  for (std::size_t index = 0; run.moderates && index < run.threads.size(); ++index) {
    co_await set_locked(run, links, run.threads[index], true);
  }
  const bool read = co_await read_truths(run, links);
  if (read) {
    co_await settle(run);
  }
}

}  // namespace

Task<std::optional<PostsPage>> read_posts(Run& run, Links& links, std::size_t node, ThreadId thread) {
  PostsPage all;
  std::optional<std::string> after = "0";
  while (after && all.posts.size() < limits::verify_changes_max) {
    Question question{"GET", "/api/v1/threads/" + std::to_string(thread.value) + "/posts?limit=100&after=" + *after, "",
                      ""};
    const Answer answer = co_await run.ask(links, node, std::move(question), steady_clock::now());
    Result<PostsPage> page = read_posts_page(answer.body);
    if (answer.status != done || !page) {
      co_return std::nullopt;
    }
    // The head of the first page: what happened to its posts while the others were read comes again as events.
    all.head = all.posts.empty() ? page->head : all.head;
    std::ranges::move(page->posts, std::back_inserter(all.posts));
    after = page->next;
  }
  co_return all;
}

Task<std::optional<ThreadTruth>> read_truth(Run& run, Links& links, ThreadId thread) {
  std::optional<PostsPage> posts = co_await read_posts(run, links, 0, thread);
  if (!posts) {
    co_return std::nullopt;
  }
  ThreadTruth truth{thread, posts->head, {}, std::move(posts->posts)};
  std::optional<std::string> since = "0";
  while (since && truth.events.size() < limits::verify_changes_max) {
    Question question{"GET", "/api/v1/threads/" + std::to_string(thread.value) + "/events?limit=100&since=" + *since,
                      "", ""};
    const Answer answer = co_await run.ask(links, 0, std::move(question), steady_clock::now());
    Result<EventsPage> page = read_events_page(answer.body);
    if (answer.status != done || !page) {
      co_return std::nullopt;
    }
    std::ranges::move(page->events, std::back_inserter(truth.events));
    since = page->next;
  }
  co_return truth;
}

Task<> conduct(Run& run) {
  co_await perform(run);
  run.end();
}

}  // namespace foyer::verify
