// Micro-benchmarks of what a post passes on its way: the pure parts, without sockets, PostgreSQL and Redis. By Google
// Benchmark, which repeats each until its time is certain.
#include <array>
#include <deque>
#include <iostream>

#include <benchmark/benchmark.h>
#include <boost/asio/io_context.hpp>

#include "protocol/codec.hpp"
#include "server/forum/markdown.hpp"
#include "server/live/channel_sequencer.hpp"
#include "server/live/hub.hpp"
#include "tests/benchmark/sections.hpp"
#include "tests/live/fakes.hpp"
#include "tests/live/loopback_bus.hpp"
#include "tests/pages/sample_views.hpp"

namespace foyer::benchmark {
namespace {

using ::benchmark::DoNotOptimize;
using ::benchmark::State;

const std::string remark =
    "The light on the stairs is *what I remember*, and ||he falls||: https://example.org/cranes.";

Event sample_event() {
  PostView post = pages::samples::post(24, pages::samples::mira(), forum::render_markdown(remark).html);
  post.body = remark;
  return {Channel{ChannelKind::thread, 42}, Seq{24}, EventKind::post_created, post.created_at, std::move(post)};
}

void encode_event(State& state) {
  const Event event = sample_event();
  for ([[maybe_unused]] auto _ : state) {
    DoNotOptimize(codec::encode(event));
  }
}

void decode_frame(State& state) {
  const std::string frame =
      R"({"type":"post","id":3,"thread_id":42,"body":")" + remark + R"(","key":"0123456789abcdef","reply_to":7})";
  for ([[maybe_unused]] auto _ : state) {
    DoNotOptimize(codec::decode_client_frame(frame));
  }
}

void render_post(State& state) {
  for ([[maybe_unused]] auto _ : state) {
    DoNotOptimize(forum::render_markdown(remark));
  }
}

void render_thread_page(State& state) {
  pages::ThreadPage content = pages::samples::thread_content();
  content.posts.clear();
  for (std::int64_t number = 1; number <= 50; ++number) {
    content.posts.push_back(pages::samples::post(number, pages::samples::mira(), forum::render_markdown(remark).html));
  }
  const pages::PageContext context = pages::samples::guest_context();
  for ([[maybe_unused]] auto _ : state) {
    DoNotOptimize(pages::thread_page(context, content));
  }
}

void sequence(State& state, std::int64_t swapped) {
  const std::string json = codec::encode(sample_event());
  const live::TimePoint now{};
  live::ChannelSequencer sequencer(Seq{0});
  std::int64_t first = 1;
  for ([[maybe_unused]] auto _ : state) {
    for (std::int64_t at = 0; at < swapped; ++at) {  // the last comes first
      sequencer.offer(Seq{first + swapped - 1 - at}, json, now);
    }
    first += swapped;
    DoNotOptimize(sequencer.take());
  }
  state.SetItemsProcessed(state.iterations() * swapped);
}

// Takes what it gets and counts it; the kernel's send is what the live section measures.
class CountingViewer final : public live::Viewer {
 public:
  void send(const live::Frames& frames) override { bytes += frames->size(); }
  live::Outlet& outlet() override { return never_direct_; }
  void send_rest(const live::Frames&, std::size_t) override {}
  std::size_t waiting_bytes() const override { return 0; }
  void on_refused(Channel, std::int64_t, const Error&) override {}

  std::size_t bytes = 0;

 private:
  live::Outlet never_direct_;
};

// From the bus through sequencer and framing to the viewers of one channel.
void deliver(State& state) {
  boost::asio::io_context context;
  live::LoopbackExchange exchange;
  live::FakeBacklog backlog;
  live::ManualClock clock;
  live::LoopbackBus bus(context.get_executor(), exchange);
  live::Hub hub("node-1", bus, backlog, clock);
  hub.start();
  std::deque<CountingViewer> viewers(static_cast<std::size_t>(state.range(0)));
  std::vector<std::unique_ptr<live::Subscription>> subscriptions;
  const Channel thread{ChannelKind::thread, 1};
  const auto settle = [&] {
    do {
      context.restart();
    } while (context.poll() > 0 || backlog.answer_one());
  };
  backlog.commit(1);
  subscriptions.reserve(viewers.size());
  for (CountingViewer& viewer : viewers) {
    subscriptions.push_back(hub.subscribe(viewer, SubscribeFrame{7, thread, std::nullopt}));
  }
  settle();
  clock.advance(limits::presence_every);
  hub.run_due();
  settle();
  const std::string json = codec::encode(sample_event());
  const std::size_t before = viewers.back().bytes;
  std::int64_t seq = 1;
  for ([[maybe_unused]] auto _ : state) {
    clock.advance(limits::live_window_max);
    hub.publish(News{{EncodedEvent{thread, Seq{++seq}, json}}, {}});
    settle();
    hub.run_due();
  }
  if (viewers.back().bytes < before + json.size() * static_cast<std::size_t>(state.iterations())) {
    state.SkipWithError("not everything was delivered");
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}

class IntoReport final : public ::benchmark::BenchmarkReporter {
 public:
  explicit IntoReport(Report& report) : report_(report) {}
  bool ReportContext(const Context&) override { return true; }
  void ReportRuns(const std::vector<Run>& runs) override {
    for (const Run& run : runs) {
      if (run.error_occurred) {
        std::cerr << run.benchmark_name() << ": " << run.error_message << std::endl;
        continue;
      }
      const auto rate = run.counters.find("items_per_second");
      const double each = run.GetAdjustedCPUTime();
      report_.add("micro-benchmarks", run.run_name.function_name,
                  {{"ns each", rate == run.counters.end() ? each : 1e9 / rate->second.value}});
    }
  }

 private:
  Report& report_;
};

}  // namespace

void bench_micro(const Options& options, Report& report) {
  const auto add = [&](const char* name, auto function) {
    return ::benchmark::RegisterBenchmark(name, function)->MinTime(options.seconds)->Unit(::benchmark::kNanosecond);
  };
  add("codec: an event to JSON", encode_event);
  add("codec: a post frame from JSON", decode_frame);
  add("renderer: a post's Markdown", render_post);
  add("renderer: a page of 50 posts", render_thread_page);
  add("sequencer: an event in order", [](State& state) { sequence(state, 1); });
  add("sequencer: an event of ten that come backwards", [](State& state) { sequence(state, 10); });
  add("hub: a delivery, ten viewers", deliver)->Arg(10);
  add("hub: a delivery, 1,000 viewers", deliver)->Arg(1'000);
  IntoReport into(report);
  ::benchmark::RunSpecifiedBenchmarks(&into);
}

}  // namespace foyer::benchmark
