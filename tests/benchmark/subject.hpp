// What is measured: Foyer, a limit, or a peer. Each is a server with topics, subscribers by WebSocket and publishers
// by HTTP, on the processor of its own.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "tests/benchmark/load.hpp"
#include "tests/benchmark/processes.hpp"
#include "tests/support/child_process.hpp"
#include "tests/support/forum.hpp"

namespace foyer::benchmark {

inline constexpr int server_processor = 0;
inline constexpr int client_processor = 1;  // with PostgreSQL and Redis

class Subject {
 public:
  explicit Subject(std::string name) : name_(std::move(name)) {}
  virtual ~Subject() = default;

  const std::string& name() const { return name_; }
  virtual std::uint16_t port() const = 0;
  virtual ProcessorTime::Groups processes() const = 0;
  virtual Subscriber::Manner manner(std::size_t topic) const = 0;
  // The request that publishes `mark`, padded so that the message has the same size everywhere.
  virtual std::string publication(std::size_t topic, const std::string& mark) = 0;

  pid_t server_process() const { return processes().at("server"); }

 private:
  std::string name_;
};

// A whole installation: one node, PostgreSQL on disk with fsync, Redis.
class FoyerSubject final : public Subject {
 public:
  enum class Place { apart, anywhere };  // the node on a processor of its own, or all as the kernel likes
  explicit FoyerSubject(std::size_t topics, int workers = 1, Place place = Place::apart);

  std::uint16_t port() const override { return forum_.port(0); }
  ProcessorTime::Groups processes() const override;
  Subscriber::Manner manner(std::size_t topic) const override;
  std::string publication(std::size_t topic, const std::string& mark) override;
  // The frame that a subscriber gets for a publication, without its head.
  std::size_t message_bytes(Loop& loop);
  // The same by a frame on a socket of the author's.
  Subscriber::Manner author_manner(std::size_t topic) const;
  std::string post_frame(std::size_t topic, const std::string& mark);
  // RESP commands that publish events of these topics as another node would, without writing them.
  std::string injection(std::size_t topic, const std::string& mark);

  testing::Forum& forum() { return forum_; }
  testing::HttpClient& author() { return author_; }
  std::int64_t thread(std::size_t topic) const { return threads_.at(topic); }

 private:
  testing::HttpClient start(int workers, Place place);

  testing::PostgresServer postgres_{testing::PostgresServer::Safety::durable};
  testing::Forum forum_;
  testing::HttpClient author_;
  std::vector<std::int64_t> threads_;
  std::vector<std::int64_t> seqs_;  // of injected events
  std::uint64_t keys_ = 0;
};

// `program ARGUMENTS` with a port of its own, publishing by POST /pub/TOPIC.
class PeerSubject : public Subject {
 public:
  struct Description {
    std::string name;
    std::vector<std::string> command;  // PORT and REDIS are replaced
    std::string subscribe_path = {};   // TOPIC is replaced
    std::string greeting = {};         // a text sent after the upgrade, or ""
    std::string ready_mark = {};
    bool engine_io = false;
  };
  PeerSubject(Description description, std::size_t message_bytes);
  ~PeerSubject() override;  // asks it to end: a killed nginx leaves its worker behind

  std::uint16_t port() const override { return port_; }
  ProcessorTime::Groups processes() const override;
  Subscriber::Manner manner(std::size_t topic) const override;
  std::string publication(std::size_t topic, const std::string& mark) override;
  const std::filesystem::path& folder() const { return folder_.path(); }  // FOLDER in settings

 private:
  Description description_;
  std::size_t message_bytes_;
  std::uint16_t port_;
  testing::ScratchFolder folder_{testing::ScratchFolder::Where::disk};
  std::unique_ptr<testing::RedisServer> redis_;
  std::unique_ptr<testing::ChildProcess> process_;
};

// The limits, and the peers that are installed (all of them after `./dev bench --peers`).
std::vector<PeerSubject::Description> limits();
std::vector<PeerSubject::Description> peers();
// nginx serving the files of its folder; only when it is installed.
bool nginx_is_installed();
PeerSubject::Description static_files();

}  // namespace foyer::benchmark
