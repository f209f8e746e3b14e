#include "tests/faults/run.hpp"

#include <algorithm>
#include <memory>
#include <sstream>
#include <thread>

#include <boost/json/serialize.hpp>

#include "tests/faults/subscribers.hpp"
#include "tests/faults/writers.hpp"

namespace foyer::testing {
namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

constexpr milliseconds heal_bound{20'000};   // until both nodes are ready again
constexpr milliseconds drain_bound{30'000};  // until every write is acknowledged
constexpr milliseconds catch_up_bound{20'000};

class Run {
 public:
  explicit Run(const RunSettings& settings) : settings_(settings), installation_(PostgresServer::Safety::durable) {
    Forum& forum = installation_.forum();
    traffic_.ports = {forum.port(0), forum.port(1)};
    HttpClient author = forum.moderator("warden", 0);
    for (std::size_t i = 0; i < settings_.threads; ++i) {
      traffic_.threads.push_back(forum.start_thread(author, "Thread " + std::to_string(i + 1)));
    }
    for (std::size_t i = 0; i < settings_.writers; ++i) {
      writers_.push_back(
          std::make_unique<Writer>(traffic_, forum.member("writer" + std::to_string(i), 0), i, settings_.seed));
    }
    moderator_ = std::make_unique<Writer>(traffic_, author, settings_.writers, settings_.seed);
    for (std::size_t i = 0; i < settings_.subscribers; ++i) {
      subscribers_.push_back(std::make_unique<Subscriber>(traffic_, settings_.seed * 1'000 + i));
    }
  }

  RunReport report() {
    start_clients();
    play_schedule();
    RunReport report;
    const bool healed = eventually([this] { return installation_.ready(0) && installation_.ready(1); }, heal_bound);
    traffic_.enough.give();
    const bool drained = eventually([this] { return writing_ == 0; }, drain_bound);
    if (healed && drained) {
      gather_heads();
      report.caught_up = eventually([this] { return all_caught_up(); }, catch_up_bound);
    }
    traffic_.give_up.give();
    for (std::thread& client : clients_) {
      client.join();
    }
    fill(report);
    return report;
  }

 private:
  void start_clients() {
    writing_ = static_cast<int>(writers_.size() + 1);
    for (const auto& writer : writers_) {
      clients_.emplace_back([this, &writer = *writer] {
        writer.post_and_edit();
        --writing_;
      });
    }
    clients_.emplace_back([this] {
      moderator_->remove_and_lock();
      --writing_;
    });
    for (const auto& subscriber : subscribers_) {
      clients_.emplace_back([&one = *subscriber] { one.follow(); });
    }
  }

  // By the clock, as faults come. What cannot be healed yet is tried again at the next look.
  void play_schedule() {
    const auto start = Clock::now();
    auto next = settings_.schedule.begin();
    std::vector<Strike> open;
    while (next != settings_.schedule.end() || !open.empty() || Clock::now() - start < settings_.span) {
      const auto now = std::chrono::duration_cast<milliseconds>(Clock::now() - start);
      std::erase_if(
          open, [&](const Strike& strike) { return now >= strike.at + strike.lasts && installation_.heal(strike); });
      const bool broken = next != settings_.schedule.end() && std::ranges::any_of(open, [&](const Strike& strike) {
                            return strike.target == next->target;
                          });
      if (next != settings_.schedule.end() && now >= next->at && !broken) {
        installation_.strike(*next);
        open.push_back(*next++);
      }
      traffic_.enough.pause(milliseconds{10});
    }
  }

  void gather_heads() {
    HttpClient reader{traffic_.ports[0]};
    for (const std::int64_t thread : traffic_.threads) {
      const boost::json::value view = reader.get("/api/v1/threads/" + std::to_string(thread)).json();
      evidence_.heads[thread] = integer(view, "last_seq");
      evidence_.locked_at_the_end[thread] = view.at("locked").as_bool();
    }
  }

  bool all_caught_up() {
    return std::ranges::all_of(subscribers_, [this](const auto& one) { return one->reached(evidence_.heads); });
  }

  void gather_posts() {
    for (const std::uint16_t port : traffic_.ports) {
      HttpClient reader{port};
      auto& threads = evidence_.nodes.emplace_back();
      for (const std::int64_t thread : traffic_.threads) {
        evidence_.first_posts[thread] = 1;
        for (const boost::json::value& post : all_posts(reader, thread)) {
          threads[thread][integer(post, "id")] = boost::json::serialize(post);
        }
      }
    }
    for (const auto& subscriber : subscribers_) {
      evidence_.subscribers.push_back(subscriber->followed());
    }
  }

  void fill(RunReport& report) {
    Figures& figures = traffic_.figures;
    if (report.caught_up) {
      traffic_.ledger.fill(evidence_);
      gather_posts();
      report.verdict = judge(evidence_);
    }
    report.damage = installation_.damage();
    report.sanitizer_reports = installation_.sanitizer_reports();
    report.posts = figures.posts_http + figures.posts_socket;
    report.unfinished = figures.unfinished;
    report.unexpected = figures.unexpected;
    report.hung = figures.hung;
    report.longest_refusal = milliseconds(figures.longest_refusal_ms);
    report.table = table(report);
  }

  std::string table(const RunReport& report) {
    Figures& figures = traffic_.figures;
    const Verdict& verdict = report.verdict;
    std::ostringstream text;
    text << "fault rig: seed " << settings_.seed << ", " << settings_.span.count() / 1000 << " s, strikes:";
    for (const auto& [strike, times] : strikes()) {
      text << ' ' << strike << ' ' << times << ';';
    }
    text << "\n  acknowledged: posts " << figures.posts_http << " over HTTP and " << figures.posts_socket
         << " over sockets, edits " << figures.edits << ", removals " << figures.removals << ", locks " << figures.locks
         << "; tries that were repeated " << figures.retries << ", longest refusal " << figures.longest_refusal_ms
         << " ms, longest answer " << figures.longest_answer_ms << " ms"
         << "\n  subscribers: " << subscribers_.size() << ", connections " << figures.connections << ", events "
         << figures.events << ", reloads after resync " << verdict.reloads << ", caught up "
         << (report.caught_up ? "all" : "NOT ALL") << "\n  posts lost " << verdict.lost_posts << ", doubled "
         << verdict.doubled_posts << ", changes lost " << verdict.lost_changes << ", never acknowledged "
         << report.unfinished << "; events lost " << verdict.lost_events << ", doubled " << verdict.doubled_events
         << ", out of order " << verdict.disordered_events << "; states that differ " << verdict.differing_states
         << "\n  requests hung " << report.hung << ", unexpected answers " << report.unexpected << ", nodes crashed "
         << report.damage.crashes << ", bad exits " << report.damage.bad_exits << ", longest way down "
         << report.damage.longest_exit.count() << " ms, sanitizer reports " << report.sanitizer_reports << '\n';
    for (const std::string& surprise : figures.surprises()) {
      text << "  unexpected: " << surprise << '\n';
    }
    return text.str();
  }

  std::map<std::string, int> strikes() const {
    std::map<std::string, int> times;
    for (const Strike& strike : settings_.schedule) {
      ++times[std::string(name_of(strike.target)) + " " + std::string(name_of(strike.fault))];
    }
    return times;
  }

  const RunSettings settings_;
  Installation installation_;
  Traffic traffic_;
  std::vector<std::unique_ptr<Writer>> writers_;
  std::unique_ptr<Writer> moderator_;
  std::vector<std::unique_ptr<Subscriber>> subscribers_;
  std::atomic<int> writing_ = 0;
  std::vector<std::thread> clients_;
  Evidence evidence_;
};

}  // namespace

bool RunReport::clean() const {
  return verdict.clean() && caught_up && unfinished == 0 && unexpected == 0 && hung == 0 && sanitizer_reports == 0 &&
         damage.crashes == 0 && damage.bad_exits == 0;
}

RunReport run_under_faults(const RunSettings& settings) { return Run{settings}.report(); }

}  // namespace foyer::testing
