// A client of run.hpp.
#include "protocol/limits.hpp"
#include "server/verify/run.hpp"

namespace foyer::verify {
namespace {

using std::chrono::steady_clock;

struct Visit {  // one connection
  TimePoint asked;
  bool catching_up = false;
  bool ended = false;  // by us: the page must be loaded anew
  std::chrono::milliseconds away{0};
};

struct Taking {
  Run& run;
  Screen& screen;
  Visit& visit;

  void operator()(const std::shared_ptr<const Event>& event) const {
    if (event->channel.id != screen.thread().value || event->channel.kind != ChannelKind::thread) {
      run.unreadable.push_back("an event of a channel that was not asked for: " + to_string(event->channel));
      return;
    }
    screen.see(event, steady_clock::now());
    ++run.sightings;
    note_catch_up();
  }
  void operator()(const Subscribed& answer) const {
    screen.subscribed(answer.head, answer.resync);
    visit.catching_up = true;
    visit.ended = answer.resync;
    run.resyncs += answer.resync ? 1 : 0;
    if (!answer.resync) {
      note_catch_up();
    }
  }
  void operator()(const Goodbye& goodbye) const { visit.away = std::chrono::milliseconds(goodbye.retry_ms); }
  void operator()(const Refusal& refusal) const {
    visit.ended = true;
    if (run.unreadable.size() < limits::verify_named_breaches) {
      run.unreadable.push_back("a subscription was refused: " + refusal.words);
    }
  }
  void operator()(const Other&) const {}

  void note_catch_up() const {
    if (visit.catching_up && screen.caught_up()) {
      visit.catching_up = false;
      run.catch_up.add(steady_clock::now() - visit.asked);
    }
  }
};

Task<> stay(Run& run, std::size_t client, LiveLink& link, Visit& visit) {
  Screen& screen = run.screens[client];
  visit.asked = steady_clock::now();
  const std::string frame = subscribe_frame(screen.thread(), screen.position());
  co_await link.send(frame);
  while (!visit.ended && !run.over) {
    const std::optional<std::string> text = co_await link.receive();
    if (!text) {
      break;
    }
    const Result<LiveMessage> message = run.reader.read(*text);
    if (message) {
      std::visit(Taking{run, screen, visit}, *message);
    } else if (run.unreadable.size() < limits::verify_named_breaches) {
      run.unreadable.push_back(message.error().detail);
    }
  }
}

}  // namespace

Task<> follow(Run& run, std::size_t client) {
  auto links = run.links();
  Screen& screen = run.screens[client];
  const auto who = client % 4 < 2 ? Network::As::guest : Network::As::member;
  bool load = client % 2 == 1;  // as a page does; the others ask for all from the first event on
  while (!run.over) {
    const std::size_t node = run.random_below(run.nodes.size());
    if (load) {
      auto page = co_await read_posts(run, links, node, screen.thread());
      if (page) {
        screen.load(page->head, std::move(page->posts));
        ++run.loads;
        load = false;
      }
    }
    Visit visit;
    auto link = run.network.live(run.nodes[node], who);
    const std::string trouble = co_await link->open();
    if (trouble.empty() && !load && !run.over) {
      run.sockets[client] = link;
      co_await stay(run, client, *link, visit);
      run.sockets[client].reset();
      link->cut();
      load = visit.ended;
    }
    const auto most = std::chrono::milliseconds(limits::verify_away_max).count();
    const std::chrono::milliseconds by_chance{run.random_below(static_cast<std::size_t>(most))};
    co_await run.pause(std::max(visit.away, by_chance));
  }
}

}  // namespace foyer::verify
