// Stand-ins for what surrounds the hub: a clock turned by hand, PostgreSQL's event log with answers that come when
// the test says so, and a viewer that reads the frames it was sent.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include <boost/algorithm/string/replace.hpp>
#include <boost/json/parse.hpp>

#include "server/live/backlog_reader.hpp"
#include "server/live/bus_message.hpp"
#include "server/live/live_clock.hpp"
#include "server/live/viewer.hpp"

namespace foyer::live {

class ManualClock final : public LiveClock {
 public:
  // A real clock has moved on at the second look; whoever compares two looks must not be fooled.
  TimePoint now() const override { return now_ += std::chrono::nanoseconds(1); }
  void wake_at(TimePoint) override {}
  void advance(std::chrono::milliseconds by) { now_ += by; }

 private:
  mutable TimePoint now_ = TimePoint{} + std::chrono::hours(1);
};

// An event as a thread's channel carries it, about a post of its own unless said otherwise.
inline std::string event_json(std::int64_t thread, std::int64_t seq, std::int64_t post = 0,
                              const std::string& event = "post.created") {
  return R"({"type":"event","channel":"thread:)" + std::to_string(thread) + R"(","seq":)" + std::to_string(seq) +
         R"(,"event":")" + event + R"(","at":"x","data":{"post":{"id":)" +
         std::to_string(post == 0 ? 1000 + seq : post) +
         (event == "post.removed" ? R"(,"body":null}}})" : R"(,"body":"b"}}})");
}

class FakeBacklog final : public BacklogReader {
 public:
  // A committed event; the answer is ready for the bus.
  EncodedEvent commit(std::int64_t thread, std::int64_t post = 0, const std::string& event = "post.created") {
    auto& log = logs[thread];
    const auto seq = static_cast<std::int64_t>(log.size()) + 1;
    log.push_back({Channel{ChannelKind::thread, thread}, Seq{seq}, event_json(thread, seq, post, event)});
    removed[subject_in(thread, log.back().json)] = event == "post.removed";
    return log.back();
  }
  void commit_many(std::int64_t thread, std::int64_t count) {
    for (; count > 0; --count) {
      commit(thread);
    }
  }

  void read_events(Channel channel, Seq since, EventsDone done) override {
    ++event_reads;
    answer_later([this, channel, since, done = std::move(done), failing = away]() mutable {
      if (failing) {
        done(unavailable());
        return;
      }
      auto found = page(channel.id, since, static_cast<int>(limits::replay_page));
      events_read += found.events.size();
      done(std::move(found));
    });
  }
  void read_heads(std::vector<ThreadId> threads, HeadsDone done) override {
    ++head_reads;
    std::vector<forum::Head> heads;
    for (const ThreadId thread : threads) {
      if (const auto found = logs.find(thread.value); found != logs.end()) {
        heads.push_back({thread, Seq{static_cast<std::int64_t>(found->second.size())}});
      }
    }
    answer_later([heads = std::move(heads), done = std::move(done), failing = away]() mutable {
      failing ? done(unavailable()) : done(std::move(heads));
    });
  }
  std::vector<ThreadId> named;  // by each snapshot
  void read_snapshot(Channel channel, SnapshotDone done) override {
    ++snapshot_reads;
    const bool known = channel.kind == ChannelKind::front || films.contains(channel.id);
    std::string state = R"({"type":"event","channel":")" + to_string(channel) + R"(","state":)" +
                        std::to_string(films[channel.id]) + "}";
    if (!known) {
      films.erase(channel.id);
    }
    answer_later([this, state = std::move(state), known, done = std::move(done), failing = away]() mutable {
      if (failing) {
        done(unavailable());
      } else if (known) {
        done(Snapshot{std::move(state), named});
      } else {
        done(refused(ErrorCode::not_found, "no such film"));
      }
    });
  }

  bool answer_one() {
    if (answers.empty()) {
      return false;
    }
    const auto next = std::move(answers.front());
    answers.pop_front();
    next();
    return true;
  }
  void answer_all() {
    while (answer_one()) {
    }
  }

  std::map<std::int64_t, std::vector<EncodedEvent>> logs;  // by thread
  std::map<std::string, bool> removed;                     // by thread and subject
  std::map<std::int64_t, int> films;                       // state by film
  std::deque<std::function<void()>> answers;
  bool away = false;
  int event_reads = 0;
  std::size_t events_read = 0;
  int head_reads = 0;
  int snapshot_reads = 0;

 private:
  static Error unavailable() { return refused(ErrorCode::unavailable, "away"); }
  void answer_later(std::function<void()> answer) { answers.push_back(std::move(answer)); }
  static std::string subject_in(std::int64_t thread, const std::string& json) {
    return std::to_string(thread) + ' ' + std::string(event_subject(json));
  }
  // As it stands when the answer comes; a real read sees it a little earlier. Each post is in its present state.
  forum::CatchUp page(std::int64_t thread, Seq since, int limit) {
    const auto& log = logs[thread];
    forum::CatchUp answer;
    answer.head = Seq{static_cast<std::int64_t>(log.size())};
    for (auto index = static_cast<std::size_t>(since.value); index < log.size() && limit > 0; ++index, --limit) {
      answer.events.push_back(log[index]);
      std::string& json = answer.events.back().json;
      if (removed[subject_in(thread, json)]) {
        boost::algorithm::replace_first(json, R"("body":"b")", R"("body":null)");
      }
    }
    return answer;
  }
};

// Takes frames apart as a client does.
inline std::vector<std::string> texts_in(std::string_view frames) {
  std::vector<std::string> texts;
  while (frames.size() >= 2) {
    auto length = static_cast<std::size_t>(static_cast<unsigned char>(frames[1]));
    std::size_t header = 2;
    const std::size_t extended = length == 126 ? 2 : length == 127 ? 8 : 0;
    if (extended > 0) {
      length = 0;
      for (std::size_t index = 0; index < extended; ++index) {
        length = length << 8 | static_cast<unsigned char>(frames[2 + index]);
      }
      header += extended;
    }
    texts.emplace_back(frames.substr(header, length));
    frames.remove_prefix(header + length);
  }
  return texts;
}

class FakeViewer final : public Viewer {
 public:
  void send(const Frames& frames) override {
    ++sends;
    for (const std::string& text : texts_in(*frames)) {
      auto message = boost::json::parse(text).as_object();
      const std::string type(message["type"].as_string());
      if (type == "event" && message.contains("seq")) {
        seqs.push_back(message["seq"].as_int64());
      }
      messages.push_back(std::move(message));
    }
  }
  Outlet& outlet() override { return never_direct; }
  void send_rest(const Frames&, std::size_t) override { throw std::logic_error("there is no direct way here"); }
  std::size_t waiting_bytes() const override { return waiting; }
  void on_refused(Channel channel, std::int64_t, const Error& error) override {
    refusals.emplace_back(channel, error.code);
    if (when_refused) {
      when_refused();
    }
  }

  std::vector<boost::json::object> of_type(std::string_view type) const {
    std::vector<boost::json::object> found;
    for (const auto& message : messages) {
      if (std::string_view(message.at("type").as_string()) == type) {
        found.push_back(message);
      }
    }
    return found;
  }

  std::vector<boost::json::object> messages;
  std::vector<std::int64_t> seqs;
  std::vector<std::pair<Channel, ErrorCode>> refusals;
  std::function<void()> when_refused;
  Outlet never_direct;
  std::size_t waiting = 0;
  int sends = 0;
};

}  // namespace foyer::live
