#include <csignal>
#include <filesystem>
#include <fstream>

#include "tests/benchmark/subject.hpp"
#include "tests/support/checkout.hpp"

namespace foyer::benchmark {
namespace {

std::string replaced(std::string text, std::string_view word, const std::string& by) {
  for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + by.size())) {
    text.replace(at, word.size(), by);
  }
  return text;
}

std::filesystem::path peers_folder() { return testing::checkout_folder() / "tests/benchmark/peers"; }

bool answers(std::uint16_t port) {
  try {
    testing::TcpStream stream(port);
    return true;
  } catch (const std::runtime_error&) {
    return false;
  }
}

// nchan takes subscribers before it has reached Redis, and then forgets them.
bool accepts(std::uint16_t port, const std::string& publication) {
  testing::TcpStream stream(port);
  stream.send(publication);
  return stream.receive_until("\r\n\r\n", std::chrono::seconds(5)).starts_with("HTTP/1.1 2");
}

}  // namespace

PeerSubject::PeerSubject(Description description, std::size_t message_bytes)
    : Subject(description.name),
      description_(std::move(description)),
      message_bytes_(message_bytes),
      port_(testing::free_port()) {
  std::vector<std::string> command;
  for (const std::string& word : description_.command) {
    std::string text = word;
    if (text.find("REDIS") != std::string::npos && !redis_) {
      redis_ = std::make_unique<testing::RedisServer>();
      pin(redis_->process(), client_processor);
    }
    text = replaced(text, "REDIS", redis_ ? std::to_string(redis_->port()) : "");
    if (text.ends_with(".conf")) {  // nginx takes its settings from a file only
      std::ifstream file(text);
      std::string settings{std::istreambuf_iterator<char>(file), {}};
      if (settings.find("REDIS") != std::string::npos && !redis_) {
        redis_ = std::make_unique<testing::RedisServer>();
        pin(redis_->process(), client_processor);
      }
      settings = replaced(settings, "REDIS", redis_ ? std::to_string(redis_->port()) : "");
      settings = replaced(replaced(settings, "PORT", std::to_string(port_)), "FOLDER", folder_.path());
      text = folder_.path() / "settings.conf";
      std::ofstream(text) << settings;
    }
    command.push_back(replaced(text, "PORT", std::to_string(port_)));
  }
  process_ = std::make_unique<testing::ChildProcess>(command, folder_.path() / "log", SIGKILL);
  if (!testing::eventually([&] { return !process_->running() || answers(port_); }) || !process_->running()) {
    std::ifstream log(folder_.path() / "log");
    throw std::runtime_error(name() + " did not start: " + std::string(std::istreambuf_iterator<char>(log), {}));
  }
  if (!description_.subscribe_path.empty() &&
      !testing::eventually([&] { return accepts(port_, publication(0, "ready")); })) {
    throw std::runtime_error(name() + " does not take messages");
  }
  pin(process_->pid(), server_processor);
}

PeerSubject::~PeerSubject() { process_->end(SIGTERM); }

ProcessorTime::Groups PeerSubject::processes() const {
  ProcessorTime::Groups groups{{"server", process_->pid()}};
  if (redis_) {
    groups["Redis"] = redis_->process();
  }
  return groups;
}

Subscriber::Manner PeerSubject::manner(std::size_t topic) const {
  const std::string path = replaced(description_.subscribe_path, "TOPIC", "t" + std::to_string(topic));
  return {.request = "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(port_) +
                     "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                     "Sec-WebSocket-Version: 13\r\n\r\n",
          .greeting = description_.greeting.empty() ? "" : masked_frame(opcode_text, description_.greeting),
          .ready_mark = description_.ready_mark,
          .engine_io = description_.engine_io};
}

std::string PeerSubject::publication(std::size_t topic, const std::string& mark) {
  std::string body = R"({"text":")" + mark + " ";
  body.resize(std::max(body.size() + 2, message_bytes_) - 2, 'x');
  body += "\"}";
  return "POST /pub/t" + std::to_string(topic) + " HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(port_) +
         "\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

std::vector<PeerSubject::Description> limits() {
  const std::string program = testing::foyer_program().parent_path() / "tests/benchmark/foyer_limit_server";
  return {{.name = "limit: one send", .command = {program, "PORT", "send"}, .subscribe_path = "/sub/TOPIC"},
          {.name = "limit: batched", .command = {program, "PORT", "batch"}, .subscribe_path = "/sub/TOPIC"}};
}

std::vector<PeerSubject::Description> peers() {
  std::vector<PeerSubject::Description> installed;
  if (std::filesystem::exists("/usr/lib/nginx/modules/ngx_nchan_module.so")) {
    installed.push_back({.name = "nchan with Redis",
                         .command = {"/usr/sbin/nginx", "-c", peers_folder() / "nchan.conf"},
                         .subscribe_path = "/sub/TOPIC"});
  }
  if (std::filesystem::exists(peers_folder() / "node_modules/ws")) {
    installed.push_back({.name = "Node ws",
                         .command = {"node", peers_folder() / "ws_server.mjs", "PORT"},
                         .subscribe_path = "/sub/TOPIC"});
    installed.push_back({.name = "Socket.IO with Redis",
                         .command = {"node", peers_folder() / "socket_io_server.mjs", "PORT", "REDIS"},
                         .subscribe_path = "/socket.io/?EIO=4&transport=websocket&topic=TOPIC",
                         .greeting = "40",
                         .ready_mark = "40{",
                         .engine_io = true});
  }
  return installed;
}

bool nginx_is_installed() { return std::filesystem::exists("/usr/sbin/nginx"); }

PeerSubject::Description static_files() {
  return {.name = "nginx, static file", .command = {"/usr/sbin/nginx", "-c", peers_folder() / "static.conf"}};
}

}  // namespace foyer::benchmark
