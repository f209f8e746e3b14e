#include "server/verify/delivery.hpp"

#include <ostream>
#include <stdexcept>

#include <boost/asio/co_spawn.hpp>

#include "protocol/limits.hpp"
#include "server/verify/run.hpp"

namespace foyer::verify {
namespace {

constexpr int exit_kept = 0;
constexpr int exit_broken = 1;
constexpr int exit_cannot_run = 2;

std::string number(std::int64_t value) { return std::to_string(value); }

std::vector<NodeAddress> read_nodes(const DeliveryOptions& options) {
  if (options.nodes.empty() || options.nodes.size() > limits::verify_nodes_max) {
    throw std::invalid_argument("from 1 to " + std::to_string(limits::verify_nodes_max) + " nodes can be checked");
  }
  std::vector<NodeAddress> nodes;
  for (const std::string& text : options.nodes) {
    const Result<NodeAddress> node = node_from_text(text);
    if (!node) {
      throw std::invalid_argument(node.error().detail);
    }
    nodes.push_back(*node);
  }
  return nodes;
}

Promise answers_promise(const Run& run) {
  Promise promise{.name = "every change is answered"};
  for (const std::string& words : run.unanswered_words) {
    promise.broken(words);
  }
  promise.figures = number(static_cast<std::int64_t>(run.changes.size())) + " acknowledged, " +
                    number(promise.breaches) + " not; on the way " + number(run.impeded) +
                    " answers 5xx or none, sent again";
  return promise;
}

Promise messages_promise(const Run& run) {
  Promise promise{.name = "the live channel says what it may"};
  for (const std::string& words : run.unreadable) {
    promise.broken(words);
  }
  promise.figures = number(run.sightings) + " events read, " + number(promise.breaches) + " other messages amiss";
  return promise;
}

Promise removals_promise(const Run& run, Reach& reach) {
  Promise promise{.name = "a removal reaches every screen"};
  for (std::size_t client = 0; client < run.screens.size(); ++client) {
    const Screen& screen = run.screens[client];
    for (const PostView& post : run.truths.at(screen.thread()).posts) {
      const auto held = screen.posts().find(post.number.value);
      if (post.state == PostState::removed && held != screen.posts().end() &&
          held->second->state == PostState::visible) {
        promise.broken("client " + number(static_cast<std::int64_t>(client)) + " still shows post " +
                       number(post.number.value) + " of thread " + number(screen.thread().value));
      }
    }
  }
  promise.figures = number(reach.removed) + " removals; sent → " +
                    number(static_cast<std::int64_t>(reach.removals.count())) +
                    " times an open screen: " + reach.removals.words() + "; " + number(reach.on_return) +
                    " times a screen that came back";
  if (!run.moderates) {
    promise.not_checked = "the token may not moderate";
  } else if (reach.removed == 0) {
    promise.not_checked = "nothing was removed in the time given";
  }
  return promise;
}

std::vector<Promise> judge(Run& run) {
  Reach reach = measure_reach(run.truths, run.screens, run.changes);
  std::vector<Promise> promises{judge_order(run.truths, run.screens),
                                judge_states(run.truths, run.screens),
                                judge_record(run.truths),
                                judge_changes(run.truths, run.changes, run.self.id, run.unanswered),
                                answers_promise(run),
                                judge_repeats(run.repeats),
                                removals_promise(run, reach),
                                judge_removed_texts(run.truths, run.screens),
                                messages_promise(run)};
  Promise timely{.name = "changes come at once"};
  timely.figures = "sent → screen, the commit included: " + reach.changes.words() + " over " +
                   number(static_cast<std::int64_t>(reach.changes.count())) + " arrivals";
  Promise caught_up{.name = "a client that comes back catches up"};
  caught_up.figures = number(run.cuts) + " cuts, " + number(static_cast<std::int64_t>(run.catch_up.count())) +
                      " subscriptions at the head: " + run.catch_up.words() + "; " + number(run.loads) +
                      " pages loaded, " + number(run.resyncs) + " resyncs";
  promises.push_back(std::move(timely));
  promises.push_back(std::move(caught_up));
  return promises;
}

void print(const Promise& promise, std::ostream& out) {
  if (!promise.not_checked.empty()) {
    out << "--   " << promise.name << ": not checked, " << promise.not_checked << "\n";
    return;
  }
  out << (promise.kept() ? "ok   " : "NOT  ") << promise.name << ": " << promise.figures << "\n";
  for (const std::string& example : promise.examples) {
    out << "       " << example << "\n";
  }
}

int report(Run& run, std::ostream& out) {
  int kept = 0;
  int broken = 0;
  for (const Promise& promise : judge(run)) {
    print(promise, out);
    kept += promise.kept() ? 1 : 0;
    broken += promise.breaches > 0 ? 1 : 0;
  }
  if (run.limited > 0) {
    out << "     rate limits held the run back: " << run.limited << " answers said when to try again\n";
  }
  if (run.full()) {
    out << "     the run stopped writing early: it had made as much as it keeps in memory\n";
  }
  out << kept << " promises kept, " << broken << " broken\n";
  return broken == 0 ? exit_kept : exit_broken;
}

}  // namespace

int run_delivery(const DeliveryOptions& options, std::ostream& out) {
  const std::uint64_t seed = options.seed.value_or(std::random_device{}());
  Run run(options, read_nodes(options), seed);
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  run.mark = number(std::chrono::duration_cast<std::chrono::milliseconds>(now).count());
  out << "seed " << seed << ": " << options.clients << " clients, " << options.writers << " writers, "
      << options.threads << " threads, " << options.seconds << " s on " << run.nodes.size() << " nodes" << std::endl;
  boost::asio::co_spawn(run.io, conduct(run), [&run](const std::exception_ptr& thrown) {
    if (thrown) {
      run.end();
      run.cannot_run("the run ended by a fault of its own");
    }
  });
  run.io.run();
  if (!run.failure.empty()) {
    out << "it could not run: " << run.failure << "\n";
    return exit_cannot_run;
  }
  return report(run, out);
}

}  // namespace foyer::verify
